"""Gradients by the input instead of by the parameters (lecture 2, section 14).

The network stays as it was: no gradients of its parameters are computed, so that none are left in them.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


def value_and_gradient(function: Callable[[Tensor], Tensor], x: Tensor) -> tuple[Tensor, Tensor]:
    """``function(x)``, a scalar, and its gradient by x, (x.shape), both without a graph. ValueError for no scalar."""
    place = x.detach().clone().requires_grad_()
    with torch.enable_grad():
        value = function(place)
        if value.dim() != 0:
            raise ValueError(f"loss must be a scalar, not of shape {tuple(value.shape)}")
        (gradient,) = torch.autograd.grad(value, place)
    return value.detach(), gradient
