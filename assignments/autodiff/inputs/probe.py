"""Runs inside: hands out torch's modules, of which the suites build networks there, and tells what became of them.

It holds no secret, and what it returns is checked outside.
"""

import torch
from torch import nn

__all__ = ["left", "nn", "slope"]


def left(network):
    """Whether a network is in training mode, whether its parameters want gradients, and how many hooks it has."""
    hooks = sum(len(module._forward_hooks) + len(module._backward_hooks) for module in network.modules())
    return network.training, all(parameter.requires_grad for parameter in network.parameters()), hooks


def slope(function, network, x, *arguments):
    """The gradient by x of the sum of everything that a function of the student's returns; None when none flows."""
    place = x.clone().requires_grad_()
    result = function(network, place, *arguments)
    total = sum(part.sum() for part in result) if isinstance(result, list) else result.sum()
    return torch.autograd.grad(total, place)[0] if total.requires_grad else None
