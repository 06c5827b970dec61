"""COP and CS: how far from each other the objects of a cluster may be (lecture 9, section 39, L09.internal).

I. Gurrutxaga, I. Albisua, O. Arbelaitz, J. Martin, J. Muguerza, J. Perez, I. Perona, "SEP/COP: an efficient method to
find the best partition in hierarchical clustering based on a new cluster validity index", Pattern Recognition 43
(2010); C.-H. Chou, M.-C. Su, E. Lai, "A new cluster validity measure and its application to image compression", Pattern
Analysis and Applications 7 (2004).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.clustering.internal.partition import (
    centroid_distances,
    means,
    pair_distances,
    partition,
    radii,
    ratio,
)


def cop(X: ArrayLike, labels: ArrayLike) -> float:
    """``(1 / n) sum_k n_k S_k / min_{x not in C_k} max_{y in C_k} ||x - y||``, from 0 to 1: less is better.

    ``S_k`` is the mean distance of the ``n_k`` objects of cluster ``k`` to its centroid.

    Parameters: ``X`` (n, m), objects by rows; ``labels`` (n,), whole numbers, at least two different.
    Returns: a float from 0 to 1.
    Raises: ValueError naming ``X`` or ``labels``, the latter also where a cluster of equal objects has one of its
    duplicates outside.
    Complexity: O(n^2 m); memory O(n (n + m)).
    Source: lecture 9, section 39; Gurrutxaga et al. 2010.
    """
    p = partition(X, labels)
    farthest = np.stack([pair_distances(p.objects, group).max(axis=1) for group in p.groups()])  # (k, n)
    farthest[p.own, np.arange(len(p.objects))] = np.inf
    spreads = means(p, radii(p))
    terms = [size * ratio(spread, row.min()) for size, spread, row in zip(p.sizes, spreads, farthest, strict=True)]
    return float(sum(terms) / len(p.objects))


def cs(X: ArrayLike, labels: ArrayLike) -> float:
    """``sum_k (1 / n_k) sum_{x in C_k} max_{y in C_k} ||x - y|| / sum_k min_{l != k} ||c_k - c_l||``: less is better.

    At least 0.

    Parameters: ``X`` (n, m), objects by rows; ``labels`` (n,), whole numbers, at least two different.
    Returns: a float.
    Raises: ValueError naming ``X`` or ``labels``, the latter also where each centroid equals another one.
    Complexity: O(n^2 m); memory O(n (n + m)).
    Source: lecture 9, section 39; Chou et al. 2004.
    """
    p = partition(X, labels)
    spread = sum(pair_distances(group, group).max(axis=1).mean() for group in p.groups())
    return ratio(spread, centroid_distances(p).min(axis=1).sum())
