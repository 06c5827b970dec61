"""Correlations of features with the target, of values and of ranks (lecture 10, section 45, L10.pearson, L10.spearman).

K. Pearson, "Note on regression and inheritance in the case of two parents", Proceedings of the Royal Society of London
58 (1895); C. Spearman, "The proof and measurement of association between two things", American Journal of Psychology
15 (1904).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix, vector
from reference.selection.filters.distance import standardised


def pearson(X: ArrayLike, y: ArrayLike) -> Floats:
    """Pearson's correlation of each column of ``X`` with ``y``, from -1 to 1; 0 where one of the two is constant.

    The lecture's formula sums over i and j, as if all features shared one number; here j is fixed.

    Parameters: ``X`` (n, d), objects by rows; ``y`` (n,), the target.
    Returns: correlations (d,), with their sign.
    Raises: ValueError naming ``X`` or ``y``.
    Complexity: O(n d).
    Source: lecture 10, section 45; Pearson 1895.

    >>> pearson([[1.0, 2.0], [2.0, 1.0], [3.0, 0.0]], [1.0, 2.0, 3.0]).round(9).tolist()
    [1.0, -1.0]
    """
    features = matrix("X", X)
    target = vector("y", y, len(features))
    return correlations(features, target)


def spearman(X: ArrayLike, y: ArrayLike) -> Floats:
    """Spearman's correlation of each column of ``X`` with ``y``: Pearson's of their ranks.

    Equal values share the mean of the ranks that they take up together.

    Parameters: ``X`` (n, d), objects by rows; ``y`` (n,), the target.
    Returns: correlations (d,), with their sign; 0 where one of the two is constant.
    Raises: ValueError naming ``X`` or ``y``.
    Complexity: O(d n log n); memory O(n d).
    Source: lecture 10, section 45; Spearman 1904.

    >>> spearman([[1.0], [10.0], [1000.0]], [1.0, 2.0, 3.0]).round(9).tolist()
    [1.0]
    """
    features = matrix("X", X)
    target = vector("y", y, len(features))
    of_features = np.stack([ranks(column) for column in features.T], axis=1)  # (n, d)
    return correlations(of_features, ranks(target))


def correlations(features: Floats, target: Floats) -> Floats:
    """Pearson's correlation of each column with the target."""
    products = standardised(features) * standardised(target)[:, None]  # (n, d)
    return np.clip(products.mean(axis=0), -1.0, 1.0)


def ranks(values: Floats) -> Floats:
    """Ranks from 1 on, the smallest value first; equal values get the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)  # the last rank of each different value
    found: Floats = (last - (counts - 1) / 2)[place]
    return found
