"""Partitions of n objects: labels without their names, equality, and the list of all of them.

The hierarchy and the three properties of Kleinberg (lecture 9, section 38) compare partitions by them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Labels, label_vector
from reference.checks.numbers import whole


def numbered(names: ArrayLike) -> Labels:
    """The same partition with labels ``0, 1, ...`` in the order of the clusters' first objects."""
    _, first, own = np.unique(names, return_index=True, return_inverse=True)
    ranks: Labels = np.argsort(np.argsort(first))
    return ranks[own]


def same_partition(first: ArrayLike, second: ArrayLike) -> bool:
    """Whether two labellings group the objects alike, whatever the groups are called.

    Parameters: ``first`` and ``second`` (n,), whole numbers, any of them.
    Returns: a bool.
    Raises: ValueError naming ``first`` or ``second``.
    Complexity: O(n log n).
    Source: lecture 9, section 38; lecture only.
    """
    one = label_vector("first", first)
    return bool(np.array_equal(numbered(one), numbered(label_vector("second", second, len(one)))))


def set_partitions(n: int) -> Labels:
    """All partitions of n objects as rows of labels, in lexicographic order.

    Clusters are numbered in the order of their first objects, so that each partition stands there once.

    Parameters: ``n`` of at least 1.
    Returns: (the Bell number of n, n), whole numbers.
    Raises: ValueError naming ``n``.
    Complexity: O(B n), also in memory, for the Bell number B.
    Source: lecture 9, section 38; lecture only.

    >>> set_partitions(3).tolist()
    [[0, 0, 0], [0, 0, 1], [0, 1, 0], [0, 1, 1], [0, 1, 2]]
    """
    rows = [[0]]
    for _ in range(whole("n", n) - 1):
        rows = [[*row, label] for row in rows for label in range(max(row) + 2)]  # an old cluster, or a new one
    return np.array(rows)
