"""Distances between objects, weights of pairs, and forces between objects.

Embeddings by neighbours share them: lecture 11, section 49 (L11.sne, L11.tsne, L11.parametric_tsne).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix, square


def objects(name: str, values: ArrayLike, least: int = 2) -> Floats:
    """A matrix with at least so many objects. ValueError names ``name``."""
    rows = matrix(name, values)
    if len(rows) < least:
        raise ValueError(f"{name} must hold at least {least} objects")
    return rows


def weights(name: str, values: ArrayLike, size: int | None = None) -> Floats:
    """A square matrix without negative numbers, of this size if one is given. ValueError names ``name``."""
    table = square(name, values)
    if size not in (None, len(table)) or (table < 0).any():
        raise ValueError(f"{name} must have a number of at least 0 for each pair of objects")
    return table


def squares(Y: Floats) -> Floats:
    """Squared distances (n, n) between the rows, subtracted first: far from the origin no digits are lost."""
    return ((Y[:, None] - Y[None]) ** 2).sum(axis=2)


def forces(strengths: Floats, Y: Floats) -> Floats:
    """``sum_j strengths_ij (y_i - y_j)`` for each object i, (n, d)."""
    return (strengths[:, :, None] * (Y[:, None] - Y[None])).sum(axis=1)  # (n, n, d), then (n, d)


def normalised(exponents: Floats, axis: int | None) -> Floats:
    """``exp(exponents)`` over their sum along the axis, all of them if it is None; the diagonal is left out.

    The largest exponent is subtracted first, or all would vanish where all objects are far from each other.
    """
    others = np.where(np.eye(len(exponents), dtype=bool), -np.inf, exponents)
    shares = np.exp(others - others.max(axis=axis, keepdims=True))
    return shares / shares.sum(axis=axis, keepdims=True)
