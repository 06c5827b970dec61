"""What the first-order methods of lecture 2 have in common: the door of their arguments, and asking for a gradient."""

from __future__ import annotations

from collections.abc import Callable

from numpy.typing import ArrayLike

from reference.autodiff.tensors import Floats, tensor

Gradient = Callable[[Floats], ArrayLike]


def vector(name: str, values: ArrayLike) -> Floats:
    """``values`` as a new finite float vector, not empty. ValueError names ``name``."""
    array = tensor(name, values)
    if array.ndim != 1:
        raise ValueError(f"{name} must be a vector, not of shape {array.shape}")
    return array


def gradient_at(gradient: Gradient, point: Floats) -> Floats:
    """The gradient at a copy of ``point``. ValueError unless it is finite and of the point's shape."""
    return tensor("gradient", gradient(point.copy()), point.shape)


def positive(name: str, value: float) -> float:
    """``value`` above 0 and finite. ValueError names ``name``."""
    if not 0.0 < value < float("inf"):
        raise ValueError(f"{name} must be positive, not {value}")
    return float(value)


def decay(name: str, value: float) -> float:
    """``value`` from 0 to 1, without 1. ValueError names ``name``."""
    if not 0.0 <= value < 1.0:
        raise ValueError(f"{name} must be at least 0 and less than 1, not {value}")
    return float(value)
