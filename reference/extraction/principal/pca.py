"""Principal component analysis by the eigenvectors of F^T F (lecture 11, section 47, L11.pca).

K. Pearson, "On lines and planes of closest fit to systems of points in space", Philosophical Magazine 2 (1901);
H. Hotelling, "Analysis of a complex of statistical variables into principal components", Journal of Educational
Psychology 24 (1933).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, matrix, vector, weight_vector
from reference.checks.numbers import real, whole
from reference.extraction.principal.symmetric import eigenpairs, positive_count


def pca(F: ArrayLike, m: int, center: bool = True) -> tuple[Floats, Floats, Floats, Floats]:
    """The m directions of largest variance, U, and the objects in these coordinates, G = (F - mean) U.

    The columns of U are unit eigenvectors of the centred F^T F, of the largest eigenvalue first, each with the sign
    that makes its entry of largest modulus positive. G^T G is diagonal and holds the m largest eigenvalues. Rank is
    the number of eigenvalues larger than 1e-10 of the largest one.

    Parameters: ``F`` (l, n), objects by rows; ``m`` from 1 to the rank of the centred F; ``center``, False where F is
    to be taken as it is.
    Returns: G (l, m), U (n, m), all n eigenvalues in descending order, and the mean (n,), zeros without ``center``.
    Raises: ValueError naming ``F`` or ``m``.
    Complexity: O(l n^2 + n^3); memory O(l n + n^2). A singular value decomposition of F takes O(l n min(l, n)).
    Source: lecture 11, section 47; Pearson 1901; Hotelling 1933.

    >>> G, U, values, mean = pca([[18, 16], [2, 4], [7, 14], [13, 6]], 1)
    >>> G[:2].round(6).tolist(), U.round(6).tolist(), values.round(6).tolist(), mean.tolist()
    ([[10.0], [-10.0]], [[0.8], [0.6]], [200.0, 50.0], [10.0, 10.0])
    """
    X, mean = centred(F, center)
    values, vectors = eigenpairs(X.T @ X)
    U = vectors[:, : whole("m", m, 1, positive_count(values))]
    return X @ U, U, np.maximum(values, 0.0), mean


def lost(values: ArrayLike, k: int) -> float:
    """E(k): the share of the information that is lost by keeping k components, lambda_{k+1} + ... + lambda_n over all.

    Parameters: ``values`` (n,), eigenvalues of at least 0 in descending order, not all 0; ``k`` from 0 to n.
    Returns: a float from 0 to 1.
    Raises: ValueError naming ``values`` or ``k``.
    Complexity: O(n).
    Source: lecture 11, section 47; lecture only.

    >>> lost([8.0, 4.0, 2.0, 2.0], 2)
    0.25
    """
    own = _eigenvalues(values)
    return float(own[whole("k", k, 0, len(own)) :].sum() / own.sum())


def choose(values: ArrayLike, share: float) -> int:
    """The smallest k of at least 1 that loses no more than ``share``: E(k) <= share.

    Parameters: ``values`` as in `lost`; ``share`` from 0 to 1.
    Returns: an int from 1 to n.
    Raises: ValueError naming ``values`` or ``share``.
    Complexity: O(n^2), as each k is summed anew; O(n) is possible.
    Source: lecture 11, section 47; lecture only.

    >>> choose([8.0, 4.0, 2.0, 2.0], 0.25)
    2
    """
    own, bound = _eigenvalues(values), real("share", share, 0, 1)
    return next(k for k in range(1, len(own) + 1) if lost(own, k) <= bound)


def restore(G: ArrayLike, U: ArrayLike, mean: ArrayLike) -> Floats:
    """The objects in the original features, G U^T + mean.

    Parameters: ``G`` (l, m); ``U`` (n, m); ``mean`` (n,).
    Returns: (l, n).
    Raises: ValueError naming ``G``, ``U`` (another m) or ``mean`` (another n).
    Complexity: O(l n m).
    Source: lecture 11, section 47; lecture only.

    >>> restore([[10.0], [-10.0]], [[0.8], [0.6]], [10.0, 10.0]).tolist()
    [[18.0, 16.0], [2.0, 4.0]]
    """
    codes = matrix("G", G)
    directions = matrix("U", U, codes.shape[1])
    return codes @ directions.T + vector("mean", mean, len(directions))


def centred(F: ArrayLike, center: bool) -> tuple[Floats, Floats]:
    """The objects less their mean, and the mean; without ``center`` the objects themselves, and zeros."""
    X = matrix("F", F)
    mean = X.mean(axis=0) if center else np.zeros(X.shape[1])
    return X - mean, mean


def directions(name: str, columns: ArrayLike, n: int) -> Floats:
    """``columns`` as a new matrix (n, m), a direction in each column. ValueError names ``name``."""
    return array(name, columns, (n, None))


def _eigenvalues(values: ArrayLike) -> Floats:
    own = weight_vector("values", values)
    if not own.any() or (np.diff(own) > 0).any():
        raise ValueError("values must be in descending order, and not all 0")
    return own
