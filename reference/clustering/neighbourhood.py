"""Which objects lie within a radius of a point: what mean shift and DBSCAN are made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reference.clustering.arguments import Floats

Mask = NDArray[np.bool_]


def distances(objects: Floats, point: Floats) -> Floats:
    """Euclidean distances (n,) from the objects to a point."""
    found: Floats = np.sqrt(((objects - point) ** 2).sum(axis=1))
    return found


def ball(objects: Floats, point: Floats, radius: float) -> Mask:
    """The objects in the closed ball: those at a distance of exactly ``radius`` belong to it."""
    return distances(objects, point) <= radius


def table(name: str, values: object) -> Floats:
    """Distances or similarities of all pairs (n, n): symmetric, not negative, zero on the diagonal."""
    pairs = np.array(values, dtype=float)
    if pairs.ndim != 2 or pairs.shape[0] != pairs.shape[1] or pairs.size == 0:
        raise ValueError(f"{name} must be a square matrix with at least one row, not of shape {pairs.shape}")
    if not np.isfinite(pairs).all() or (pairs < 0).any():
        raise ValueError(f"{name} must hold finite numbers of at least 0")
    if np.diag(pairs).any() or np.abs(pairs - pairs.T).max() > 1e-9 * pairs.max():
        raise ValueError(f"{name} must be symmetric with zeros on the diagonal")
    return pairs
