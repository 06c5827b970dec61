"""Correlation-based feature selection: the merit of a set, and a best-first search (lecture 10, section 45, L10.cfs).

The lecture names the method without a formula. M. A. Hall, "Correlation-based feature selection for machine learning",
PhD thesis, University of Waikato (1999).
"""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, matrix, vector, weight_vector
from reference.checks.numbers import whole

DIGITS = 9  # behind the point: merits and correlations that agree in them are equal

Subset = tuple[int, ...]  # ascending indices


def merit(r_fc: ArrayLike, r_ff: ArrayLike) -> float:
    """The merit of k features, k a / sqrt(k + k (k - 1) b): large where they go with the target, not with each other.

    a is the mean of ``r_fc``, b that of ``r_ff`` over pairs of different features; with one feature it is ``r_fc[0]``.

    Parameters: ``r_fc`` (k,), the absolute correlation of each feature with the target; ``r_ff`` (k, k), symmetric,
    that of the features with each other. What stands on its diagonal does not matter.
    Returns: a float of at least 0.
    Raises: ValueError naming ``r_fc`` or ``r_ff`` (another shape), also for negative numbers.
    Complexity: O(k^2).
    Source: lecture 10, section 45; Hall 1999.

    >>> round(merit([0.6, 0.6], [[1.0, 0.0], [0.0, 1.0]]), 6), merit([0.6, 0.6], [[1.0, 1.0], [1.0, 1.0]])
    (0.848528, 0.6)
    """
    with_target = weight_vector("r_fc", r_fc)
    k = len(with_target)
    among = array("r_ff", r_ff, (k, k))
    if (among < 0).any():
        raise ValueError("r_ff must not hold negative numbers")
    pairs = among.sum() - np.trace(among)  # k (k - 1) b
    return float(with_target.sum() / np.sqrt(k + pairs))


def cfs(X: ArrayLike, y: ArrayLike, patience: int = 5) -> list[int]:
    """The best set that a best-first search finds, by the merit of absolute Pearson correlations.

    The search begins with the empty set, of merit 0. In each step the open set of the largest merit is expanded: each
    set with one feature more that was not met before is evaluated and becomes open. It ends when no set is open, or
    after ``patience`` expansions in a row without a merit larger than all before. Merits are compared after rounding
    to 9 digits behind the point; of equal ones the smaller set is better, then the lexicographically first. The empty
    set is never the result.

    Parameters: ``X`` (n, d), objects by rows; ``y`` (n,), numbers; ``patience`` of at least 1.
    Returns: ascending indices of features, one at least.
    Raises: ValueError naming ``X``, ``y`` or ``patience``.
    Complexity: O(n d^2) for the correlations, and O(d (k^2 + log E)) for the expansion of a set of k features, where E
    sets have been evaluated, at most 2^d - 1; memory O(n d + d^2 + E k).
    Source: lecture 10, section 45; Hall 1999.

    >>> cfs([[0, 0, 1], [1, 1, 1], [2, 2, 0], [3, 3, 1]], [0.0, 1.0, 2.0, 3.0])
    [0]
    """
    features = matrix("X", X)
    target = vector("y", y, len(features))
    limit = whole("patience", patience)
    found = absolute_correlations(np.column_stack([features, target]))
    with_target, among = found[:-1, -1], found[:-1, :-1]
    seen: set[Subset] = {()}
    opened: list[tuple[float, int, Subset]] = [(0.0, 0, ())]  # the best comes first: -merit, size, set
    best: tuple[float, int, Subset] | None = None
    waited = 0
    while opened and waited < limit:
        _, size, subset = heapq.heappop(opened)
        waited += 1
        for feature in sorted(set(range(len(with_target))) - set(subset)):
            larger = tuple(sorted((*subset, feature)))
            if larger in seen:
                continue
            seen.add(larger)
            places = list(larger)
            value = round(merit(with_target[places], among[np.ix_(places, places)]), DIGITS)
            heapq.heappush(opened, (-value, size + 1, larger))
            if best is None or value > -best[0]:
                waited = 0
            best = min(best or (-value, size + 1, larger), (-value, size + 1, larger))
    assert best is not None
    return list(best[2])


def absolute_correlations(columns: Floats) -> Floats:
    """|Pearson's correlation| of all pairs of columns (d, d); 0 where one of the two is constant."""
    centred = columns - columns.mean(axis=0)
    varies = np.ptp(columns, axis=0) > 0
    length = np.where(varies, np.sqrt((centred**2).sum(axis=0)), 1.0)
    directions = np.where(varies, centred / length, 0.0)
    return np.clip(np.abs(directions.T @ directions), 0.0, 1.0)
