"""The door of the array functions of lecture 2: finite float arrays of any rank, or a word on what is wrong."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def tensor(name: str, values: ArrayLike, shape: tuple[int, ...] | None = None) -> Floats:
    """``values`` as a new float array, not empty, finite, of ``shape`` if one is given. ValueError names ``name``."""
    array = np.array(values, dtype=float)
    if array.size == 0:
        raise ValueError(f"{name} must not be empty")
    if shape is not None and array.shape != shape:
        raise ValueError(f"{name} must be of shape {shape}, not {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite")
    return array
