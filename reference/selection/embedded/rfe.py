"""SVM-RFE: the features of smallest weight are removed, round by round (lecture 10, section 43, L10.svm_rfe).

I. Guyon, J. Weston, S. Barnhill, V. Vapnik, "Gene selection for cancer classification using support vector machines",
Machine Learning 46 (2002).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Labels, matrix
from reference.checks.numbers import whole
from reference.selection.embedded.svm import linear_svm

ZERO = 1e-8  # of the largest weight: what is smaller counts as 0


def svm_rfe(X: ArrayLike, y: ArrayLike, k: int, step: int = 1, C: float = 1.0) -> tuple[Labels, Labels]:
    """The k features that are left, and a rank of each feature: 1 for these, 2 for those removed last, and so on.

    In each round an SVM is trained on the features that are left, and the ``step`` ones of smallest ``|w|`` are
    removed, in the last round only as many as leave k. Of equal weights the higher index is removed first; a weight
    below 1e-8 of the largest counts as 0.

    Parameters: ``X`` (n, d), ``y`` and ``C`` as in `linear_svm`; ``k`` from 1 to d; ``step`` of at least 1.
    Returns: indices (k,), ascending, and ranks (d,).
    Raises: ValueError naming ``X``, ``y``, ``k``, ``step`` or ``C``.
    Complexity: O((d - k) / step + 1) trainings as in `linear_svm`, each with at most d features.
    Source: lecture 10, section 43; Guyon, Weston, Barnhill, Vapnik 2002.

    >>> kept, ranks = svm_rfe([[0, 0.0, 1], [0, 2.0, 1], [0, 9.0, 2], [0, 8.0, 2]], [-1, -1, 1, 1], 1)
    >>> kept.tolist(), ranks.tolist()
    ([1], [3, 1, 2])
    """
    X = matrix("X", X)
    k, step = whole("k", k, 1, X.shape[1]), whole("step", step)
    linear_svm(X, y, C)  # for its checks, where nothing is to be dropped
    left = np.arange(X.shape[1])
    rounds: list[Labels] = []
    while len(left) > k:
        weights = np.abs(linear_svm(X[:, left], y, C)[0])
        weights[weights < ZERO * weights.max()] = 0
        weakest_first = np.lexsort((-left, weights))
        gone = weakest_first[: min(step, len(left) - k)]
        rounds.append(left[gone])
        left = np.delete(left, gone)
    ranks = np.ones(X.shape[1], dtype=np.intp)
    for rank, gone in enumerate(reversed(rounds), start=2):
        ranks[gone] = rank
    return left, ranks
