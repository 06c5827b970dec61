"""Canonical correlation analysis (lecture 11, section 47, L11.cca). The lecture has the name alone.

H. Hotelling, "Relations between two sets of variates", Biometrika 28 (1936); H. Vinod, "Canonical ridge and
econometrics of joint production", Journal of Econometrics 4 (1976).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix
from reference.checks.numbers import not_negative, whole
from reference.extraction.components.whitening import inverse_root


def cca(X: ArrayLike, Y: ArrayLike, k: int, ridge: float = 0.0) -> tuple[Floats, Floats, Floats]:
    """The ``k`` pairs of combinations of both sets of features that correlate most, each uncorrelated with the earlier.

    With the covariances ``C_xx``, ``C_yy``, ``C_xy`` (centred, divided by n; ``ridge`` is added to the diagonals of the
    first two) and ``C_xx^(-1/2) C_xy C_yy^(-1/2) = P D Q^T``, they are ``A = C_xx^(-1/2) P``, ``B = C_yy^(-1/2) Q``;
    the correlations are on the diagonal of D, the largest first. The entry of each column of A that is largest by its
    absolute value is positive (of equal ones the first), and ``a C_xy b`` is not negative.

    Parameters: ``X`` (n, p) and ``Y`` (n, q), the same objects by rows; ``k`` from 1 to min(p, q); ``ridge`` of at
    least 0.
    Returns: A (p, k), B (q, k), and the correlations (k,).
    Raises: ValueError naming ``X`` or ``Y`` (also where the smallest eigenvalue of ``C_xx`` or ``C_yy`` is at most
    1e-12 of the largest), ``k`` or ``ridge``.
    Complexity: O(n (p + q)^2 + p^3 + q^3); memory O(n (p + q) + (p + q)^2).
    Source: lecture 11, section 47; Hotelling 1936; Vinod 1976.

    >>> A, B, correlations = cca([[1], [5], [1], [5]], [[0], [-3], [-3], [-6]], 1)
    >>> A.tolist(), B.round(4).tolist(), correlations.round(4).tolist()
    ([[0.5]], [[-0.4714]], [0.7071])
    """
    first, second = matrix("X", X), matrix("Y", Y)
    if len(first) != len(second):
        raise ValueError(f"Y must have the {len(first)} rows of X, not {len(second)}")
    count = whole("k", k, 1, min(first.shape[1], second.shape[1]))
    added = not_negative("ridge", ridge)
    first -= first.mean(axis=0)
    second -= second.mean(axis=0)
    left = inverse_root("X", _covariance(first, added))
    right = inverse_root("Y", _covariance(second, added))
    P, correlations, Q = np.linalg.svd(left @ (first.T @ second / len(first)) @ right, full_matrices=False)
    A, B = left @ P[:, :count], right @ Q[:count].T
    largest = np.abs(A).argmax(axis=0)
    signs = np.where(A[largest, np.arange(count)] < 0, -1.0, 1.0)
    return A * signs, B * signs, correlations[:count]


def _covariance(centred: Floats, ridge: float) -> Floats:
    return centred.T @ centred / len(centred) + ridge * np.eye(centred.shape[1])
