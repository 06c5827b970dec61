"""Two categories: information gain, Gini gain, chi-square (lecture 10, section 45, L10.info_gain, L10.gini, L10.chi2).

The lecture names the three without formulas. J. R. Quinlan, "Induction of decision trees", Machine Learning 1 (1986);
L. Breiman, J. Friedman, R. Olshen, C. Stone, "Classification and regression trees", Wadsworth (1984); K. Pearson, "On
the criterion that a given system of deviations from the probable in the case of a correlated system of variables is
such that it can be reasonably supposed to have arisen from random sampling", Philosophical Magazine 50 (1900).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, label_vector


def info_gain(a: ArrayLike, c: ArrayLike) -> float:
    """H(c) - H(c | a): the information on the class, in bits, that the feature gives.

    Parameters: ``a`` (n,), the feature, and ``c`` (n,), the class, both any whole numbers.
    Returns: a float of at least 0; 0 where one of the two is constant.
    Raises: ValueError naming ``a`` or ``c``.
    Complexity: O(n log n + v k) for v values of the feature and k classes; memory O(n + v k).
    Source: lecture 10, section 45; Quinlan 1986.

    >>> info_gain([0, 0, 1, 1], [5, 5, 7, 7]), info_gain([0, 0, 1, 1], [5, 7, 5, 7])
    (1.0, 0.0)
    """
    return _gain(table(a, c), entropy)


def gini_gain(a: ArrayLike, c: ArrayLike) -> float:
    """G(c) - sum over values of P(a) G(c | a): how much the feature lowers the Gini index of the class.

    Parameters: as in `info_gain`.
    Returns: a float of at least 0; 0 where one of the two is constant.
    Raises: as in `info_gain`.
    Complexity: as in `info_gain`.
    Source: lecture 10, section 45; Breiman et al. 1984.

    >>> gini_gain([0, 0, 1, 1], [5, 5, 7, 7]), gini_gain([0, 0, 1, 1], [5, 7, 5, 7])
    (0.5, 0.0)
    """
    return _gain(table(a, c), gini)


def chi2(a: ArrayLike, c: ArrayLike) -> float:
    """The sum of (O - E)^2 / E over the table of counts, without Yates' correction.

    O counts the objects of a cell, E is what it would be on average if feature and class were independent. Values and
    classes that do not occur have no row or column, so no E is 0.

    Parameters: as in `info_gain`.
    Returns: a float of at least 0; 0 where one of the two is constant.
    Raises: as in `info_gain`.
    Complexity: as in `info_gain`.
    Source: lecture 10, section 45; Pearson 1900.

    >>> chi2([0, 0, 1, 1], [5, 5, 7, 7]), chi2([0, 0, 1, 1], [5, 7, 5, 7])
    (4.0, 0.0)
    """
    observed = table(a, c)
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / observed.sum()
    return float(((observed - expected) ** 2 / expected).sum())


def table(a: ArrayLike, c: ArrayLike) -> Floats:
    """How many objects have each value (rows) and class (columns), of those that occur."""
    values = label_vector("a", a)
    classes = label_vector("c", c, len(values))
    found, row = np.unique(values, return_inverse=True)
    kinds, column = np.unique(classes, return_inverse=True)
    counts = np.zeros((len(found), len(kinds)))  # (values, classes)
    np.add.at(counts, (row, column), 1)
    return counts


def entropy(counts: Floats) -> Floats:
    """The entropy in bits of each row of counts (..., k) -> (...); 0 log 0 is 0."""
    shares = counts / counts.sum(axis=-1, keepdims=True)
    bits = np.log2(np.where(shares > 0, shares, 1.0))
    found: Floats = -(shares * bits).sum(axis=-1)
    return found


def gini(counts: Floats) -> Floats:
    """The Gini index of each row of counts (..., k) -> (...): the chance that two draws differ."""
    shares = counts / counts.sum(axis=-1, keepdims=True)
    found: Floats = 1 - (shares**2).sum(axis=-1)
    return found


def _gain(counts: Floats, impurity: Callable[[Floats], Floats]) -> float:
    weights = counts.sum(axis=1) / counts.sum()  # (values,)
    after = weights @ impurity(counts)
    return max(float(impurity(counts.sum(axis=0)) - after), 0.0)
