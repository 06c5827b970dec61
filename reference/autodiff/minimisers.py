"""What the minimisers of lecture 2, section 13, share: where they start, when they stop, what they return."""

from __future__ import annotations

from numpy.typing import ArrayLike

from reference.autodiff.tensors import Floats, tensor
from reference.checks import positive_int

Outcome = tuple[Floats, int, bool]  # the last point, the number of steps that were made, whether it is good enough


def stopping(tolerance: float, max_iter: int) -> tuple[float, int]:
    """Both, once they are known to be positive. ValueError names the other one."""
    if not tolerance > 0:
        raise ValueError(f"tolerance must be positive, not {tolerance!r}")
    return float(tolerance), positive_int("max_iter", max_iter)


def vector(name: str, values: ArrayLike) -> Floats:
    """``values`` as a new vector (p,), not empty, finite. ValueError names ``name``."""
    array = tensor(name, values)
    if array.ndim != 1:
        raise ValueError(f"{name} must be a vector, not of shape {array.shape}")
    return array
