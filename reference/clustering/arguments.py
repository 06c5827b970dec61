"""Arguments that several methods of clustering share: they are turned into numbers, or named in a ValueError."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from reference.checks import matrix, positive_int

Floats = NDArray[np.float64]
Labels = NDArray[np.intp]


def positive(name: str, value: Any) -> float:
    """``value`` as a finite float above zero."""
    if not _is_number(value) or not 0 < value < math.inf:
        raise ValueError(f"{name} must be a positive number, not {value!r}")
    return float(value)


def not_negative(name: str, value: Any) -> float:
    """``value`` as a finite float of at least zero."""
    if not _is_number(value) or not 0 <= value < math.inf:
        raise ValueError(f"{name} must be a number of at least 0, not {value!r}")
    return float(value)


def cluster_count(k: Any, n_objects: int) -> int:
    """The number of clusters: at least 1, at most as many as there are objects."""
    if positive_int("k", k) > n_objects:
        raise ValueError(f"k is {k}, and there are only {n_objects} objects")
    return int(k)


def generator(rng: Any) -> Generator:
    """``rng`` itself, once it is known to be a generator of numpy."""
    if not isinstance(rng, Generator):
        raise ValueError(f"rng must be a numpy.random.Generator, not {type(rng).__name__}")
    return rng


def starting_centers(start: ArrayLike, objects: Floats) -> Floats:
    """Centres with as many features as the objects have."""
    centers = matrix("start", start)
    if centers.shape[1] != objects.shape[1]:
        raise ValueError(f"start has {centers.shape[1]} features, X has {objects.shape[1]}")
    return centers


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)
