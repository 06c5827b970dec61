"""The Dunn index and its generalised variants (lecture 9, section 39, L09.internal).

J. Dunn, "A fuzzy relative of the ISODATA process and its use in detecting compact well-separated clusters", Journal of
Cybernetics 3 (1973); J. Bezdek, N. Pal, "Some new indexes of cluster validity", IEEE Transactions on Systems, Man, and
Cybernetics B 28 (1998). All of them are the distance of the two nearest clusters over the size of the largest one; a
variant gdIJ takes the I-th distance and the J-th size of the second paper. At least 0: more is better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from numpy.typing import ArrayLike

from reference.checks.arrays import Floats
from reference.clustering.internal.partition import centroid, pair_distances, partition, ratio
from reference.clustering.neighbourhood import distances


def dunn(X: ArrayLike, labels: ArrayLike) -> float:
    """Nearest objects of two clusters over the largest diameter, ``delta_1 / Delta_1``.

    Parameters: ``X`` (n, m), objects by rows; ``labels`` (n,), whole numbers, at least two different.
    Returns: a float.
    Raises: ValueError naming ``X`` or ``labels``, the latter also where every cluster consists of equal objects.
    Complexity: O(n^2 m); memory O(n (n + m)).
    Source: lecture 9, section 39; Dunn 1973.

    >>> dunn([[0.0], [2.0], [9.0]], [0, 0, 1])
    3.5
    """
    return nearest_over_largest(partition(X, labels).groups(), nearest_pair, diameter)


def gd31(X: ArrayLike, labels: ArrayLike) -> float:
    """Mean distances between the objects of two clusters over the largest diameter, ``delta_3 / Delta_1``.

    Parameters: as in `dunn`.
    Returns: a float.
    Raises: as in `dunn`.
    Complexity: as in `dunn`.
    Source: lecture 9, section 39; Bezdek, Pal 1998.
    """
    return nearest_over_largest(partition(X, labels).groups(), mean_pair, diameter)


def gd41(X: ArrayLike, labels: ArrayLike) -> float:
    """Distances of centroids over the largest diameter, ``delta_4 / Delta_1``.

    Parameters: as in `dunn`.
    Returns: a float.
    Raises: as in `dunn`.
    Complexity: as in `dunn`.
    Source: lecture 9, section 39; Bezdek, Pal 1998.
    """
    return nearest_over_largest(partition(X, labels).groups(), centroid_pair, diameter)


def gd51(X: ArrayLike, labels: ArrayLike) -> float:
    """Mean distances to the other cluster's centroid over the largest diameter, ``delta_5 / Delta_1``.

    Parameters: as in `dunn`.
    Returns: a float.
    Raises: as in `dunn`.
    Complexity: as in `dunn`.
    Source: lecture 9, section 39; Bezdek, Pal 1998.
    """
    return nearest_over_largest(partition(X, labels).groups(), crossed_centroids, diameter)


def gd33(X: ArrayLike, labels: ArrayLike) -> float:
    """``delta_3 / Delta_3``: as `gd31`, with twice the mean distance to the centroid for a diameter.

    Parameters: as in `dunn`.
    Returns: a float.
    Raises: as in `dunn`.
    Complexity: as in `dunn`.
    Source: lecture 9, section 39; Bezdek, Pal 1998.
    """
    return nearest_over_largest(partition(X, labels).groups(), mean_pair, mean_diameter)


def gd43(X: ArrayLike, labels: ArrayLike) -> float:
    """``delta_4 / Delta_3``: as `gd41`, with twice the mean distance to the centroid for a diameter.

    Parameters: as in `dunn`.
    Returns: a float.
    Raises: as in `dunn`.
    Complexity: O(n (K m + log n)) for K clusters; memory O(n m).
    Source: lecture 9, section 39; Bezdek, Pal 1998.
    """
    return nearest_over_largest(partition(X, labels).groups(), centroid_pair, mean_diameter)


def gd53(X: ArrayLike, labels: ArrayLike) -> float:
    """``delta_5 / Delta_3``: as `gd51`, with twice the mean distance to the centroid for a diameter.

    Parameters: as in `dunn`.
    Returns: a float.
    Raises: as in `dunn`.
    Complexity: O(n (K m + log n)) for K clusters; memory O(n m).
    Source: lecture 9, section 39; Bezdek, Pal 1998.
    """
    return nearest_over_largest(partition(X, labels).groups(), crossed_centroids, mean_diameter)


def nearest_over_largest(
    groups: Sequence[Floats], distance: Callable[[Floats, Floats], float], size: Callable[[Floats], float]
) -> float:
    """The least ``distance`` of two groups over the greatest ``size`` of one."""
    return ratio(min(distance(one, other) for one, other in combinations(groups, 2)), max(map(size, groups)))


def nearest_pair(first: Floats, second: Floats) -> float:
    """``delta_1``: the least distance between objects."""
    return float(pair_distances(first, second).min())


def mean_pair(first: Floats, second: Floats) -> float:
    """``delta_3``: the mean distance between objects."""
    return float(pair_distances(first, second).mean())


def centroid_pair(first: Floats, second: Floats) -> float:
    """``delta_4``: the distance of the centroids."""
    return float(distances(centroid(first)[None, :], centroid(second))[0])


def crossed_centroids(first: Floats, second: Floats) -> float:
    """``delta_5``: the mean distance from an object of either group to the centroid of the other one."""
    total = distances(first, centroid(second)).sum() + distances(second, centroid(first)).sum()
    return float(total / (len(first) + len(second)))


def diameter(group: Floats) -> float:
    """``Delta_1``: the greatest distance between objects."""
    return float(pair_distances(group, group).max())


def mean_diameter(group: Floats) -> float:
    """``Delta_3``: twice the mean distance to the centroid."""
    return float(2 * distances(group, centroid(group)).mean())
