"""Mean shift with a flat window (lecture 9, section 40.2, L09.meanshift).

K. Fukunaga, L. Hostetler, "The estimation of the gradient of a density function", IEEE Transactions on Information
Theory 21 (1975). A window starts at every object, so that each object lies in one, as the lecture's grid asks.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, matrix
from reference.checks.numbers import positive, whole
from reference.clustering.neighbourhood import ball, distances


def mean_shift(X: ArrayLike, radius: float, max_iter: int = 300) -> tuple[Floats, Labels]:
    """Centres of the densest windows, and for each object the nearest of them.

    A window starts at each object and moves to the mean of the objects in it, until they are the same as before
    the move, or ``max_iter`` times. Then windows are taken in the order of the number of their objects, largest
    first (ties: the one that started from the lower index), unless one taken earlier is within ``radius``.

    Parameters: ``X`` (n, m), objects by rows; ``radius`` above 0, in the units of ``X``; ``max_iter`` of at least 1.
    Returns: centres (k, m) in the order in which they were taken, and labels (n,); ties: the lowest index.
    Raises: ValueError naming ``X``, ``radius`` or ``max_iter``.
    Complexity: O(n^2 m) for one move of all windows, and O(n k m) for the centres; memory O(n (m + k)).
    Source: lecture 9, section 40.2; Fukunaga, Hostetler 1975.

    >>> centers, labels = mean_shift([[0.0], [1.0], [9.0]], 2.0)
    >>> centers.tolist(), labels.tolist()
    ([[0.5], [9.0]], [0, 0, 1])
    """
    objects, reach = matrix("X", X), positive("radius", radius)
    limit = whole("max_iter", max_iter)
    windows = [climb(objects, start, reach, limit) for start in objects]
    centers = apart([center for center, _ in sorted(windows, key=lambda window: -window[1])], reach)
    labels: Labels = np.argmin([distances(objects, center) for center in centers], axis=0)
    return centers, labels


def climb(objects: Floats, center: Floats, radius: float, limit: int) -> tuple[Floats, int]:
    """The centre at which a window stops, and how many objects it holds there."""
    inside = ball(objects, center, radius)
    for _ in range(limit):
        center = objects[inside].mean(axis=0)
        moved = ball(objects, center, radius)
        if np.array_equal(moved, inside) or not moved.any():  # rounding can lose objects that lie on the border
            break
        inside = moved
    return center, int(inside.sum())


def apart(centers: list[Floats], radius: float) -> Floats:
    """The centres that are farther than ``radius`` from every one kept before them."""
    kept = centers[:1]
    for center in centers[1:]:
        if (distances(np.array(kept), center) > radius).all():
            kept.append(center)
    return np.array(kept)
