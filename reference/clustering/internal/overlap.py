"""SV and OS: clusters of different sizes and densities (lecture 9, section 39, L09.internal).

K. Zalik, B. Zalik, "Validity index for clusters of different sizes and densities", Pattern Recognition Letters 32
(2011): SV is separation over the radius of a cluster's border, OS is overlap over separation. The overlap of an object
is that of Arbelaitz et al. (2013).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats
from reference.clustering.internal.partition import (
    Partition,
    centroid_distances,
    pair_distances,
    partition,
    radii,
    ratio,
)

BORDER = 10  # the border of a cluster is a tenth of its objects, rounded up
CLEAR = 0.4  # an object with (b - a) / (b + a) of this or more does not overlap


def sv(X: ArrayLike, labels: ArrayLike) -> float:
    """``sum_k min_{l != k} ||c_k - c_l|| / sum_k R_k``, at least 0: more is better.

    ``R_k`` is the mean distance to the centroid ``c_k`` over the ``ceil(n_k / 10)`` objects of cluster ``k`` that are
    farthest from it.

    Parameters: ``X`` (n, m), objects by rows; ``labels`` (n,), whole numbers, at least two different.
    Returns: a float.
    Raises: ValueError naming ``X`` or ``labels``, the latter also where every cluster consists of equal objects.
    Complexity: O(n (m + K + log n) + K^2 m) for K clusters; memory O(n m + K^2).
    Source: lecture 9, section 39; Zalik, Zalik 2011.
    """
    p = partition(X, labels)
    reach = radii(p)
    borders = sum(farthest_tenth(reach[p.own == c]) for c in range(len(p.sizes)))
    return ratio(centroid_distances(p).min(axis=1).sum(), borders)


def os_index(X: ArrayLike, labels: ArrayLike) -> float:
    """``sum_x ov(x) / sum_k min_{l != k} ||c_k - c_l||``, at least 0: less is better.

    ``ov(x) = a / b`` where ``(b - a) / (b + a) < 0.4``, otherwise 0: ``a`` is the mean distance to all ``n_k`` objects
    of its own cluster (itself included), ``b`` to the ``n_k`` nearest objects of other clusters (to all of them, where
    they are fewer).

    Parameters: ``X`` (n, m), objects by rows; ``labels`` (n,), whole numbers, at least two different.
    Returns: a float, in the inverse units of ``X``.
    Raises: ValueError naming ``X`` or ``labels``, the latter also where each centroid equals another one, or an object
    has ``b = 0``.
    Complexity: O(n^2 (m + log n)); memory O(n (n + m)).
    Source: lecture 9, section 39; Zalik, Zalik 2011.
    """
    p = partition(X, labels)
    return ratio(sum(overlaps(p)), centroid_distances(p).min(axis=1).sum())


def farthest_tenth(values: Floats) -> float:
    """The mean of the greatest tenth of the values, at least of one."""
    count = -(-len(values) // BORDER)
    return float(np.sort(values)[-count:].mean())


def overlaps(p: Partition) -> list[float]:
    """``ov(x)`` for each object."""
    between = pair_distances(p.objects, p.objects)
    found = []
    for row, cluster in zip(between, p.own, strict=True):
        inside = p.own == cluster
        a, b = row[inside].mean(), np.sort(row[~inside])[: p.sizes[cluster]].mean()
        quotient = ratio(a, b)
        found.append(quotient if b - a < CLEAR * (b + a) else 0.0)
    return found
