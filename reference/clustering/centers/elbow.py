"""The elbow method for the number of clusters (lecture 9, section 40.1, L09.elbow).

R. Thorndike, "Who belongs in the family?", Psychometrika 18 (1953). The knee is the point of the curve that lies
farthest from the chord between its ends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix, vector
from reference.checks.numbers import whole

LEAST_POINTS = 3  # two points are the chord itself


def elbow_curve(X: ArrayLike, ks: Sequence[int], cluster: Callable[[Any, int], ArrayLike]) -> Floats:
    """``Q(k) = sum_i min_j ||x_i - c_j||^2`` for each number of clusters, the centres being ``cluster(X, k)``.

    Parameters: ``X`` (n, m), objects by rows; ``ks`` (l,), ascending, from 1; ``cluster`` from ``X`` and k to centres
    (k, m), called once for each k in their order.
    Returns: (l,), in the squared units of ``X``.
    Raises: ValueError naming ``X``, ``ks``, or ``centers`` for what ``cluster`` returns.
    Complexity: O(n m K) for the sum K of ``ks``, and l calls of ``cluster``; memory O(n k m) for the largest k.
    Source: lecture 9, section 40.1; Thorndike 1953.
    """
    objects = matrix("X", X)
    return np.array([within(objects, matrix("centers", cluster(objects.copy(), k))) for k in ascending(ks)])


def within(objects: Floats, centers: Floats) -> float:
    """The sum of squared distances from each object to the nearest centre."""
    differences = objects[:, None, :] - centers[None, :, :]  # (n, k, m)
    return float((differences**2).sum(axis=2).min(axis=1).sum())


def knee(ks: Sequence[int], curve: ArrayLike) -> int:
    """The ``k`` whose point ``(k, Q(k))`` is farthest from the chord between the first and the last; ties: the first.

    The scale of neither axis matters, since the distance to a line is the gap along an axis times a constant.

    Parameters: ``ks`` (l,), ascending, from 1, at least three; ``curve`` (l,).
    Returns: one of ``ks``, an int.
    Raises: ValueError naming ``ks`` or ``curve``.
    Complexity: O(l).
    Source: lecture 9, section 40.1; Thorndike 1953.

    >>> knee([1, 2, 3, 4], [9.0, 2.0, 1.0, 0.5])
    2
    """
    numbers = np.array(ascending(ks), dtype=float)
    if len(numbers) < LEAST_POINTS:
        raise ValueError(f"ks must hold at least {LEAST_POINTS} numbers: between two there is no knee")
    heights = vector("curve", curve, len(numbers))
    slope = (heights[-1] - heights[0]) / (numbers[-1] - numbers[0])
    gaps = np.abs(heights - heights[0] - slope * (numbers - numbers[0]))
    gaps[[0, -1]] = 0  # whatever the rounding says, the ends lie on the chord
    return int(ks[int(np.argmax(gaps))])


def ascending(ks: Sequence[int]) -> list[int]:
    """Numbers of clusters: at least one of them, each at least 1 and larger than the one before."""
    numbers = [whole("ks", k) for k in ks]
    if not numbers or any(later <= earlier for earlier, later in pairwise(numbers)):
        raise ValueError("ks must be whole numbers in ascending order, at least one")
    return numbers
