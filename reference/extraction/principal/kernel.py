"""Kernel principal components, of the objects and of new ones (lecture 11, section 47, L11.kernel_pca).

The lecture names the method without formulas. B. Schölkopf, A. Smola, K.-R. Müller, "Nonlinear component analysis as a
kernel eigenvalue problem", Neural Computation 10 (1998).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, is_symmetric, matrix, square, vector
from reference.checks.numbers import whole
from reference.extraction.principal.symmetric import centred_twice, eigenpairs, positive_count


def kernel_pca(K: ArrayLike, m: int) -> tuple[Floats, Floats, Floats]:
    """The m leading principal components of objects that are known by their kernel matrix, Z = A sqrt(values).

    K is centred in feature space first. The columns of A are unit eigenvectors of the centred K, the largest eigenvalue
    first, each with a positive entry of largest modulus. Negative eigenvalues, if K has any, are never among the m.

    Parameters: ``K`` (l, l), symmetric, K_ij = k(x_i, x_j); ``m`` from 1 to the number of positive eigenvalues of the
    centred K (larger than 1e-10 of the largest modulus).
    Returns: Z (l, m), A (l, m), and the m eigenvalues.
    Raises: ValueError naming ``K`` (also where it is not symmetric) or ``m``.
    Complexity: O(l^3), as all eigenvectors are computed; memory O(l^2). An iterative method would take about O(l^2 m).
    Source: lecture 11, section 47; Schölkopf, Smola, Müller 1998.

    >>> Z, A, values = kernel_pca([[0, 0, 0], [0, 1, 5], [0, 5, 25]], 1)
    >>> Z.round(6).ravel().tolist(), values.round(6).tolist()
    ([-2.0, -1.0, 3.0], [14.0])
    """
    values, vectors = eigenpairs(centred_twice(_kernel(K)))
    count = whole("m", m, 1, positive_count(values))
    return vectors[:, :count] * np.sqrt(values[:count]), vectors[:, :count], values[:count]


def kernel_transform(K_new: ArrayLike, K: ArrayLike, A: ArrayLike, values: ArrayLike) -> Floats:
    """The coordinates of new objects on the components that `kernel_pca` found: K'_new A / sqrt(values).

    K'_new is centred by the means of the training objects, so that the result for an object does not depend on the
    other new ones: K_new less the mean of its own row, less the means of K's columns, plus the mean of K.

    Parameters: ``K_new`` (q, l), k(new object, x_j); ``K`` (l, l) as it was given to `kernel_pca`; ``A`` (l, m) and
    ``values`` (m,), positive, as `kernel_pca` returned them.
    Returns: (q, m).
    Raises: ValueError naming ``K_new``, ``K``, ``A`` or ``values``.
    Complexity: O(l^2 + q l m); memory O(l^2 + q l).
    Source: lecture 11, section 47; Schölkopf, Smola, Müller 1998.

    >>> Z, A, values = kernel_pca([[0, 0, 0], [0, 1, 5], [0, 5, 25]], 1)
    >>> kernel_transform([[0, 4, 20]], [[0, 0, 0], [0, 1, 5], [0, 5, 25]], A, values).round(6).tolist()
    [[2.0]]
    """
    own = _kernel(K)
    new = matrix("K_new", K_new, len(own))
    vectors = array("A", A, (len(own), None))
    variances = vector("values", values, vectors.shape[1])
    if not (variances > 0).all():
        raise ValueError("values must be positive")
    new = new - new.mean(axis=1)[:, None] - own.mean(axis=0) + own.mean()
    return new @ vectors / np.sqrt(variances)


def _kernel(K: ArrayLike) -> Floats:
    table = square("K", K)
    if not is_symmetric(table):
        raise ValueError("K must be symmetric")
    return table
