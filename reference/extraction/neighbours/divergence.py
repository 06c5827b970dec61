"""The Kullback-Leibler divergence of discrete and of normal distributions (lecture 11, section 49, L11.kl).

S. Kullback, R. A. Leibler, "On information and sufficiency", The Annals of Mathematical Statistics 22 (1951).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, is_symmetric, square, vector
from reference.checks.distributions import distribution


def kl(p: ArrayLike, q: ArrayLike) -> float:
    """``sum p ln(p / q)``: how far q is from p, not symmetric; terms with p = 0 are 0, and infinite where q = 0 < p.

    Parameters: ``p``, probabilities in an array of any shape that sum to 1; ``q``, as many in the same shape.
    Returns: a number of at least 0, perhaps infinity.
    Raises: ValueError naming ``p`` or ``q``.
    Complexity: O(s) for s probabilities.
    Source: lecture 11, section 49; Kullback, Leibler 1951.

    >>> round(kl([0.5, 0.5, 0.0], [0.25, 0.5, 0.25]), 4), kl([0.25, 0.5, 0.25], [0.5, 0.5, 0.0])
    (0.3466, inf)
    """
    given = distribution("p", p)
    other = distribution("q", q, given.shape)
    some = given > 0
    given, other = given[some], other[some]
    if (other == 0).any():
        return np.inf
    return float((given * (np.log(given) - np.log(other))).sum())


def kl_gaussian(m1: ArrayLike, S1: ArrayLike, m2: ArrayLike, S2: ArrayLike) -> float:
    """The divergence of N(m2, S2) from N(m1, S1).

    ``(trace(S2^-1 S1) + (m2 - m1)^T S2^-1 (m2 - m1) - k + ln det S2 - ln det S1) / 2``. Logarithms of determinants are
    sums of logarithms, since a determinant of many dimensions may leave the range of floats.

    Parameters: ``m1`` and ``m2``, means (k,); ``S1`` and ``S2``, covariances (k, k), symmetric and positive definite.
    Returns: a number.
    Raises: ValueError naming an argument.
    Complexity: O(k^3); memory O(k^2).
    Source: lecture 11, section 49; Kullback, Leibler 1951.

    >>> kl_gaussian([0.0], [[1.0]], [2.0], [[1.0]])
    2.0
    """
    mean = vector("m1", m1)
    shift = vector("m2", m2, len(mean)) - mean
    root, other = _root("S1", S1, len(mean)), _root("S2", S2, len(mean))
    quotient, distance = np.linalg.solve(other, root), np.linalg.solve(other, shift)
    logarithms = 2 * np.log(np.diag(other)).sum() - 2 * np.log(np.diag(root)).sum()
    return float((quotient**2).sum() + (distance**2).sum() - len(mean) + logarithms) / 2


def _root(name: str, values: ArrayLike, size: int) -> Floats:
    """The lower triangular root of a covariance."""
    covariance = square(name, values)
    if len(covariance) != size or not is_symmetric(covariance):
        raise ValueError(f"{name} must be symmetric, of shape ({size}, {size})")
    try:
        return np.asarray(np.linalg.cholesky(covariance), dtype=float)
    except np.linalg.LinAlgError:
        raise ValueError(f"{name} must be positive definite") from None
