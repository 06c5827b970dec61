"""Standardised columns (L06.hopfield)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def hopfield(X: NDArray[np.float64]) -> NDArray[np.float64]:
    """The columns of ``X`` (n, d) with mean 0 and standard deviation 1; constant ones become zeros.

    Parameters: ``X`` (n, d), objects by rows.
    Returns: (n, d).
    Raises: ValueError naming ``X`` when it is not a matrix of finite numbers with rows and columns.
    Source: the lecture, its section, and the paper by authors and year, or "lecture only".

    >>> hopfield(np.array([[1.0], [3.0]])).tolist()
    [[-1.0], [1.0]]
    """
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or 0 in X.shape or not np.isfinite(X).all():
        raise ValueError("X must be a matrix of finite numbers with at least one row and column")
    centred = X - X.mean(axis=0)  # (n, d)
    deviation = X.std(axis=0)  # (d,)
    varies = np.ptp(X, axis=0) > 0
    return np.where(varies, centred / np.where(varies, deviation, 1.0), 0.0)
