"""A classifier by weighted neighbours in a window (lecture 1, section 3, L01.knn_kernel)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

KERNELS = {
    "rectangular": lambda u: (u < 1).astype(float),
    "triangular": lambda u: np.maximum(0, 1 - u),
    "epanechnikov": lambda u: np.maximum(0, 1 - u**2),
    "gaussian": lambda u: np.exp(-(u**2) / 2),
}


def kernel_knn(
    X: Array, y: NDArray[np.int64], w: Array, queries: Array, h: float, kernel: str = "gaussian"
) -> NDArray[np.int64]:
    """The classes -1, 0, 1 of ``queries`` (q, d): the sign of the sum of y * w * K(rho(query, x) / h).

    ``X`` is (n, d), the classes ``y`` are -1 or 1 and the weights ``w`` not negative, both (n,); rho is Euclidean. No
    object in the window: 0. Raises ValueError naming the argument: shapes, classes, weights, ``h`` not positive, an
    unknown ``kernel``.
    """
    X, w, queries = (np.asarray(a, dtype=float) for a in (X, w, queries))
    y = np.asarray(y)
    if X.ndim != 2 or len(X) == 0:
        raise ValueError("X must be a matrix with at least one row")
    if queries.ndim != 2 or queries.shape[1] != X.shape[1]:
        raise ValueError(f"queries must be a matrix with {X.shape[1]} columns")
    if y.shape != (len(X),) or not np.isin(y, (-1, 1)).all():
        raise ValueError("y must hold -1 or 1 for each row of X")
    if w.shape != (len(X),) or not (w >= 0).all():
        raise ValueError("w must hold a weight that is not negative for each row of X")
    if not h > 0:
        raise ValueError(f"h must be positive, not {h!r}")
    if kernel not in KERNELS:
        raise ValueError(f"kernel must be one of {sorted(KERNELS)}, not {kernel!r}")
    distances = np.linalg.norm(queries[:, None, :] - X[None, :, :], axis=2)  # (q, n)
    return np.sign(KERNELS[kernel](distances / h) @ (y * w)).astype(np.int64)
