"""The prediction of a trained support vector machine (lecture 1, section 3, L01.svm_predict)."""

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
    """The sums of y * lambda * kernel(query, x) over the objects, plus ``bias``, of shape (q,).

    ``kernel`` takes matrices (q, d) and (n, d) to their (q, n) products. ``X`` is (n, d), the classes ``y``, -1 or 1,
    and ``lambdas``, not negative, are (n,). Objects whose lambda is 0 play no part. Raises ValueError naming ``y`` or
    ``lambdas``.
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
    """The classes -1, 0, 1: signs of `svm_decision`."""
    return np.sign(svm_decision(X, y, lambdas, bias, kernel, queries)).astype(np.int64)


def linear_weights(X: ArrayLike, y: ArrayLike, lambdas: ArrayLike) -> Floats:
    """The coefficients a of the same machine with the linear kernel, of shape (d,): the sum of y * lambda * x."""
    X, y, lambdas = _machine(X, y, lambdas)
    return (y * lambdas) @ X


def linear_predict(a: ArrayLike, bias: float, queries: ArrayLike) -> NDArray[np.int64]:
    """The classes -1, 0, 1: the sign of the sum of a_j * query_j, plus ``bias``."""
    a, bias = vector("a", a), real("bias", bias)
    return np.sign(matrix("queries", queries, len(a)) @ a + bias).astype(np.int64)


def _machine(X: ArrayLike, y: ArrayLike, lambdas: ArrayLike) -> tuple[Floats, Floats, Floats]:
    objects = matrix("X", X)
    return objects, signs("y", y, len(objects)), weight_vector("lambdas", lambdas, len(objects))
