"""Sym and its variants: good clusters are symmetric about their centroids (lecture 9, section 39, L09.internal).

S. Bandyopadhyay, S. Saha, "A point symmetry-based clustering technique for automatic evolution of clusters", IEEE
Transactions on Knowledge and Data Engineering 20 (2008); S. Saha, S. Bandyopadhyay, "Performance evaluation of some
symmetry-based cluster validity indexes", IEEE Transactions on Systems, Man, and Cybernetics C 39 (2009). The point
symmetry distance is that of Arbelaitz et al. (2013), without the factor ``||x - c||`` of the first paper, so that no
index depends on the unit of length.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats
from reference.clustering.internal.davies_bouldin import mean_worst_pair
from reference.clustering.internal.dunn import mean_pair, nearest_over_largest, nearest_pair
from reference.clustering.internal.partition import (
    centroid,
    centroid_distances,
    pair_distances,
    partition,
    ratio,
)


def sym(X: ArrayLike, labels: ArrayLike) -> float:
    """``max_{k, l} ||c_k - c_l|| / (K sum_k sum_{x in C_k} d_ps(x, C_k))``, at least 0: more is better.

    Parameters: ``X`` (n, m), objects by rows; ``labels`` (n,), whole numbers, at least two different.
    Returns: a float.
    Raises: ValueError naming ``X`` or ``labels``, the latter also where all symmetry distances are zero.
    Complexity: O(n^2 (m + log n)); memory O(n (n + m)).
    Source: lecture 9, section 39; Bandyopadhyay, Saha 2008.
    """
    p = partition(X, labels)
    total = sum(symmetry_distances(group).sum() for group in p.groups())
    return ratio(pair_distances(p.centroids, p.centroids).max(), len(p.sizes) * total)


def sym_db(X: ArrayLike, labels: ArrayLike) -> float:
    """Davies-Bouldin with the mean symmetry distance for the spread of a cluster: less is better.

    Parameters: as in `sym`.
    Returns: a float.
    Raises: ValueError naming ``X`` or ``labels``, the latter also where two centroids are equal.
    Complexity: as in `sym`.
    Source: lecture 9, section 39; Saha, Bandyopadhyay 2009.
    """
    p = partition(X, labels)
    spreads = np.array([symmetry_distances(group).mean() for group in p.groups()])
    return mean_worst_pair(spreads, centroid_distances(p))


def sym_d(X: ArrayLike, labels: ArrayLike) -> float:
    """Dunn with the greatest symmetry distance for the diameter of a cluster: more is better.

    Parameters: as in `sym`.
    Returns: a float.
    Raises: as in `sym`.
    Complexity: as in `sym`.
    Source: lecture 9, section 39; Saha, Bandyopadhyay 2009.
    """
    return nearest_over_largest(partition(X, labels).groups(), nearest_pair, lambda g: symmetry_distances(g).max())


def sym_33(X: ArrayLike, labels: ArrayLike) -> float:
    """gd33 with twice the mean symmetry distance for the diameter of a cluster: more is better.

    Parameters: as in `sym`.
    Returns: a float.
    Raises: as in `sym`.
    Complexity: as in `sym`.
    Source: lecture 9, section 39; Saha, Bandyopadhyay 2009.
    """
    return nearest_over_largest(partition(X, labels).groups(), mean_pair, lambda g: 2 * symmetry_distances(g).mean())


def symmetry_distances(group: Floats) -> Floats:
    """``d_ps(x, C)`` for each object of a cluster: half the sum of its mirror image's two least distances.

    They are distances from ``2 c - x`` to objects of the cluster, ``x`` among them; an object that is alone has 0.
    """
    mirrored = 2 * centroid(group) - group
    nearest = np.sort(pair_distances(mirrored, group), axis=1)[:, :2]
    halves: Floats = nearest.sum(axis=1) / 2
    return halves
