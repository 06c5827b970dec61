"""The Markov blanket filter: features go whose information others have (lecture 10, section 45, L10.markov).

The lecture names the method without formulas. D. Koller, M. Sahami, "Toward optimal feature selection", Proceedings of
the 13th International Conference on Machine Learning (1996).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.checks.arrays import Labels, label_vector, numeric
from reference.checks.numbers import whole
from reference.checks.shapes import as_text, fits
from reference.selection.multivariate.cfs import DIGITS, absolute_correlations


def blanket(X: ArrayLike, f: int, active: Sequence[int], size: int) -> list[int]:
    """The ``size`` active features of the largest absolute Pearson correlation with ``f``, which is not among them.

    Correlations are compared after rounding to 9 digits; of equal ones the lower index comes first. Where fewer
    others are active all of them are taken.

    Parameters: ``X`` (n, d), whole numbers, objects by rows; ``f``, an index; ``active``, different indices, with or
    without ``f``; ``size`` of at least 1.
    Returns: indices, the largest correlation first.
    Raises: ValueError naming ``X``, ``f``, ``active`` or ``size``.
    Complexity: O(n d^2), as the correlations of all pairs are computed; O(n d + d log d) is possible. Memory
    O(n d + d^2).
    Source: lecture 10, section 45; Koller, Sahami 1996.

    >>> blanket([[0, 0, 1], [1, 1, 1], [2, 2, 0]], 0, [0, 1, 2], 1)
    [1]
    """
    table = _categories(X)
    feature = whole("f", f, 0, table.shape[1] - 1)
    others = [one for one in _indices("active", active, table.shape[1]) if one != feature]
    return _blanket(absolute_correlations(table.astype(float)).round(DIGITS), feature, others, whole("size", size))


def expected_kl(X: ArrayLike, y: ArrayLike, f: int, blanket: Sequence[int]) -> float:
    """The sum over m, x of P(m, x) KL(P(c | m, x) || P(c | m)): the information of f on the class beyond its blanket's.

    m are the values of the features in the blanket together, x those of f; probabilities are shares of objects, and
    only combinations that occur count. With an empty blanket it is the mutual information of f and the class.

    Parameters: ``X`` (n, d), whole numbers; ``y`` (n,), classes, whole numbers; ``f``, an index; ``blanket``, different
    indices without ``f``, perhaps none.
    Returns: a float of at least 0, in nats.
    Raises: ValueError naming ``X``, ``y``, ``f`` or ``blanket``.
    Complexity: O(n d + b n log n) for a blanket of b features; memory O(n d).
    Source: lecture 10, section 45; Koller, Sahami 1996.

    >>> round(expected_kl([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 1, 1], 0, [1]), 6)
    0.693147
    """
    table = _categories(X)
    classes = label_vector("y", y, len(table))
    feature = whole("f", f, 0, table.shape[1] - 1)
    given = _indices("blanket", blanket, table.shape[1])
    if feature in given:
        raise ValueError("blanket must not hold f")
    return _expected_kl(table, classes, feature, given)


def markov_filter(X: ArrayLike, y: ArrayLike, keep: int, size: int) -> list[int]:
    """The features that are removed, one after another, until ``keep`` are left.

    Each time every remaining feature gets a new blanket of the others that remain, and the one with the smallest
    `expected_kl` goes. These are compared after rounding to 9 digits; of equal ones the lowest index goes.

    Parameters: ``X`` (n, d), whole numbers; ``y`` (n,), classes, whole numbers; ``keep`` from 1 to d; ``size`` of the
    blankets, of at least 1.
    Returns: d - keep indices, the first removed first.
    Raises: ValueError naming ``X``, ``y``, ``keep`` or ``size``.
    Complexity: O(n d^2 + (d - keep) d (size n log n + d log d)); memory O(n d + d^2).
    Source: lecture 10, section 45; Koller, Sahami 1996.

    >>> markov_filter([[0, 0, 0], [0, 1, 0], [1, 0, 1], [1, 1, 1]], [0, 0, 1, 1], 1, 1)
    [0, 1]
    """
    table = _categories(X)
    classes = label_vector("y", y, len(table))
    left, most = whole("keep", keep, 1, table.shape[1]), whole("size", size)
    correlations = absolute_correlations(table.astype(float)).round(DIGITS)
    active = list(range(table.shape[1]))
    removed: list[int] = []
    while len(active) > left:
        told = []
        for feature in active:
            others = [one for one in active if one != feature]
            around = _blanket(correlations, feature, others, most)
            told.append(round(_expected_kl(table, classes, feature, around), DIGITS))
        worst = active[int(np.argmin(told))]
        active.remove(worst)
        removed.append(worst)
    return removed


def _blanket(correlations: NDArray[np.float64], feature: int, others: list[int], size: int) -> list[int]:
    return sorted(others, key=lambda other: (-correlations[feature, other], other))[:size]


def _expected_kl(table: Labels, classes: Labels, feature: int, given: list[int]) -> float:
    """The sum over cells (m, x, c) of P(m, x, c) log(P(c | m, x) / P(c | m))."""
    before = table[:, given]
    after = np.column_stack([before, table[:, feature]])
    n_mxc = _counts(np.column_stack([after, classes]))
    n_mc = _counts(np.column_stack([before, classes]))
    ratios = n_mxc / _counts(after) / (n_mc / _counts(before))
    return float(np.log(ratios).mean())  # each object stands for 1/n of its cell


def _counts(rows: Labels) -> Labels:
    """For each row (n,), how many rows are equal to it, itself included."""
    if rows.shape[1] == 0:
        return np.full(len(rows), len(rows))
    _, cell, counts = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
    found: Labels = counts[cell.ravel()]
    return found


def _categories(X: ArrayLike) -> Labels:
    table: Labels = np.array(numeric("X", X, "iu"))
    if not fits(table.shape, (None, None)):
        raise ValueError(f"X must be of shape {as_text((None, None))}, not {table.shape}")
    return table


def _indices(name: str, values: Sequence[int], d: int) -> list[int]:
    """Different indices of features, perhaps none. ValueError names ``name``."""
    found = [whole(name, one, 0, d - 1) for one in values]
    if len(set(found)) < len(found):
        raise ValueError(f"{name} must hold no feature twice")
    return found
