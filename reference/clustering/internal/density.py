"""S_Dbw: scatter and density between clusters (lecture 9, section 39, L09.internal).

M. Halkidi, M. Vazirgiannis, "Clustering validity assessment: finding the optimal partitioning of a data set", ICDM
(2001), in the form of Arbelaitz et al. (2013), where the density at a centroid counts its own cluster only.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats
from reference.clustering.internal.partition import Partition, partition, ratio
from reference.clustering.neighbourhood import ball


def s_dbw(X: ArrayLike, labels: ArrayLike) -> float:
    """``(1 / K) sum_k ||v_k|| / ||v|| + (2 / (K (K - 1))) sum_{k < l} den_kl / max(den_k, den_l, 1)``: less is better.

    ``v_k`` and ``v`` (m,) are the variances of the features in cluster ``k`` and in all objects. ``den_k`` counts the
    objects of cluster ``k`` at a distance of at most ``sqrt(sum_k ||v_k||) / K`` from its centroid, ``den_kl`` those of
    both clusters as near to the middle of the two centroids. The 1 decides only where no object is near a centroid,
    and the papers leave 0/0. At least 0; a rotation of the space changes it.

    Parameters: ``X`` (n, m), objects by rows; ``labels`` (n,), whole numbers, at least two different.
    Returns: a float.
    Raises: ValueError naming ``X`` or ``labels``, the latter also where all objects are equal.
    Complexity: O(n (K m + log n)); memory O(n m).
    Source: lecture 9, section 39; Halkidi, Vazirgiannis 2001.
    """
    p = partition(X, labels)
    spreads = np.array([length_of_variance(group) for group in p.groups()])  # (k,)
    scatter = ratio(spreads.mean(), length_of_variance(p.objects))
    return scatter + density_between(p, float(np.sqrt(spreads.sum())) / len(spreads))


def length_of_variance(group: Floats) -> float:
    """The Euclidean norm of the vector of the features' variances; shifted to an object, so that equal ones have 0."""
    return float(np.linalg.norm((group - group[0]).var(axis=0)))


def density_between(p: Partition, reach: float) -> float:
    """The mean over pairs of clusters of the density in the middle over the density at the centroids."""
    groups = p.groups()
    inside = [int(ball(group, center, reach).sum()) for group, center in zip(groups, p.centroids, strict=True)]
    terms = []
    for one, other in combinations(range(len(groups)), 2):
        middle = (p.centroids[one] + p.centroids[other]) / 2
        between = ball(groups[one], middle, reach).sum() + ball(groups[other], middle, reach).sum()
        terms.append(between / max(inside[one], inside[other], 1))
    return float(np.mean(terms))
