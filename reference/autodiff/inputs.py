"""Gradients by the input instead of by the parameters (lecture 2, section 14), and the door of its functions.

A network that is looked into stays as it was: its parameters are asked for no gradient, so that none is left in them.
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


def real(name: str, values: Tensor, axes: int | None = None) -> Tensor:
    """``values`` without a graph: finite floats, not empty, with so many axes. ValueError names ``name``."""
    if not isinstance(values, Tensor) or not values.is_floating_point() or values.numel() == 0:
        raise ValueError(f"{name} must be a tensor of floats, not empty")
    if axes is not None and values.dim() != axes:
        raise ValueError(f"{name} must have {axes} axes, not the shape {tuple(values.shape)}")
    if not torch.isfinite(values).all():
        raise ValueError(f"{name} must be finite")
    return values.detach()


def not_negative(name: str, value: float) -> float:
    """``value`` from 0 up and finite. ValueError names ``name``."""
    if not 0.0 <= value < float("inf"):
        raise ValueError(f"{name} must not be negative, not {value!r}")
    return float(value)
