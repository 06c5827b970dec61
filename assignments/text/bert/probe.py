"""Runs inside, beside the student's code: training by given rows, a model whose vectors are known.

It holds no secret, and what it returns is checked outside.
"""

import torch
from torch import nn
from torch.nn.functional import cross_entropy


def train(model, rows, rate):
    """A step of Adam for each of the rows ``(inputs, segments, labels, follows)``, by the sum of both losses."""
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    for inputs, segments, labels, follows in rows:
        words, pairs = model(inputs, segments)
        loss = cross_entropy(words.flatten(0, 1), labels.flatten()) + cross_entropy(pairs, follows)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


class Scripted(nn.Module):
    """A model whose vectors are given: all the same times one parameter, in training mode half of them dropped.

    It notes what ``encode`` is given, in which modes, and whether gradients are recorded.
    """

    def __init__(self, vectors, note, training):
        super().__init__()
        self.vectors, self.note = vectors, note
        self.scale = nn.Parameter(torch.ones((), dtype=vectors.dtype))
        self.first, self.second = nn.Dropout(0.5), nn.Dropout(0.5)
        self.train(training)

    def encode(self, tokens, segments):
        self.note(tokens, segments, self.training, self.first.training or self.second.training, torch.is_grad_enabled())
        return self.second(self.first(self.scale * self.vectors))


def scripted(vectors, note, training, frozen=False):
    """A scripted model in training mode or not; frozen: its first part alone is in evaluation mode."""
    model = Scripted(vectors, note, training)
    if frozen:
        model.first.eval()
    return model


def modes(model):
    """The modes of a scripted model and of its parts."""
    return [model.training, model.first.training, model.second.training]
