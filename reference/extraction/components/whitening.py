"""Whitening, the first step of both methods (lecture 11, section 47, L11.ica, L11.cca). The lecture names them only.

A. Hyvärinen, E. Oja, "Independent component analysis: algorithms and applications", Neural Networks 13 (2000).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix

SINGULAR = 1e-12  # of the largest eigenvalue: what is not above it counts as 0


def whiten(X: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Objects with mean 0 and the covariance matrix I: ``z = V (x - mean)``, where ``V`` is the symmetric ``C^(-1/2)``.

    C is the covariance matrix of the features, divided by n.

    Parameters: ``X`` (n, k), objects by rows.
    Returns: Z (n, k), V (k, k), and the mean (k,).
    Raises: ValueError naming ``X`` (also where the smallest eigenvalue of C is at most 1e-12 of the largest).
    Complexity: O(n k^2 + k^3); memory O(n k + k^2).
    Source: lecture 11, section 47; Hyvärinen, Oja 2000.

    >>> Z, V, mean = whiten([[1, 0], [5, 0], [1, 8], [5, 8]])
    >>> Z.tolist(), V.tolist(), mean.tolist()
    ([[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]], [[0.5, 0.0], [0.0, 0.25]], [3.0, 4.0])
    """
    objects = matrix("X", X)
    mean = objects.mean(axis=0)
    centred = objects - mean
    V = inverse_root("X", centred.T @ centred / len(centred))
    return centred @ V, V, mean


def inverse_root(name: str, C: Floats) -> Floats:
    """The symmetric ``C^(-1/2)`` of a symmetric positive definite matrix. ValueError names ``name`` for another one."""
    values, vectors = np.linalg.eigh(C)
    if not values[0] > SINGULAR * values[-1]:
        raise ValueError(f"{name} must have independent columns, and more rows than columns if those are centred")
    return (vectors / np.sqrt(values)) @ vectors.T
