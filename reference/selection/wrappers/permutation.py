"""Permutation importance (lecture 10, section 44, L10.permutation).

L. Breiman, "Random forests", Machine Learning 45 (2001); A. Fisher, C. Rudin, F. Dominici, "All models are wrong, but
many are useful", Journal of Machine Learning Research 20 (2019).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix
from reference.checks.numbers import whole


def permutation_importance(
    predict: Callable[[Floats], Any],
    loss: Callable[[Any, Any], float],
    X: ArrayLike,
    y: ArrayLike,
    rng: Generator,
    repeats: int = 5,
) -> Floats:
    """How much the loss of a trained model grows when the values of a feature are shuffled among the objects.

    mu_i is the mean over ``repeats`` shuffles of L(D_i) - L(D). The features with the smallest mu are dropped. (The
    lecture writes the difference the other way round and drops the smallest all the same: a slip of sign.) Each shuffle
    is a new permutation, all equally likely, of one column of ``X`` as it was.

    Parameters: ``predict`` of objects (n, d), the model, which is not trained again; ``loss`` of ``y`` and what
    ``predict`` gave; ``X`` (n, d); ``y`` (n,); ``rng``, a numpy generator; ``repeats`` of at least 1.
    Returns: mu (d,). ``predict`` was called 1 + d * repeats times.
    Raises: ValueError naming ``X``, ``y`` (another number of objects) or ``repeats``.
    Complexity: O(repeats n d^2), as ``X`` is copied for each shuffle, and 1 + d * repeats calls of ``predict`` and
    ``loss``; O(repeats n d) is possible. Memory O(n d).
    Source: lecture 10, section 44; Breiman 2001; Fisher et al. 2019.

    >>> wrong = lambda y, p: float(np.mean(y != p))
    >>> X = [[0, 5], [1, 5], [2, 5], [3, 5]]
    >>> permutation_importance(lambda X: X[:, 0], wrong, X, [0, 1, 2, 3], np.random.default_rng(0))[1].item()
    0.0
    """
    X = matrix("X", X)
    y = np.asarray(y)
    if y.shape != (len(X),):
        raise ValueError(f"y must be of shape ({len(X)},), not {y.shape}")
    repeats = whole("repeats", repeats)
    before = float(loss(y, predict(X.copy())))
    result = np.zeros(X.shape[1])
    for j in range(X.shape[1]):
        for _ in range(repeats):
            shuffled = X.copy()
            shuffled[:, j] = rng.permutation(X[:, j])
            result[j] += float(loss(y, predict(shuffled))) - before
    return result / repeats
