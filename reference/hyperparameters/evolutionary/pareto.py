"""Several losses: the Pareto front, and one loss with bounds on the others (lecture 1, section 7, L01.pareto).

Y. Y. Haimes, L. S. Lasdon, D. A. Wismer, "On a bicriterion formulation of the problems of integrated system
identification and system optimization", IEEE Transactions on Systems, Man, and Cybernetics 1 (1971).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.checks.arrays import array, matrix
from reference.checks.numbers import whole
from reference.checks.text import one_of


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


def constrained_minimum(losses: ArrayLike, j: int, bounds: Mapping[int, float]) -> int | None:
    """The index of the row with the smallest loss j among those whose other losses keep their bounds.

    A loss that is equal to its bound keeps it; of equal rows the first wins. None where no row keeps all bounds. The
    lecture fixes the other losses at values; a list of solutions seldom has rows with these very values.

    Parameters: ``losses`` (n, k), infinite ones allowed; ``j``, a column; ``bounds``, by columns other than ``j`` the
    greatest loss that is allowed, infinite ones too: a column that is not there has no bound.
    Returns: an index, or None.
    Raises: ValueError naming ``losses`` (no matrix, empty, NaN), ``j`` or ``bounds`` (no other column, NaN).
    Complexity: O(n k).
    Source: lecture 1, section 7; Haimes et al. 1971.

    >>> constrained_minimum([[0.1, 90.0], [0.2, 5.0], [0.4, 1.0]], 0, {1: 10.0})
    1
    """
    losses = matrix("losses", losses, infinite=True)
    j = whole("j", j, 0, losses.shape[1] - 1)
    others = [column for column in range(losses.shape[1]) if column != j]
    columns = [one_of("bounds", column, others) for column in bounds]
    limits = array("bounds", list(bounds.values()), (None,), infinite=True, empty=True)
    admissible = np.flatnonzero((losses[:, columns] <= limits).all(axis=1))
    return int(admissible[np.argmin(losses[admissible, j])]) if len(admissible) else None


def _is_dominated(row: NDArray[np.float64], losses: NDArray[np.float64]) -> bool:
    nowhere_greater = (losses <= row).all(axis=1)  # (n,)
    return bool((nowhere_greater & (losses < row).any(axis=1)).any())
