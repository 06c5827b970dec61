"""Scatter within clusters and between them (lecture 9, section 39, L09.internal).

Cohesion and separation: P.-N. Tan, M. Steinbach, V. Kumar, "Introduction to Data Mining" (2005), section 8.5. Their
ratio: T. Calinski, J. Harabasz, "A dendrite method for cluster analysis", Communications in Statistics 3 (1974). The
score function: S. Saitta, B. Raphael, I. Smith, "A bounded index for cluster validity", MLDM (2007). Below, ``n_k`` is
the number of objects in the cluster ``C_k``, ``c_k`` its centroid, ``c`` the mean of all objects.
"""

from __future__ import annotations

import math

from numpy.typing import ArrayLike

from reference.clustering.internal.partition import Partition, centroid, means, partition, radii, ratio
from reference.clustering.neighbourhood import distances

SATURATION = 30.0  # 1 - exp(-exp(30)) is 1 in floats; exp(710) would overflow


def cohesion(X: ArrayLike, labels: ArrayLike) -> float:
    """``W = sum_k sum_{x in C_k} ||x - c_k||^2``, at least 0: less is better.

    Parameters: ``X`` (n, m), objects by rows; ``labels`` (n,), whole numbers, at least two different.
    Returns: a float, in the squared units of ``X``.
    Raises: ValueError naming ``X`` or ``labels``.
    Complexity: O(n (m + K + log n)) for K clusters; memory O(n m).
    Source: lecture 9, section 39; Tan et al. 2005.

    >>> cohesion([[0.0], [2.0], [9.0]], [0, 0, 1])
    2.0
    """
    return within(partition(X, labels))


def separation(X: ArrayLike, labels: ArrayLike) -> float:
    """``B = sum_k n_k ||c_k - c||^2``, at least 0: more is better. ``W + B`` is the scatter of all objects.

    Parameters: as in `cohesion`.
    Returns: a float, in the squared units of ``X``.
    Raises: as in `cohesion`.
    Complexity: as in `cohesion`.
    Source: lecture 9, section 39; Tan et al. 2005.
    """
    return between(partition(X, labels))


def calinski_harabasz(X: ArrayLike, labels: ArrayLike) -> float:
    """``(B / (K - 1)) / (W / (n - K))``, at least 0: more is better.

    As the authors define it, with squared distances.

    Parameters: as in `cohesion`.
    Returns: a float.
    Raises: ValueError naming ``X`` or ``labels``, the latter also where all clusters consist of equal objects (there
    scikit-learn returns 1).
    Complexity: as in `cohesion`.
    Source: lecture 9, section 39; Calinski, Harabasz 1974.
    """
    p = partition(X, labels)
    count = len(p.sizes)
    return ratio(between(p) * (len(p.objects) - count), within(p) * (count - 1))


def score_function(X: ArrayLike, labels: ArrayLike) -> float:
    """``1 - exp(-exp(bcd - wcd))``, from 0 to 1: more is better.

    ``bcd = sum_k n_k ||c_k - c|| / (n K)``, ``wcd = sum_k (1 / n_k) sum_{x in C_k} ||x - c_k||``. Not a ratio: it
    depends on the unit of length.

    Parameters: as in `cohesion`.
    Returns: a float from 0 to 1.
    Raises: as in `cohesion`.
    Complexity: as in `cohesion`.
    Source: lecture 9, section 39; Saitta et al. 2007.
    """
    p = partition(X, labels)
    bcd = (p.sizes * distances(p.centroids, centroid(p.objects))).sum() / (len(p.objects) * len(p.sizes))
    wcd = means(p, radii(p)).sum()
    return -math.expm1(-math.exp(min(bcd - wcd, SATURATION)))


def within(p: Partition) -> float:
    """Squared distances of the objects to their centroids, summed."""
    return float((radii(p) ** 2).sum())


def between(p: Partition) -> float:
    """Squared distances of the centroids to the mean of all objects, summed over the objects."""
    return float((p.sizes * distances(p.centroids, centroid(p.objects)) ** 2).sum())
