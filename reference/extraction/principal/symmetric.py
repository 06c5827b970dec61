"""Symmetric matrices: ordered eigenpairs, signs, ranks, double centring (lecture 11, section 47).

What PCA (L11.pca), kernel PCA (L11.kernel_pca) and classical scaling (L11.mds) have in common.
"""

from __future__ import annotations

import numpy as np

from reference.checks.arrays import Floats

RANK = 1e-10  # of the largest: an eigenvalue that is not larger than this is 0 but for rounding


def eigenpairs(S: Floats) -> tuple[Floats, Floats]:
    """All eigenvalues of a symmetric matrix, the largest first, and unit eigenvectors as columns, `oriented`."""
    values, vectors = np.linalg.eigh(S)
    return values[::-1].copy(), oriented(vectors[:, ::-1])


def oriented(columns: Floats) -> Floats:
    """The columns, each with the sign that makes its entry of largest modulus positive.

    >>> oriented(np.array([[1.0, 2.0], [-3.0, 1.0]])).tolist()
    [[-1.0, 2.0], [3.0, 1.0]]
    """
    largest = np.abs(columns).argmax(axis=0)
    signs: Floats = np.where(np.take_along_axis(columns, largest[None, :], axis=0) < 0, -1.0, 1.0)  # (1, m)
    return columns * signs


def positive_count(values: Floats) -> int:
    """How many eigenvalues are positive: larger than RANK times the largest modulus among them."""
    return int((values > RANK * np.abs(values).max()).sum())


def centred_twice(table: Floats) -> Floats:
    """H T H with H = I - 1/n: the means of all rows and of all columns become 0."""
    return table - table.mean(axis=0) - table.mean(axis=1)[:, None] + table.mean()
