"""Runs inside: hands out torch's modules, of which the suites build models there, and tells how they stand.

It holds no secret, and what it returns is checked outside.
"""

from collections import OrderedDict

import torch
from torch import nn

__all__ = ["Stack", "given_gradients", "modes", "named", "nn", "step", "wants"]


class Stack(nn.Module):
    """A residual stack of the suite's own, so that measuring and pruning need none of the student's."""

    def __init__(self, blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, x):
        for block in self.blocks:
            x = x + block(x)
        return x


def named(parts):
    """A sequence of modules with these names."""
    return nn.Sequential(OrderedDict(parts))


def modes(module):
    """Whether each module inside is in training mode, by its name; lists of modules do not count."""
    return {name: part.training for name, part in module.named_modules() if not isinstance(part, nn.ModuleList)}


def wants(module):
    """Whether each parameter wants a gradient, by its name."""
    return {name: parameter.requires_grad for name, parameter in module.named_parameters()}


def given_gradients(module):
    """Gradients as an earlier training may have left them: ones."""
    for parameter in module.parameters():
        parameter.grad = torch.ones_like(parameter)


def step(module):
    """One step of an optimiser that was given all parameters, with momentum and weight decay."""
    torch.optim.SGD(module.parameters(), lr=0.1, momentum=0.9, weight_decay=0.1).step()
