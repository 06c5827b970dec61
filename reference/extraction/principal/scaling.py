"""Multidimensional scaling: objects from their distances, classical and by stress (lecture 11, section 49, L11.mds).

The lecture gives no formulas. W. S. Torgerson, "Multidimensional scaling: I. Theory and method", Psychometrika 17
(1952); J. de Leeuw, "Applications of convex analysis to multidimensional scaling", Recent Developments in Statistics
(1977).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, is_symmetric, square
from reference.checks.numbers import whole
from reference.extraction.principal.symmetric import centred_twice, eigenpairs, positive_count


def classical_mds(D: ArrayLike, m: int) -> Floats:
    """Coordinates from distances by the eigenvectors of B = -1/2 H D^2 H, where D^2 holds squared distances.

    If D holds the Euclidean distances of some points, B is the matrix of their inner products around the mean. The
    column of the result for an eigenvalue lambda > 0 is sqrt(lambda) times its unit eigenvector, the largest first;
    each has the sign that makes its entry of largest modulus positive.

    Parameters: ``D`` (n, n), symmetric distances of at least 0 with zeros on the diagonal; ``m`` from 1 to the number
    of positive eigenvalues of B (larger than 1e-10 of the largest modulus).
    Returns: Y (n, m), with means of 0.
    Raises: ValueError naming ``D`` or ``m``.
    Complexity: O(n^3), as all eigenvectors are computed; memory O(n^2). An iterative method would take about O(n^2 m).
    Source: lecture 11, section 49; Torgerson 1952.

    >>> classical_mds([[0, 1, 5], [1, 0, 4], [5, 4, 0]], 1).round(6).ravel().tolist()
    [-2.0, -1.0, 3.0]
    """
    values, vectors = eigenpairs(-0.5 * centred_twice(_distances(D) ** 2))
    count = whole("m", m, 1, positive_count(values))
    return vectors[:, :count] * np.sqrt(values[:count])


def stress(D: ArrayLike, Y: ArrayLike) -> float:
    """The sum over pairs i < j of (D_ij - ||y_i - y_j||)^2: how badly the points keep the distances.

    Parameters: ``D`` (n, n) as in `classical_mds`; ``Y`` (n, m), points by rows.
    Returns: a float of at least 0.
    Raises: ValueError naming ``D`` or ``Y`` (other points).
    Complexity: O(n^2 m), also in memory, for the differences of all pairs; memory O(n^2) is possible.
    Source: lecture 11, section 49; de Leeuw 1977.

    >>> stress([[0, 3, 4], [3, 0, 5], [4, 5, 0]], [[0], [1], [2]])
    24.0
    """
    wanted = _distances(D)
    return _stress(wanted, _among(array("Y", Y, (len(wanted), None))))


def smacof(D: ArrayLike, start: ArrayLike, steps: int) -> tuple[Floats, Floats]:
    """Points that lower the stress step by step: Y <- B(Y) Y / n, Guttman's transform. It never raises the stress.

    B(Y)_ij = -D_ij / ||y_i - y_j|| for i != j, 0 where the two points coincide; the diagonal makes each row sum to 0.

    Parameters: ``D`` (n, n) as in `classical_mds`; ``start`` (n, m), points by rows; ``steps`` of at least 1.
    Returns: Y (n, m), and the stress (steps + 1,): of ``start``, then after each step.
    Raises: ValueError naming ``D``, ``start`` (other points) or ``steps``.
    Complexity: O(n^2 m) a step; memory O(n^2 m + steps).
    Source: lecture 11, section 49; de Leeuw 1977.

    >>> Y, history = smacof([[0, 3, 4], [3, 0, 5], [4, 5, 0]], [[0], [1], [2]], 1)
    >>> (3 * Y).round(6).ravel().tolist(), history.round(6).tolist()
    ([-7.0, -2.0, 9.0], [24.0, 5.333333])
    """
    wanted = _distances(D)
    Y = array("start", start, (len(wanted), None))
    history = [_stress(wanted, _among(Y))]
    for _ in range(whole("steps", steps)):
        Y = _guttman(wanted, Y)
        history.append(_stress(wanted, _among(Y)))
    return Y, np.array(history)


def _guttman(D: Floats, Y: Floats) -> Floats:
    among = _among(Y)
    ratios = np.divide(D, among, out=np.zeros_like(D), where=among > 0)
    B = np.diag(ratios.sum(axis=1)) - ratios
    return B @ Y / len(Y)


def _among(Y: Floats) -> Floats:
    """Euclidean distances between all points (n, n)."""
    distances: Floats = np.sqrt(((Y[:, None, :] - Y[None, :, :]) ** 2).sum(axis=2))
    return distances


def _stress(D: Floats, among: Floats) -> float:
    return float(((D - among) ** 2).sum() / 2)


def _distances(D: ArrayLike) -> Floats:
    table = square("D", D)
    if not is_symmetric(table) or (table < 0).any() or np.diag(table).any():
        raise ValueError("D must be symmetric, not negative, and 0 on its diagonal")
    return table
