"""Independent components by FastICA (lecture 11, section 47, L11.ica). The lecture has the name alone.

A. Hyvärinen, "Fast and robust fixed-point algorithms for independent component analysis", IEEE Transactions on Neural
Networks 10 (1999).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, matrix
from reference.checks.numbers import positive, whole
from reference.checks.text import one_of
from reference.extraction.components.whitening import inverse_root, whiten

Pair = tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]

CONTRASTS: dict[str, Pair] = {  # g and its derivative
    "tanh": (np.tanh, lambda u: 1.0 - np.tanh(u) ** 2),
    "cube": (lambda u: u**3, lambda u: 3.0 * u**2),
}


def fastica_step(Z: ArrayLike, W: ArrayLike, g: str = "tanh") -> Floats:
    """One fixed-point step of all directions, then symmetric decorrelation.

    Each row w of ``W`` becomes ``E[z g(w z)] - E[g'(w z)] w``, and the new matrix M of all rows becomes
    ``(M M^T)^(-1/2) M``, whose rows are orthonormal.

    Parameters: ``Z`` (n, k), white objects; ``W`` (k, k), directions by rows; ``g``, "tanh" or "cube".
    Returns: (k, k).
    Raises: ValueError naming ``Z``, ``W`` (also where M is singular) or ``g``.
    Complexity: O(n k^2 + k^3); memory O(n k + k^2).
    Source: lecture 11, section 47; Hyvärinen 1999.

    >>> fastica_step([[1, 1], [1, -1], [-1, 1], [-1, -1]], [[1, 0], [0, 1]], "cube").tolist()
    [[-1.0, 0.0], [0.0, -1.0]]
    """
    objects = matrix("Z", Z)
    k = objects.shape[1]
    return _step(objects, array("W", W, (k, k)), CONTRASTS[one_of("g", g, CONTRASTS)])


def fastica(
    X: ArrayLike, start: ArrayLike, g: str = "tanh", steps: int = 200, tol: float = 1e-6
) -> tuple[Floats, Floats, bool]:
    """Sources that are as independent as possible: `whiten`, then `fastica_step` until the directions stay the same.

    The first directions are the rows of ``start``, decorrelated as in `fastica_step`. It stops after
    a step in which each direction w has ``|1 - |new w . old w|| < tol``, and has converged; or after ``steps`` steps.

    Parameters: ``X`` (n, k), mixtures by columns; ``start`` (k, k), not singular; ``g``, "tanh" or "cube"; ``steps`` of
    at least 1; ``tol`` above 0.
    Returns: sources (n, k), of mean 0 and variance 1, by columns; the unmixing matrix (k, k), so that the sources are
    ``(X - mean) unmixing^T``; whether it converged.
    Raises: ValueError naming ``X`` (as in `whiten`), ``start``, ``g``, ``steps`` or ``tol``.
    Complexity: O(n k^2 + k^3) for the whitening, and as in `fastica_step` for each step.
    Source: lecture 11, section 47; Hyvärinen 1999.
    """
    Z, V, _ = whiten(X)
    k = len(V)
    contrast = CONTRASTS[one_of("g", g, CONTRASTS)]
    limit, tolerance = whole("steps", steps), positive("tol", tol)
    W = _decorrelated("start", array("start", start, (k, k)))
    converged = False
    for _ in range(limit):
        old, W = W, _step(Z, W, contrast)
        cosines = np.abs((W * old).sum(axis=1))  # a direction may change its sign in every step
        if np.abs(cosines - 1.0).max() < tolerance:
            converged = True
            break
    return Z @ W.T, W @ V, converged


def _step(Z: Floats, W: Floats, contrast: Pair) -> Floats:
    g, slope = contrast
    projections = Z @ W.T  # (n, k), a column for each direction
    moved = g(projections).T @ Z / len(Z) - slope(projections).mean(axis=0)[:, None] * W
    return _decorrelated("W", moved)


def _decorrelated(name: str, M: Floats) -> Floats:
    """``(M M^T)^(-1/2) M``: of all matrices with orthonormal rows the nearest to M."""
    return inverse_root(name, M @ M.T) @ M
