"""The prediction of a trained support vector machine (lecture 1, section 3, L01.svm_predict)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Kernel = Callable[[Array, Array], Array]


def svm_decision(X: Array, y: Array, lambdas: Array, bias: float, kernel: Kernel, queries: Array) -> Array:
    """The sums of y * lambda * kernel(query, x) over the objects, plus ``bias``, of shape (q,).

    ``kernel`` takes matrices (q, d) and (n, d) to their (q, n) products. ``X`` is (n, d), the classes ``y``, -1 or 1,
    and ``lambdas``, not negative, are (n,). Objects whose lambda is 0 play no part. Raises ValueError naming ``y`` or
    ``lambdas``.
    """
    X, y, lambdas, queries = (np.asarray(a, dtype=float) for a in (X, y, lambdas, queries))
    _check(X, y, lambdas)
    support = lambdas > 0
    if not support.any():
        return np.full(len(queries), float(bias))
    return kernel(queries, X[support]) @ (y * lambdas)[support] + bias


def svm_predict(X: Array, y: Array, lambdas: Array, bias: float, kernel: Kernel, queries: Array) -> NDArray[np.int64]:
    """The classes -1, 0, 1: signs of `svm_decision`."""
    return np.sign(svm_decision(X, y, lambdas, bias, kernel, queries)).astype(np.int64)


def linear_weights(X: Array, y: Array, lambdas: Array) -> Array:
    """The coefficients a of the same machine with the linear kernel, of shape (d,): the sum of y * lambda * x."""
    X, y, lambdas = (np.asarray(a, dtype=float) for a in (X, y, lambdas))
    _check(X, y, lambdas)
    return (y * lambdas) @ X


def linear_predict(a: Array, bias: float, queries: Array) -> NDArray[np.int64]:
    """The classes -1, 0, 1: the sign of the sum of a_j * query_j, plus ``bias``."""
    return np.sign(np.asarray(queries, dtype=float) @ np.asarray(a, dtype=float) + bias).astype(np.int64)


def _check(X: Array, y: Array, lambdas: Array) -> None:
    if y.shape != (len(X),) or not np.isin(y, (-1, 1)).all():
        raise ValueError("y must hold -1 or 1 for each row of X")
    if lambdas.shape != (len(X),) or not (lambdas >= 0).all():
        raise ValueError("lambdas must hold a number that is not negative for each row of X")
