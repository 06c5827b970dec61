"""The doors of the reference functions: they turn arguments into arrays, or say which argument is wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def matrix(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """``values`` as a float matrix ``(n_objects, n_features)``, not empty and finite. ValueError names ``name``."""
    array = np.array(values, dtype=float)
    if array.ndim != 2 or array.size == 0:
        raise ValueError(f"{name} must be a matrix with at least one row and one column, not of shape {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite")
    return array


def positive_int(name: str, value: Any) -> int:
    """``value`` as an int of at least 1. ValueError names ``name``."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1, not {value!r}")
    return int(value)
