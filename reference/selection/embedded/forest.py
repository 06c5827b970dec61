"""Importance of features by the places of their splits in a forest (lecture 10, section 43, L10.forest).

The lecture says that number and depth of occurrences count; that an occurrence at depth t weighs 2^-t is decided here.
L. Breiman, "Random forests", Machine Learning 45 (2001).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, label_vector
from reference.checks.numbers import whole

Tree = Mapping[str, ArrayLike]
LEAF = -1


def occurrences(trees: Sequence[Tree], d: int) -> Labels:
    """How many nodes split by each feature at each depth, in all trees together.

    The root is at depth 0. There is a column for each depth down to the deepest node of all trees, leaves too.

    Parameters: ``trees``, a list of dicts of arrays ``feature`` (-1 in a leaf), ``left`` and ``right`` (indices of the
    children; in leaves they mean nothing); node 0 is the root; ``d``, the number of features, of at least 1.
    Returns: whole numbers (d, depth + 1).
    Raises: ValueError naming ``trees`` (none, arrays of different lengths, a feature that does not exist) or ``d``.
    Complexity: O(N log N + d h) for N nodes of all trees, of depth at most h; memory O(N + d h).
    Source: lecture 10, section 43; Breiman 2001.

    >>> tree = {"feature": [1, 0, -1, -1, -1], "left": [1, 2, -1, -1, -1], "right": [4, 3, -1, -1, -1]}
    >>> occurrences([tree], 2).tolist()
    [[0, 1, 0], [1, 0, 0]]
    """
    d = whole("d", d)
    if len(trees) == 0:
        raise ValueError("trees must hold one tree at least")
    found = []  # pairs of depth and feature
    depth = 0
    for tree in trees:
        feature, left, right = _checked(tree, d)
        level, here = [0], 0
        while level:
            asking = [node for node in level if feature[node] != LEAF]
            found += [(here, feature[node]) for node in asking]
            depth = max(depth, here)
            level, here = [child for node in asking for child in (left[node], right[node])], here + 1
    counts = np.zeros((d, depth + 1), dtype=np.intp)
    for here, asked in found:
        counts[asked, here] += 1
    return counts


def forest_importance(trees: Sequence[Tree], d: int) -> Floats:
    """Each feature's share of all occurrences in the forest, of which one at depth t weighs 2^-t.

    A forest of leaves alone gives zeros.

    Parameters: as in `occurrences`.
    Returns: shares (d,), whose sum is 1.
    Raises: as in `occurrences`.
    Complexity: as in `occurrences`.
    Source: lecture 10, section 43; Breiman 2001.

    >>> tree = {"feature": [1, 0, -1, -1, -1], "left": [1, 2, -1, -1, -1], "right": [4, 3, -1, -1, -1]}
    >>> forest_importance([tree], 2).round(6).tolist()
    [0.333333, 0.666667]
    """
    counts = occurrences(trees, d)
    weights = counts @ 0.5 ** np.arange(counts.shape[1])
    total = weights.sum()
    return weights / total if total > 0 else weights


def _checked(tree: Tree, d: int) -> tuple[list[int], list[int], list[int]]:
    """The three arrays of a tree, once they fit together."""
    feature = label_vector("trees", tree["feature"])
    left, right = (label_vector("trees", tree[side], len(feature)) for side in ("left", "right"))
    inner = feature != LEAF
    children = np.concatenate([left[inner], right[inner]])
    if not ((feature >= LEAF) & (feature < d)).all():
        raise ValueError(f"trees must ask for features from 0 to {d - 1}, or -1 in a leaf")
    if not ((children > 0) & (children < len(feature))).all() or len(np.unique(children)) < len(children):
        raise ValueError("trees must have each node but the root below one other")
    return feature.tolist(), left.tolist(), right.tolist()
