"""Runs inside, beside the student's code: layers and heads that are not the student's, and calls without a graph.

It holds no secret, and what it returns is checked outside.
"""

import torch
from torch import nn


class Leaky(nn.Module):
    """A layer that no part of the assignment asks for: half of the state stays, and tanh of the input is added."""

    def __init__(self, m, k):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(k, m))

    def forward(self, x, h0=None):
        h = x.new_zeros(x.shape[1], len(self.weight)) if h0 is None else h0
        outputs = []
        for inputs in x:
            h = h / 2 + torch.tanh(inputs @ self.weight.T)
            outputs.append(h)
        return torch.stack(outputs), h


def layer(m, k):
    return Leaky(m, k)


def head(k, d):
    return nn.Linear(k, d)


def without_a_graph(function, *arguments):
    """What the function returns where PyTorch records nothing for a way back."""
    with torch.inference_mode():
        return function(*arguments)
