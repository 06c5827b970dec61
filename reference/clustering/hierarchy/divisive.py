"""Divisive clustering by repeated two-means (lecture 9, section 40.6, L09.divisive).

M. Steinbach, G. Karypis, V. Kumar, "A comparison of document clustering techniques", KDD workshop on text mining
(2000), there as bisecting k-means. Its random trials are replaced by one start that the objects determine.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, matrix
from reference.clustering.arguments import cluster_count
from reference.clustering.centers.kmeans import kmeans
from reference.clustering.neighbourhood import distances


def two_means(X: ArrayLike) -> Labels:
    """Labels of two clusters by k-means; the first object has the label 0.

    The first centre is the object farthest from the mean of all, the second the one farthest from the first; ties:
    the lowest index. Where all objects are equal there is one cluster.

    Parameters: ``X`` (n, m), objects by rows.
    Returns: labels (n,).
    Raises: ValueError naming ``X``.
    Complexity: O(n m) a step of k-means; memory O(n m).
    Source: lecture 9, section 40.6; Steinbach et al. 2000.

    >>> two_means([[0.0], [1.0], [9.0]]).tolist()
    [0, 0, 1]
    """
    objects = matrix("X", X)
    first = objects[np.argmax(distances(objects, objects.mean(axis=0)))]
    second = objects[np.argmax(distances(objects, first))]
    labels = kmeans(objects, np.stack([first, second]))[1]
    return labels if labels[0] == 0 else 1 - labels


def divisive(X: ArrayLike, k: int) -> Labels:
    """Labels of ``k`` clusters in the order of their first objects: the widest is split in two until there are k.

    The widest has the largest ``sum ||x - mean||^2``; ties: the one whose first object has the lowest index. A
    cluster of equal objects is never split; where only such are left, there are fewer than ``k``.

    Parameters: ``X`` (n, m), objects by rows; ``k`` from 1 to n.
    Returns: labels (n,).
    Raises: ValueError naming ``X`` or ``k``.
    Complexity: O(k n m), and at most k - 1 runs of `two_means`; memory O(n m).
    Source: lecture 9, section 40.6; Steinbach et al. 2000.
    """
    objects = matrix("X", X)
    parts = [np.arange(len(objects))]
    for _ in range(cluster_count(k, len(objects)) - 1):
        widths = [scatter(objects[part]) for part in parts]
        if not max(widths):
            break
        part = parts.pop(int(np.argmax(widths)))
        second = two_means(objects[part]) == 1
        parts = sorted([*parts, part[~second], part[second]], key=lambda members: int(members[0]))
    labels = np.empty(len(objects), dtype=np.intp)
    for number, part in enumerate(parts):
        labels[part] = number
    return labels


def scatter(cluster: Floats) -> float:
    """The sum of squared distances to the mean; taken from the first object, it is exactly zero for equal ones."""
    shifted = cluster - cluster[0]
    return float(((shifted - shifted.mean(axis=0)) ** 2).sum())
