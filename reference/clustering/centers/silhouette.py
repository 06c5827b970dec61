"""Silhouettes (lecture 9, section 40.1, L09.silhouette).

P. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis", Journal of
Computational and Applied Mathematics 20 (1987).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, label_vector, matrix


def silhouette(X: ArrayLike, labels: ArrayLike) -> Floats:
    """``s_i = (b_i - a_i) / max(a_i, b_i)`` for each object.

    ``a_i`` is the mean Euclidean distance to the other objects of its cluster, ``b_i`` the least of the mean distances
    to another cluster's objects. An object that is alone in its cluster has 0, and so has one with ``a_i = b_i = 0``.

    Parameters: ``X`` (n, m), objects by rows; ``labels`` (n,), any whole numbers, at least two different.
    Returns: (n,), in [-1, 1].
    Raises: ValueError naming ``X`` or ``labels``.
    Complexity: O(n^2 m); memory O(n (m + k)) for k clusters.
    Source: lecture 9, section 40.1; Rousseeuw 1987.
    """
    objects = matrix("X", X)
    names, own = clusters(labels, len(objects))
    sizes = np.bincount(own)
    sums = np.stack([distance_sums(objects, objects[own == c]) for c in range(len(names))], axis=1)  # (n, k)
    rows = np.arange(len(objects))
    inner = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[rows, own] = np.inf
    outer = means.min(axis=1)
    larger = np.maximum(inner, outer)
    defined = (sizes[own] > 1) & (larger > 0)
    return np.where(defined, outer - inner, 0.0) / np.where(defined, larger, 1.0)


def mean_silhouette(X: ArrayLike, labels: ArrayLike) -> float:
    """The mean of the objects' silhouettes.

    Parameters: as in `silhouette`.
    Returns: a float in [-1, 1].
    Raises: as in `silhouette`.
    Complexity: as in `silhouette`.
    Source: lecture 9, section 40.1; Rousseeuw 1987.
    """
    return float(silhouette(X, labels).mean())


def distance_sums(objects: Floats, cluster: Floats) -> Floats:
    """For each object the sum of its distances to the objects of one cluster, in O(n) memory."""
    sums = np.zeros(len(objects))
    for member in cluster:
        sums += np.sqrt(((objects - member) ** 2).sum(axis=1))
    return sums


def clusters(labels: ArrayLike, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The different labels, and for each object the position of its own among them."""
    given = label_vector("labels", labels, count)
    names, own = np.unique(given, return_inverse=True)
    if len(names) < 2:
        raise ValueError("labels must name at least two clusters")
    return names, own
