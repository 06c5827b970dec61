"""A real feature and a category: pairwise distances, conditional variance (lecture 10, section 45).

Rows L10.pairwise and L10.cond_variance. The lecture names both without formulas.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, label_vector, vector


def pairwise(x: ArrayLike, c: ArrayLike) -> tuple[float, float]:
    """The mean of |x_i - x_j| over pairs of objects of one class, and over pairs of objects of different classes.

    A feature is relevant where the first is much smaller than the second. Sorted values make it O(n log n): in a sum
    over all pairs the i-th smallest of n values is added i times and subtracted n - 1 - i times, i from 0.

    Parameters: ``x`` (n,), the feature; ``c`` (n,), the class, any whole numbers.
    Returns: the two means (inner, outer).
    Raises: ValueError naming ``x`` or ``c``; ``c`` too where there is no pair of one class, or none of different ones.
    Complexity: O(n log n).
    Source: lecture 10, section 45; lecture only.

    >>> pairwise([0.0, 1.0, 5.0], [0, 0, 1])
    (1.0, 4.5)
    """
    values = vector("x", x)
    classes = label_vector("c", c, len(values))
    groups = _groups(values - values.mean(), classes)
    inner = sum(_distances(group) for group in groups)
    pairs = sum(len(group) * (len(group) - 1) // 2 for group in groups)
    others = len(values) * (len(values) - 1) // 2 - pairs
    if pairs == 0 or others == 0:
        raise ValueError("c must hold a class with two objects, and a second class")
    outer = _distances(values - values.mean()) - inner
    return inner / pairs, outer / others


def conditional_variance(x: ArrayLike, c: ArrayLike) -> float:
    """The variance of the feature within the classes: the sum over classes of P(c) Var(x | c). Small is relevant.

    Variances are mean squares (divided by the number of objects), so a class of one object adds 0.

    Parameters: ``x`` (n,), the feature; ``c`` (n,), the class, any whole numbers.
    Returns: a float of at least 0, at most the variance of all values.
    Raises: ValueError naming ``x`` or ``c``.
    Complexity: O(n log n), as the classes are sorted; O(n) is possible by hashing.
    Source: lecture 10, section 45; lecture only.

    >>> conditional_variance([0.0, 2.0, 5.0, 5.0], [0, 0, 1, 1])
    0.5
    """
    values = vector("x", x)
    classes = label_vector("c", c, len(values))
    return sum(len(group) * float(group.var()) for group in _groups(values, classes)) / len(values)


def _groups(values: Floats, classes: Labels) -> list[Floats]:
    """The values of each class that occurs."""
    order = np.argsort(classes, kind="stable")
    starts = np.flatnonzero(np.diff(classes[order])) + 1
    return np.split(values[order], starts)


def _distances(values: Floats) -> float:
    """The sum of the distances of all pairs."""
    n = len(values)
    times = 2 * np.arange(n) - (n - 1)  # added less subtracted
    return float(times @ np.sort(values))
