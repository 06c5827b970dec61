"""EM for principal components: two least squares problems in turn (lecture 11, section 47, L11.empca).

The lecture names the method without formulas. S. Roweis, "EM algorithms for PCA and SPCA", Advances in Neural
Information Processing Systems 10 (1997).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix
from reference.checks.numbers import whole
from reference.extraction.principal.pca import centred, directions
from reference.extraction.principal.symmetric import RANK


def em_step(F: ArrayLike, U: ArrayLike) -> tuple[Floats, Floats]:
    """The best G for these directions, then the best directions for this G, both by least squares ||G U^T - F||^2.

    G = F U (U^T U)^-1, then U = F^T G (G^T G)^-1. F is taken as it is, without centring; neither the directions given
    nor those returned need be orthogonal or of length 1.

    Parameters: ``F`` (l, n), objects by rows; ``U`` (n, m), of independent columns, as F U
    must be.
    Returns: G (l, m), and the new U (n, m).
    Raises: ValueError naming ``F`` or ``U`` (also for dependent columns, of U or of F U).
    Complexity: O(l n m); memory O(l n).
    Source: lecture 11, section 47; Roweis 1997.

    >>> G, U = em_step([[1.0, 2.0], [0.0, 1.0]], [[2.0], [0.0]])
    >>> G.tolist(), U.tolist()
    ([[0.5], [0.0]], [[2.0], [4.0]])
    """
    X = matrix("F", F)
    return _step(X, directions("U", U, X.shape[1]), "U")


def empca(F: ArrayLike, start: ArrayLike, steps: int, center: bool = True) -> tuple[Floats, Floats, Floats]:
    """The subspace that ``steps`` of `em_step` lead to from ``start``: an orthonormal basis U of it, G = (F - mean) U.

    The subspace nears that of the m leading principal components. Which orthonormal basis is returned is left open.

    Parameters: ``F``, centred first unless ``center`` is False; ``start`` (n, m) of independent columns, m at most the
    rank of F; ``steps`` of at least 1.
    Returns: G (l, m), U (n, m), and the mean (n,), zeros without ``center``.
    Raises: ValueError naming ``F``, ``start`` (also for dependent columns, of it or of F times it) or ``steps``.
    Complexity: O(l n m) a step; memory O(l n).
    Source: lecture 11, section 47; Roweis 1997.

    >>> G, U, mean = empca([[18, 16], [2, 4], [7, 14], [13, 6]], [[1], [0]], 20)
    >>> (U @ U.T).round(6).tolist(), mean.tolist()
    ([[0.64, 0.48], [0.48, 0.36]], [10.0, 10.0])
    """
    X, mean = centred(F, center)
    U = directions("start", start, X.shape[1])
    for _ in range(whole("steps", steps)):
        _, U = _step(X, U, "start")
    basis = np.linalg.qr(U)[0]
    return X @ basis, basis, mean


def _step(X: Floats, U: Floats, name: str) -> tuple[Floats, Floats]:
    G = _least_squares(U, X.T, name).T  # (l, m)
    return G, _least_squares(G, X, name).T  # (n, m)


def _least_squares(A: Floats, B: Floats, name: str) -> Floats:
    """The C of least ||A C - B||^2: (A^T A)^-1 A^T B. ValueError names ``name`` where A's columns are dependent."""
    sizes = np.linalg.svd(A, compute_uv=False)
    if A.shape[1] > A.shape[0] or sizes[-1] <= RANK * sizes[0]:
        raise ValueError(f"{name} must have independent columns, and no more than the rank of F")
    return np.asarray(np.linalg.solve(A.T @ A, A.T @ B), dtype=np.float64)
