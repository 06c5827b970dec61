"""The Pareto front of several losses (lecture 1, section 7, L01.pareto)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.checks.arrays import matrix


def pareto_front(losses: ArrayLike) -> NDArray[np.int64]:
    """Indices of the rows that no other row dominates; all losses are minimised.

    A row dominates another when it is nowhere greater and somewhere smaller; equal rows do not dominate each other.

    Parameters: ``losses`` (n, k), infinite ones allowed.
    Returns: indices of int64, ascending.
    Raises: ValueError naming ``losses`` (no matrix, empty, NaN).
    Complexity: O(n^2 k); memory O(n k). For two or three losses O(n log n) is possible, for more O(n (log n)^(k - 2)).
    Source: lecture 1, section 7; lecture only.

    >>> pareto_front([[1, 2], [2, 1], [2, 2]]).tolist()
    [0, 1]
    """
    losses = matrix("losses", losses, infinite=True)
    return np.array([i for i, row in enumerate(losses) if not _is_dominated(row, losses)], dtype=np.int64)


def _is_dominated(row: NDArray[np.float64], losses: NDArray[np.float64]) -> bool:
    nowhere_greater = (losses <= row).all(axis=1)  # (n,)
    return bool((nowhere_greater & (losses < row).any(axis=1)).any())
