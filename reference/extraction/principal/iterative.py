"""Principal components one after another, by power iteration (lecture 11, section 47, L11.pca_iterative).

The lecture asks for the nearest line that is orthogonal to the earlier ones, and names no way to find it. H. Hotelling,
"Analysis of a complex of statistical variables into principal components", Journal of Educational Psychology 24 (1933).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats
from reference.checks.numbers import not_negative, whole
from reference.extraction.principal.pca import centred, directions
from reference.extraction.principal.symmetric import RANK, oriented


def pca_iterative(
    F: ArrayLike, start: ArrayLike, center: bool = True, tol: float = 1e-10, max_iter: int = 1000
) -> tuple[Floats, Floats, Floats, Floats]:
    """Principal components one by one: c <- F^T F c, made orthogonal to the earlier ones and of length 1.

    Component i begins with column i of ``start``, made orthogonal to the earlier ones and of length 1. It is finished
    when a step has moved it by ``tol`` at most (Euclidean norm of the difference), or after ``max_iter`` steps. In
    the end the entry of largest modulus in each column of U is made positive. Near its end an iteration reduces the
    error in each step by the ratio of two neighbouring eigenvalues.

    Parameters: ``F`` (l, n), centred first unless ``center`` is False; ``start`` (n, m), m at most the rank; ``tol`` of
    at least 0; ``max_iter`` of at least 1.
    Returns: G = (F - mean) U (l, m); U (n, m), with orthonormal columns; values (m,), the squared norms of G's columns;
    the mean (n,).
    Raises: ValueError naming ``F``, ``start`` (also where a column, or F^T F c, is 0 once it is made orthogonal: not
    longer than 1e-10 ||F||^2), ``tol`` or ``max_iter``.
    Complexity: O(l n^2) for F^T F, and O(n^2) a step, of which there are at most m max_iter; memory O(l n + n^2). With
    F (F^T c) a step would be O(l n).
    Source: lecture 11, section 47; Hotelling 1933.

    >>> pca_iterative([[18, 16], [2, 4], [7, 14], [13, 6]], [[1], [0]])[1].round(6).ravel().tolist()
    [0.8, 0.6]
    """
    X, mean = centred(F, center)
    columns = directions("start", start, X.shape[1])
    bound, limit = not_negative("tol", tol), whole("max_iter", max_iter)
    S = X.T @ X
    U = np.zeros((len(S), 0))
    for first in columns.T:
        c = _next_to(U, first, 0.0)
        for _ in range(limit):
            moved = _next_to(U, S @ c, RANK * float(np.trace(S)))
            step = float(np.linalg.norm(moved - c))
            c = moved
            if step <= bound:
                break
        U = np.column_stack([U, c])
    U = oriented(U)
    G = X @ U
    return G, U, (G**2).sum(axis=0), mean


def _next_to(U: Floats, c: Floats, least: float) -> Floats:
    """The part of ``c`` that is orthogonal to the columns of ``U``, made of length 1."""
    rest = c - U @ (U.T @ c)
    length = float(np.linalg.norm(rest))
    if length <= least:
        raise ValueError("start must not have columns that leave no direction: is m above the rank of F?")
    unit: Floats = rest / length
    return unit
