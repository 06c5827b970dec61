"""Spectral clustering (lecture 9, section 40.7, L09.spectral).

A. Ng, M. Jordan, Y. Weiss, "On spectral clustering: analysis and an algorithm", NIPS 14 (2001). k-means starts from
objects that are far from each other, so that nothing is random.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, matrix
from reference.checks.numbers import positive
from reference.clustering.arguments import cluster_count
from reference.clustering.centers.kmeans import kmeans
from reference.clustering.neighbourhood import distances, table


def similarity(X: ArrayLike, sigma: float) -> Floats:
    """``W_ij = exp(-||x_i - x_j||^2 / (2 sigma^2))`` for different objects, ``W_ii = 0``.

    Parameters: ``X`` (n, m), objects by rows; ``sigma`` above 0, in the units of ``X``.
    Returns: (n, n).
    Raises: ValueError naming ``X`` or ``sigma``.
    Complexity: O(n^2 m); memory O(n (n + m)).
    Source: lecture 9, section 40.7; Ng et al. 2001.
    """
    objects, width = matrix("X", X), positive("sigma", sigma)
    pairs = np.stack([distances(objects, point) for point in objects])  # (n, n)
    similarities: Floats = np.exp(-0.5 * (pairs / width) ** 2)
    np.fill_diagonal(similarities, 0)
    return similarities


def laplacian(W: ArrayLike) -> Floats:
    """``L = I - D^{-1/2} W D^{-1/2}``, ``D`` the diagonal matrix of the degrees ``d_i = sum_j W_ij``.

    The row and the column of an object without any similarity (``d_i = 0``) are zero, on the diagonal, too: it is a
    component of its own, and each component gives an eigenvalue of zero.

    Parameters: ``W`` (n, n), symmetric, not negative, zero on the diagonal.
    Returns: (n, n).
    Raises: ValueError naming ``W``.
    Complexity: O(n^2), also in memory.
    Source: lecture 9, section 40.7; Ng et al. 2001.

    >>> laplacian([[0.0, 3.0], [3.0, 0.0]]).round(12).tolist()
    [[1.0, -1.0], [-1.0, 1.0]]
    """
    weights = table("W", W)
    degrees = weights.sum(axis=1)
    linked = degrees > 0
    scales = np.where(linked, 1 / np.sqrt(np.where(linked, degrees, 1)), 0)
    return np.diag(linked.astype(float)) - scales[:, None] * weights * scales


def spectral_embedding(W: ArrayLike, k: int) -> Floats:
    """The objects as rows of the ``k`` eigenvectors of ``L`` with the smallest eigenvalues, each of length 1.

    Only the rows' scalar products are determined: eigenvectors may change their signs, and rotate where they share an
    eigenvalue. A row of zeros stays.

    Parameters: ``W`` as in `laplacian`; ``k`` from 1 to n.
    Returns: (n, k).
    Raises: ValueError naming ``W`` or ``k``.
    Complexity: O(n^3), as all eigenvectors are computed; memory O(n^2). An iterative method would take about O(n^2 k).
    Source: lecture 9, section 40.7; Ng et al. 2001.
    """
    operator = laplacian(W)
    vectors = np.linalg.eigh(operator)[1][:, : cluster_count(k, len(operator))]
    lengths = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    return vectors / np.where(lengths > 0, lengths, 1)


def spectral_clustering(X: ArrayLike, k: int, sigma: float) -> Labels:
    """Labels by k-means on the embedding of the similarities, started by `farthest_first`.

    Parameters: ``X`` (n, m), objects by rows; ``k`` from 1 to n; ``sigma`` above 0, in the units of ``X``.
    Returns: labels (n,).
    Raises: ValueError naming ``X``, ``k`` or ``sigma``.
    Complexity: O(n^2 (n + m)), and O(n k^2) a step of k-means; memory O(n (n + m + k^2)).
    Source: lecture 9, section 40.7; Ng et al. 2001.
    """
    rows = spectral_embedding(similarity(X, sigma), k)
    return kmeans(rows, farthest_first(rows, k))[1]


def farthest_first(rows: Floats, k: int) -> Floats:
    """The first row, then again and again the row farthest from the nearest of those taken; ties: the lowest index."""
    taken = [0]
    nearest = distances(rows, rows[0])
    while len(taken) < k:
        taken.append(int(np.argmax(nearest)))
        nearest = np.minimum(nearest, distances(rows, rows[taken[-1]]))
    return rows[taken]
