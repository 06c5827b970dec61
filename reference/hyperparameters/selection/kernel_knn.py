"""A classifier by weighted neighbours in a window (lecture 1, section 3, L01.knn_kernel)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.checks.arrays import matrix, signs, weight_vector
from reference.checks.numbers import positive
from reference.checks.text import one_of

KERNELS = {
    "rectangular": lambda u: (u < 1).astype(float),
    "triangular": lambda u: np.maximum(0, 1 - u),
    "epanechnikov": lambda u: np.maximum(0, 1 - u**2),
    "gaussian": lambda u: np.exp(-(u**2) / 2),
}


def kernel_knn(
    X: ArrayLike, y: ArrayLike, w: ArrayLike, queries: ArrayLike, h: float, kernel: str = "gaussian"
) -> NDArray[np.int64]:
    """The classes -1, 0, 1 of the queries: the sign of the sum of y * w * K(rho(query, x) / h).

    rho is Euclidean. Where no object is in the window, the class is 0.

    Parameters: ``X`` (n, d); ``y`` (n,), classes -1 or 1; ``w`` (n,), weights of at least 0; ``queries`` (q, d); the
    width ``h`` in the units of ``X``; ``kernel``, a key of `KERNELS`.
    Returns: classes (q,) of int64.
    Raises: ValueError naming ``X``, ``y``, ``w``, ``queries``, ``h`` (not above 0) or ``kernel``.
    Complexity: O(q n d), and memory O(q n d) for the differences of all pairs; memory O(q n) is possible.
    Source: lecture 1, section 3; lecture only.
    """
    X = matrix("X", X)
    queries = matrix("queries", queries, X.shape[1])
    y, w = signs("y", y, len(X)), weight_vector("w", w, len(X))
    h, kernel = positive("h", h, infinite=True), one_of("kernel", kernel, KERNELS)
    distances = np.linalg.norm(queries[:, None, :] - X[None, :, :], axis=2)  # (q, n)
    return np.sign(KERNELS[kernel](distances / h) @ (y * w)).astype(np.int64)
