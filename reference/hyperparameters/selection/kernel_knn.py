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
    """The classes -1, 0, 1 of ``queries`` (q, d): the sign of the sum of y * w * K(rho(query, x) / h).

    ``X`` is (n, d), the classes ``y`` are -1 or 1 and the weights ``w`` not negative, both (n,); rho is Euclidean. No
    object in the window: 0. Raises ValueError naming the argument: shapes, classes, weights, ``h`` not positive, an
    unknown ``kernel``.
    """
    X = matrix("X", X)
    queries = matrix("queries", queries, X.shape[1])
    y, w = signs("y", y, len(X)), weight_vector("w", w, len(X))
    h, kernel = positive("h", h, infinite=True), one_of("kernel", kernel, KERNELS)
    distances = np.linalg.norm(queries[:, None, :] - X[None, :, :], axis=2)  # (q, n)
    return np.sign(KERNELS[kernel](distances / h) @ (y * w)).astype(np.int64)
