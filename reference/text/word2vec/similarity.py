"""Words that are used alike: nearest vectors by cosine (lecture 7, section 35, L07.skipgram)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Labels, matrix
from reference.checks.numbers import whole


def nearest(W: ArrayLike, i: int, k: int) -> Labels:
    """The k rows of ``W``, without row i itself, whose cosine with row i is largest; the largest first.

    Ties go to the lower index. The cosine with a row of zeros is 0.

    Parameters: ``W`` (V, d); ``i`` from 0, below V; ``k`` from 1, below V.
    Returns: indices (k,).
    Raises: ValueError naming ``W``, ``i`` or ``k``.
    Complexity: O(V (d + log V)); O(V d + k log k) is possible by selection.
    Source: lecture 7, section 35; lecture only.

    >>> nearest([[1.0, 0.0], [0.0, 5.0], [9.0, 9.0], [2.0, 0.1]], 0, 2).tolist()
    [3, 2]
    """
    vectors = matrix("W", W)
    place = whole("i", i, 0, len(vectors) - 1)
    count = whole("k", k, 1, len(vectors) - 1)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors / np.where(lengths == 0, 1.0, lengths)
    cosines = (vectors * vectors[place]).sum(axis=1)  # equal rows have equal cosines, to the last digit
    cosines[place] = -np.inf
    return np.argsort(-cosines, kind="stable")[:count]
