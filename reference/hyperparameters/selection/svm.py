"""The prediction of a trained support vector machine (lecture 1, section 3, L01.svm_predict).

C. Cortes, V. Vapnik, "Support-vector networks", Machine Learning 20 (1995).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.checks.arrays import Floats, matrix, signs, vector, weight_vector
from reference.checks.numbers import real

Kernel = Callable[[Floats, Floats], Floats]


def svm_decision(
    X: ArrayLike, y: ArrayLike, lambdas: ArrayLike, bias: float, kernel: Kernel, queries: ArrayLike
) -> Floats:
    """The sums of y * lambda * kernel(query, x) over the objects, plus the bias.

    Objects whose lambda is 0 play no part: the kernel does not see them.

    Parameters: ``X`` (n, d); ``y`` (n,), classes -1 or 1; ``lambdas`` (n,), of at least 0; ``bias``; ``kernel`` from
    matrices (q, d) and (n, d) to their (q, n) products; ``queries`` (q, d).
    Returns: (q,).
    Raises: ValueError naming ``X``, ``y``, ``lambdas``, ``bias`` or ``queries``.
    Complexity: O(n d + q s d) for s support objects and a kernel of cost O(d) a pair; memory O(s d + q s).
    Source: lecture 1, section 3; Cortes, Vapnik 1995.
    """
    X, y, lambdas = _machine(X, y, lambdas)
    queries, bias = matrix("queries", queries, X.shape[1]), real("bias", bias)
    support = lambdas > 0
    if not support.any():
        return np.full(len(queries), bias)
    return kernel(queries, X[support]) @ (y * lambdas)[support] + bias


def svm_predict(
    X: ArrayLike, y: ArrayLike, lambdas: ArrayLike, bias: float, kernel: Kernel, queries: ArrayLike
) -> NDArray[np.int64]:
    """The classes -1, 0, 1: signs of `svm_decision`.

    Parameters: as in `svm_decision`.
    Returns: classes (q,) of int64.
    Raises: as in `svm_decision`.
    Complexity: as in `svm_decision`.
    Source: lecture 1, section 3; Cortes, Vapnik 1995.
    """
    return np.sign(svm_decision(X, y, lambdas, bias, kernel, queries)).astype(np.int64)


def linear_weights(X: ArrayLike, y: ArrayLike, lambdas: ArrayLike) -> Floats:
    """The coefficients a of the same machine with the linear kernel: the sum of y * lambda * x.

    Parameters: ``X`` (n, d); ``y`` (n,), classes -1 or 1; ``lambdas`` (n,), of at least 0.
    Returns: (d,).
    Raises: ValueError naming ``X``, ``y`` or ``lambdas``.
    Complexity: O(n d).
    Source: lecture 1, section 3; Cortes, Vapnik 1995.
    """
    X, y, lambdas = _machine(X, y, lambdas)
    return (y * lambdas) @ X


def linear_predict(a: ArrayLike, bias: float, queries: ArrayLike) -> NDArray[np.int64]:
    """The classes -1, 0, 1: the sign of the sum of a_j * query_j, plus ``bias``.

    Parameters: ``a`` (d,), coefficients; ``bias``; ``queries`` (q, d).
    Returns: classes (q,) of int64.
    Raises: ValueError naming ``a``, ``bias`` or ``queries``.
    Complexity: O(q d).
    Source: lecture 1, section 3; Cortes, Vapnik 1995.

    >>> linear_predict([1.0, -1.0], 0.5, [[0.0, 2.0], [0.0, 0.5]]).tolist()
    [-1, 0]
    """
    a, bias = vector("a", a), real("bias", bias)
    return np.sign(matrix("queries", queries, len(a)) @ a + bias).astype(np.int64)


def _machine(X: ArrayLike, y: ArrayLike, lambdas: ArrayLike) -> tuple[Floats, Floats, Floats]:
    objects = matrix("X", X)
    return objects, signs("y", y, len(objects)), weight_vector("lambdas", lambdas, len(objects))
