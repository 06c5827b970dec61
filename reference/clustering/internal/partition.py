"""What the internal indices are made of: clusters, centroids, distances (lecture 9, section 39).

The notation is that of O. Arbelaitz, I. Gurrutxaga, J. Muguerza, J. Perez, I. Perona, "An extensive comparative study
of cluster validity indices", Pattern Recognition 46 (2013). All distances are Euclidean. An index is not defined where
its formula divides by zero: it raises ValueError and invents no number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, matrix
from reference.clustering.centers.silhouette import clusters
from reference.clustering.neighbourhood import distances


@dataclass(frozen=True)
class Partition:
    """``n`` objects in ``k`` clusters, at least two; no cluster is empty."""

    objects: Floats  # (n, m)
    own: Labels  # (n,), from 0 to k - 1
    sizes: Labels  # (k,)
    centroids: Floats  # (k, m)

    def groups(self) -> list[Floats]:
        """The objects of each cluster."""
        return [self.objects[self.own == c] for c in range(len(self.sizes))]


def partition(X: ArrayLike, labels: ArrayLike) -> Partition:
    """The arguments of an internal index: ``X`` (n, m), ``labels`` (n,) of whole numbers, at least two different.

    Raises: ValueError naming ``X`` or ``labels``.
    """
    objects = matrix("X", X)
    names, own = clusters(labels, len(objects))
    centroids = np.stack([centroid(objects[own == c]) for c in range(len(names))])
    return Partition(objects, own, np.bincount(own), centroids)


def centroid(group: Floats) -> Floats:
    """The mean (m,); taken from the first object on, so that the mean of equal objects is that object exactly."""
    mean: Floats = group[0] + (group - group[0]).mean(axis=0)
    return mean


def pair_distances(first: Floats, second: Floats) -> Floats:
    """Distances (n1, n2) from each object of one group to each of another."""
    return np.stack([distances(second, point) for point in first])


def radii(p: Partition) -> Floats:
    """The distance (n,) from each object to the centroid of its cluster."""
    squares: Floats = ((p.objects - p.centroids[p.own]) ** 2).sum(axis=1)
    return np.sqrt(squares)


def means(p: Partition, values: Floats) -> Floats:
    """The mean (k,) over each cluster's objects of a value (n,) that each object has."""
    return np.bincount(p.own, weights=values) / p.sizes


def centroid_distances(p: Partition) -> Floats:
    """Distances (k, k) between centroids, infinite on the diagonal: no cluster is another one."""
    between = pair_distances(p.centroids, p.centroids)
    np.fill_diagonal(between, np.inf)
    return between


def ratio(numerator: float, denominator: float) -> float:
    """The quotient, if there is one. Raises: ValueError naming ``labels``."""
    if denominator == 0:
        raise ValueError("labels: the index is not defined for this clustering, its denominator is zero")
    return float(numerator / denominator)
