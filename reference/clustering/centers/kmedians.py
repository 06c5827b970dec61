"""k-medians (lecture 9, section 40.1, L09.kmedians).

Lloyd's two steps for the Manhattan distance: P. Bradley, O. Mangasarian, W. Street, "Clustering via concave
minimization", NIPS 9 (1996).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, matrix
from reference.checks.numbers import whole


def kmedians(X: ArrayLike, start: ArrayLike, max_iter: int = 300) -> tuple[Floats, Labels]:
    """Centres and labels that make ``sum_i ||x_i - c_{l_i}||_1`` small.

    Each object goes to the centre nearest by the Manhattan distance (ties: the lowest index), each centre to the
    median of its objects by every coordinate; an emptied cluster keeps its centre. Stops when the labels stay the
    same, or after ``max_iter`` moves.

    Parameters: ``X`` (n, m), objects by rows; ``start`` (k, m); ``max_iter`` of at least 1.
    Returns: centres (k, m), and labels (n,), which are those of the centres returned.
    Raises: ValueError naming ``X``, ``start`` or ``max_iter``.
    Complexity: O(n k m) a step, and memory O(n k m) for the differences of all pairs; memory O(n (k + m)) is possible.
    Source: lecture 9, section 40.1; Bradley et al. 1996.

    >>> kmedians([[0.0], [1.0], [100.0]], [[0.0]])[0].tolist()
    [[1.0]]
    """
    objects = matrix("X", X)
    centers = matrix("start", start, objects.shape[1])
    labels = nearest(objects, centers)
    for _ in range(whole("max_iter", max_iter)):
        centers = medians(objects, labels, centers)
        updated = nearest(objects, centers)
        if np.array_equal(updated, labels):
            break
        labels = updated
    return centers, updated


def nearest(objects: Floats, centers: Floats) -> Labels:
    """The index of the centre nearest by the Manhattan distance; of equally near ones the first."""
    distances = np.abs(objects[:, None, :] - centers[None, :, :]).sum(axis=2)  # (n, k)
    labels: Labels = np.argmin(distances, axis=1)
    return labels


def medians(objects: Floats, labels: Labels, centers: Floats) -> Floats:
    """The median of each cluster's objects by coordinates; an empty cluster keeps its centre."""
    moved = centers.copy()
    for cluster in np.unique(labels):
        moved[cluster] = np.median(objects[labels == cluster], axis=0)
    return moved
