"""The Pareto front of several losses (lecture 1, section 7, L01.pareto)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.checks.arrays import matrix


def pareto_front(losses: ArrayLike) -> NDArray[np.int64]:
    """Indices, ascending, of the rows of ``losses`` (n, k) that no other row dominates; all losses are minimised.

    A row dominates another when it is nowhere greater and somewhere smaller; equal rows do not dominate each other.
    Raises ValueError naming ``losses`` when it is not a matrix with rows and columns, or has NaN.
    """
    losses = matrix("losses", losses, infinite=True)
    return np.array([i for i, row in enumerate(losses) if not _is_dominated(row, losses)], dtype=np.int64)


def _is_dominated(row: NDArray[np.float64], losses: NDArray[np.float64]) -> bool:
    nowhere_greater = (losses <= row).all(axis=1)  # (n,)
    return bool((nowhere_greater & (losses < row).any(axis=1)).any())
