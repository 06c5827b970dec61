"""k-means by Lloyd's algorithm (lecture 9, section 40.1, L09.kmeans).

S. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28 (1982). Starting
centres are an argument: choosing them is another row of the lecture.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, matrix
from reference.checks.numbers import whole


def kmeans(X: ArrayLike, start: ArrayLike, max_iter: int = 300) -> tuple[Floats, Labels]:
    """Centres and labels: each object goes to the nearest centre, each centre to the mean of its objects.

    ``min sum_i ||x_i - c_{l_i}||^2`` is improved step by step until the labels stay the same, or for
    ``max_iter`` steps. Ties go to the lowest index; a cluster that has lost all its objects keeps its centre.

    Parameters: ``X`` (n, m), objects by rows; ``start`` (k, m); ``max_iter`` of at least 1.
    Returns: centres (k, m), and labels (n,), which are those of the centres returned.
    Raises: ValueError naming ``X``, ``start`` (other features) or ``max_iter``.
    Complexity: O(n k m) a step, and memory O(n k m) for the differences of all pairs; memory O(n (k + m)) is possible.
    Source: lecture 9, section 40.1; Lloyd 1982.

    >>> kmeans([[0.0], [1.0], [9.0]], [[0.0], [1.0]])[0].tolist()
    [[0.5], [9.0]]
    """
    objects = matrix("X", X)
    centers = matrix("start", start, objects.shape[1])
    labels = nearest(objects, centers)
    for _ in range(whole("max_iter", max_iter)):
        centers = means(objects, labels, centers)
        updated = nearest(objects, centers)
        if np.array_equal(updated, labels):
            break
        labels = updated
    return centers, updated


def nearest(objects: Floats, centers: Floats) -> Labels:
    """The index of the nearest centre for each object; of equally near ones the first."""
    differences = objects[:, None, :] - centers[None, :, :]  # (n, k, m)
    labels: Labels = np.argmin((differences**2).sum(axis=2), axis=1)  # (n,)
    return labels


def means(objects: Floats, labels: Labels, centers: Floats) -> Floats:
    """The mean of each cluster's objects; an empty cluster keeps its centre."""
    moved = centers.copy()
    for cluster in np.unique(labels):
        moved[cluster] = objects[labels == cluster].mean(axis=0)
    return moved
