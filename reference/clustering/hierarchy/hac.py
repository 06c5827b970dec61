"""Agglomerative clustering, its tree, and cuts of the tree (lecture 9, section 40.6, L09.hac).

G. Lance, W. Williams, "A general theory of classificatory sorting strategies. 1. Hierarchical systems", The Computer
Journal 9 (1967). The tree has the form of scipy's. Heaps and chains of neighbours, which would be faster, are left out.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.checks.arrays import Floats, Labels, array
from reference.checks.numbers import not_negative
from reference.checks.text import one_of
from reference.clustering.arguments import cluster_count
from reference.clustering.axioms.partitions import numbered
from reference.clustering.neighbourhood import Mask, table

Pairs = NDArray[np.intp]
Update = Callable[[Floats, Floats, float, float, float], Floats]


def hac(distances: ArrayLike, method: str = "average") -> Floats:
    """The tree: row t says that clusters ``a < b`` were joined at a height into one of so many objects.

    The objects are clusters ``0 .. n - 1``, row t makes cluster ``n + t``. The two nearest clusters are joined; of
    equally near pairs the one with the lowest ``a``, then the lowest ``b``. The distance between clusters is that of
    their nearest objects (``single``), their farthest (``complete``), the mean over all pairs (``average``), or that
    of their means (``centroid``, where the distances are Euclidean). Centroids may come nearer: heights may fall.

    Parameters: ``distances`` (n, n) by any metric; ``method``, one of the four.
    Returns: the tree (n - 1, 4).
    Raises: ValueError naming ``distances`` or ``method``.
    Complexity: O(n^3); memory O(n^2). Chains of nearest neighbours make ``single``, ``complete`` and ``average``
    O(n^2), heaps ``centroid`` O(n^2 log n).
    Source: lecture 9, section 40.6; Lance, Williams 1967.

    >>> hac([[0, 1, 5], [1, 0, 4], [5, 4, 0]], "single").tolist()
    [[0.0, 1.0, 1.0, 2.0], [2.0, 3.0, 4.0, 3.0]]
    """
    pairs, update = table("distances", distances), updates(method)
    n = len(pairs)
    between = np.full((2 * n - 1, 2 * n - 1), np.inf)  # infinite to itself, and to what is joined or not yet there
    between[:n, :n] = np.where(np.eye(n, dtype=bool), np.inf, pairs)
    sizes = np.ones(2 * n - 1)
    tree = np.empty((n - 1, 4))
    for new in range(n, 2 * n - 1):
        a, b = divmod(int(np.argmin(between[:new, :new])), new)  # the first of equal pairs
        height = float(between[a, b])
        sizes[new] = sizes[a] + sizes[b]
        joined = update(between[a], between[b], height, sizes[a], sizes[b])
        between[[a, b]] = between[:, [a, b]] = joined[[a, b]] = np.inf
        between[new] = between[:, new] = joined
        tree[new - n] = a, b, height, sizes[new]
    return tree


def updates(method: str) -> Update:
    """The formula of Lance and Williams: from the distances to ``a`` and to ``b`` to those to both together."""
    known: dict[str, Update] = {
        "single": lambda to_a, to_b, height, in_a, in_b: np.minimum(to_a, to_b),
        "complete": lambda to_a, to_b, height, in_a, in_b: np.maximum(to_a, to_b),
        "average": lambda to_a, to_b, height, in_a, in_b: (in_a * to_a + in_b * to_b) / (in_a + in_b),
        "centroid": to_centroid,
    }
    return known[one_of("method", method, known)]


def to_centroid(to_a: Floats, to_b: Floats, height: float, in_a: float, in_b: float) -> Floats:
    """Never the root of a negative number: no distance is below ``height``, and the shares' product is at most 1/4."""
    share_a, share_b = in_a / (in_a + in_b), in_b / (in_a + in_b)
    roots: Floats = np.sqrt(share_a * to_a**2 + share_b * to_b**2 - share_a * share_b * height**2)
    return roots


def cut_count(tree: ArrayLike, k: int) -> Labels:
    """``k`` clusters: what the first ``n - k`` joins of the tree give.

    Parameters: ``tree`` (n - 1, 4) as `hac` makes it; ``k`` from 1 to n.
    Returns: labels (n,) in the order of first objects.
    Raises: ValueError naming ``tree`` or ``k``.
    Complexity: O(n log n).
    Source: lecture 9, section 40.6; Lance, Williams 1967.
    """
    joins, _ = read(tree)
    n = len(joins) + 1
    return clusters(joins, np.arange(n - 1) < n - cluster_count(k, n))


def cut_height(tree: ArrayLike, height: float) -> Labels:
    """The largest clusters of the tree in which nothing was joined above ``height``.

    Where heights never fall these are the clusters joined at ``height`` at most; where one falls, a cluster counts
    as high as the highest join inside it.

    Parameters: ``tree`` (n - 1, 4) as `hac` makes it; ``height`` from 0 up, infinity too.
    Returns: labels (n,) in the order of first objects.
    Raises: ValueError naming ``tree`` or ``height`` (negative, NaN).
    Complexity: O(n log n).
    Source: lecture 9, section 40.6; Lance, Williams 1967.
    """
    joins, heights = read(tree)
    n = len(joins) + 1
    peaks = np.concatenate([np.zeros(n), heights])
    for new, pair in enumerate(joins, start=n):
        peaks[new] = max(peaks[new], *peaks[pair])
    height = not_negative("height", height, infinite=True)
    return clusters(joins, peaks[n:] <= height)


def clusters(joins: Pairs, whole: Mask) -> Labels:
    """Labels, when the marked joins stay and the others are undone. From the root down, without recursion."""
    n = len(joins) + 1
    owners = np.arange(2 * n - 1)
    for new in range(2 * n - 2, n - 1, -1):
        if whole[new - n]:
            owners[joins[new - n]] = owners[new]
    return numbered(owners[:n])


def read(tree: ArrayLike) -> tuple[Pairs, Floats]:
    """Which clusters were joined (n - 1, 2), and how high (n - 1,)."""
    rows = array("tree", tree, (None, 4), empty=True)  # a single object has no joins
    joins = rows[:, :2].astype(np.intp)
    existing = len(rows) + 1 + np.arange(len(rows))[:, None]
    if (joins != rows[:, :2]).any() or (joins < 0).any() or (joins >= existing).any():
        raise ValueError("tree joins a cluster that is not there")
    if len(np.unique(joins)) < joins.size:
        raise ValueError("tree joins a cluster twice")
    return joins, rows[:, 2]
