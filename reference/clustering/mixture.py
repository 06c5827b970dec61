"""A mixture of Gaussians by expectation-maximisation (lecture 9, section 40.4, L09.gmm).

A. Dempster, N. Laird, D. Rubin, "Maximum likelihood from incomplete data via the EM algorithm", Journal of the Royal
Statistical Society B 39 (1977). Everything stays in logarithms: far from all means every density is zero in floats.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, array, is_symmetric, matrix
from reference.checks.distributions import distribution
from reference.checks.numbers import not_negative, whole


def log_densities(X: ArrayLike, means: ArrayLike, covariances: ArrayLike) -> Floats:
    """``ln N(x_i | mu_j, S_j) = -(m ln 2 pi + ln det S_j + (x_i - mu_j)^T S_j^-1 (x_i - mu_j)) / 2``.

    Parameters: ``X`` (n, m), objects by rows; ``means`` (k, m); ``covariances`` (k, m, m), symmetric, positive
    definite.
    Returns: (n, k).
    Raises: ValueError naming ``X``, ``means`` or ``covariances``.
    Complexity: O(k m^2 (n + m)); memory O(n (m + k) + k m^2).
    Source: lecture 9, section 40.4; Dempster et al. 1977.
    """
    objects, centers, matrices = checked(X, means, covariances)
    return gaussians(objects, centers, matrices)


def soft_labels(X: ArrayLike, weights: ArrayLike, means: ArrayLike, covariances: ArrayLike) -> Floats:
    """The probability ``r_ij`` with which object ``i`` belongs to component ``j``; each row sums to 1.

    Parameters: ``X`` (n, m), objects by rows; ``weights`` (k,), not negative, with the sum 1; ``means`` and
    ``covariances`` as in `log_densities`.
    Returns: (n, k), probabilities.
    Raises: ValueError naming ``X``, ``weights``, ``means`` or ``covariances``.
    Complexity: as in `log_densities`.
    Source: lecture 9, section 40.4; Dempster et al. 1977.
    """
    objects, centers, matrices = checked(X, means, covariances)
    return expectation(objects, distribution("weights", weights, (len(centers),)), centers, matrices)[0]


def hard_labels(soft: ArrayLike) -> Labels:
    """The most probable component of each object; of equally probable ones the first.

    Parameters: ``soft`` (n, k).
    Returns: labels (n,).
    Raises: ValueError naming ``soft``.
    Complexity: O(n k).
    Source: lecture 9, section 40.4; Dempster et al. 1977.

    >>> hard_labels([[0.2, 0.8], [0.5, 0.5]]).tolist()
    [1, 0]
    """
    labels: Labels = np.argmax(matrix("soft", soft), axis=1)
    return labels


def gmm(
    X: ArrayLike, start: ArrayLike, max_iter: int = 100, tol: float = 1e-6, reg: float = 1e-6
) -> tuple[Floats, Floats, Floats, Floats]:
    """A mixture of Gaussians, and the history of the mean log-likelihood.

    Starts from equal weights, the means ``start`` and the covariance of all objects for each component;
    ``reg`` is added to the diagonal of every covariance. ``history[t]`` belongs to the parameters after ``t`` steps.
    Stops once a step has raised it by less than ``tol``, or after ``max_iter`` steps. A component without
    any responsibility gets the weight 0 and keeps its mean and covariance.

    Parameters: ``X`` (n, m), objects by rows; ``start`` (k, m), the first means; ``max_iter`` of at least 1; ``tol``
    from 0 up; ``reg`` from 0 up, in the squared units of ``X``.
    Returns: weights (k,), means (k, m), covariances (k, m, m), and the mean log-likelihoods (steps + 1,).
    Raises: ValueError naming ``X``, ``start``, ``max_iter``, ``tol`` or ``reg``; or ``covariances``, when one has
    become singular because ``reg`` is 0.
    Complexity: O(k m^2 (n + m)) a step; memory O(n (m + k) + k m^2 + max_iter).
    Source: lecture 9, section 40.4; Dempster et al. 1977.
    """
    objects = matrix("X", X)
    means = matrix("start", start, objects.shape[1])
    ridge = not_negative("reg", reg) * np.eye(objects.shape[1])
    limit, least = whole("max_iter", max_iter), not_negative("tol", tol)
    spread = np.atleast_2d(np.cov(objects, rowvar=False, bias=True)) + ridge
    model = (np.full(len(means), 1 / len(means)), means, np.stack([spread] * len(means)))
    soft, likelihood = expectation(objects, *model)
    history = [likelihood]
    for _ in range(limit):
        model = maximisation(objects, soft, model, ridge)
        soft, likelihood = expectation(objects, *model)
        history.append(likelihood)
        if history[-1] - history[-2] < least:
            break
    return *model, np.array(history)


def expectation(objects: Floats, weights: Floats, means: Floats, covariances: Floats) -> tuple[Floats, float]:
    """Responsibilities (n, k), and the mean of ``ln p(x_i)``."""
    with np.errstate(divide="ignore"):  # the logarithm of a weight of zero is minus infinity, as it should be
        joint = np.log(weights) + gaussians(objects, means, covariances)  # (n, k)
    peaks = joint.max(axis=1, keepdims=True)
    total = peaks + np.log(np.exp(joint - peaks).sum(axis=1, keepdims=True))  # (n, 1)
    return np.exp(joint - total), float(total.mean())


def maximisation(
    objects: Floats, soft: Floats, model: tuple[Floats, Floats, Floats], ridge: Floats
) -> tuple[Floats, Floats, Floats]:
    """The weights, means and covariances that maximise the expected likelihood for the responsibilities."""
    sizes, means, covariances = soft.sum(axis=0), model[1].copy(), model[2].copy()
    for j in np.flatnonzero(sizes):
        means[j] = soft[:, j] @ objects / sizes[j]
        differences = objects - means[j]
        covariances[j] = (soft[:, j, None] * differences).T @ differences / sizes[j] + ridge
    return sizes / len(objects), means, covariances


def gaussians(objects: Floats, means: Floats, covariances: Floats) -> Floats:
    """Logarithms of densities (n, k) by Cholesky factors: ``S = L L^T``, ``ln det S = 2 sum ln L_dd``."""
    columns = []
    for mean, covariance in zip(means, covariances, strict=True):
        try:
            factor = np.linalg.cholesky(covariance)
        except np.linalg.LinAlgError:
            raise ValueError("covariances must be positive definite") from None
        whitened = np.linalg.solve(factor, (objects - mean).T)  # (m, n)
        constant = len(mean) * np.log(2 * np.pi) + 2 * np.log(np.diag(factor)).sum()
        columns.append(-0.5 * (constant + (whitened**2).sum(axis=0)))
    return np.stack(columns, axis=1)


def checked(X: ArrayLike, means: ArrayLike, covariances: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """The arguments as arrays whose shapes fit."""
    objects = matrix("X", X)
    centers = matrix("means", means, objects.shape[1])
    count, size = centers.shape
    matrices = array("covariances", covariances, (count, size, size))
    if not is_symmetric(matrices):
        raise ValueError("covariances must be symmetric")
    return objects, centers, matrices
