"""Distances, balls and tables of distances: what many methods are made of (lecture 9, sections 38 to 40)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.checks.arrays import Floats, is_symmetric, square

Mask = NDArray[np.bool_]


def distances(objects: Floats, point: Floats) -> Floats:
    """Euclidean distances (n,) from the objects to a point."""
    found: Floats = np.sqrt(((objects - point) ** 2).sum(axis=1))
    return found


def ball(objects: Floats, point: Floats, radius: float) -> Mask:
    """The objects in the closed ball: those at a distance of exactly ``radius`` belong to it."""
    return distances(objects, point) <= radius


def table(name: str, values: ArrayLike) -> Floats:
    """Distances or similarities of all pairs (n, n): symmetric, not negative, zero on the diagonal."""
    pairs = square(name, values)
    if (pairs < 0).any():
        raise ValueError(f"{name} must not hold negative numbers")
    if np.diag(pairs).any() or not is_symmetric(pairs):
        raise ValueError(f"{name} must be symmetric with zeros on the diagonal")
    return pairs
