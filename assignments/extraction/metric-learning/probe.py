"""Runs inside, beside the student's code: networks that note what they see, losses for training, generators.

It holds no secret, and what it returns is checked outside.
"""

import torch
from torch import nn
from torch.nn.functional import cross_entropy, normalize

__all__ = ["nn"]


class Watched(nn.Module):
    """Tells what it is given and in which mode, before the network inside sees it."""

    def __init__(self, inside, note):
        super().__init__()
        self.inside, self.note = inside, note

    def forward(self, x):
        self.note(x.detach(), self.training)
        return self.inside(x)


def watched(inside, note, training):
    """A network that is watched, in training or in evaluation mode."""
    return Watched(inside, note).train(training)


class Branching(nn.Module):
    """Two ways from the input to the output; the layers stand in another order than they are used in."""

    def __init__(self, d):
        super().__init__()
        self.out = nn.Linear(d, d)
        self.ways = nn.ModuleDict({"short": nn.Linear(d, d), "out": nn.Sequential(nn.Linear(d, d), nn.Tanh())})

    def forward(self, x):
        return self.out(self.ways["out"](x) * self.ways["short"](torch.cos(x)))


def of_triples(margin):
    """A loss of three embeddings, for training: far as a triplet loss goes, with this margin."""
    return lambda a, p, n: torch.relu((a - p).norm(dim=1) - (a - n).norm(dim=1) + margin).mean()


def of_pairs(tau):
    """A loss of two embeddings, for training: as NT-Xent, but with candidates of the second view alone."""
    return lambda z1, z2: cross_entropy(normalize(z1) @ normalize(z2).T / tau, torch.arange(len(z1)))


def with_gradients(model, size):
    """The model, and gradients of this size that an earlier training has left."""
    for parameter in model.parameters():
        parameter.grad = torch.full_like(parameter, size)
    return model


def partly_frozen(model, *frozen):
    """The model in training mode, but these parts of it in evaluation mode."""
    model.train()
    for number in frozen:
        model[number].eval()
    return model


def modes(model):
    """Whether each module inside is in training mode."""
    return [part.training for part in model.modules()]


def hooks(model):
    """How many hooks the modules inside have."""
    return sum(len(part._forward_hooks) + len(part._forward_pre_hooks) for part in model.modules())


def by_hand(function, *arguments):
    """What comes of a call in which nothing is recorded for gradients."""
    with torch.inference_mode():
        return function(*arguments)


def wants_gradient(function, *arguments):
    """Whether the result of a call hangs on a graph."""
    return function(*arguments).requires_grad


def drawn(function, arguments, seed, own):
    """The result of a call with a generator of this seed, and what PyTorch's own gives afterwards."""
    torch.manual_seed(own)
    result = function(*arguments, rng=torch.Generator().manual_seed(seed))
    return result, torch.rand(3)
