"""Kleinberg's three properties of a clustering, tested by examples (lecture 9, section 38, L09.kleinberg).

J. Kleinberg, "An impossibility theorem for clustering", NIPS 15 (2002): no clustering function has all three. Two of
them are claims on all distances, so that examples can only refute them; richness is proved by examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, label_vector
from reference.checks.numbers import positive
from reference.clustering.axioms.partitions import numbered, same_partition, set_partitions
from reference.clustering.neighbourhood import table

Clustering = Callable[[Any], ArrayLike]


def scale_invariant(cluster: Clustering, distances: ArrayLike, factors: Iterable[float]) -> bool:
    """Whether ``cluster`` groups the objects alike for ``distances`` and for each of its multiples.

    Parameters: ``cluster`` from distances (n, n) to labels (n,); ``distances`` (n, n); ``factors`` above 0, at least
    one.
    Returns: a bool.
    Raises: ValueError naming ``distances`` or ``factors``.
    Complexity: O(f n^2) for f factors, and f + 1 calls of ``cluster``; memory O(n^2).
    Source: lecture 9, section 38; Kleinberg 2002.
    """
    pairs = table("distances", distances)
    scales = [positive("factors", factor) for factor in factors]
    if not scales:
        raise ValueError("factors must hold at least one number")
    labels = cluster(pairs.copy())
    return all(same_partition(labels, cluster(factor * pairs)) for factor in scales)


def is_transformation(distances: ArrayLike, changed: ArrayLike, labels: ArrayLike) -> bool:
    """Whether no distance within a cluster has grown, and none between clusters has shrunk.

    Parameters: ``distances`` and ``changed`` (n, n); ``labels`` (n,), any whole numbers.
    Returns: a bool.
    Raises: ValueError naming ``distances``, ``changed`` or ``labels``.
    Complexity: O(n^2).
    Source: lecture 9, section 38; Kleinberg 2002.
    """
    before = table("distances", distances)
    after = table_of("changed", changed, len(before))
    own = label_vector("labels", labels, len(before))
    within = own[:, None] == own
    return bool(np.where(within, after <= before, after >= before).all())


def consistent(cluster: Clustering, distances: ArrayLike, changes: Sequence[ArrayLike]) -> bool:
    """Whether ``cluster`` groups the objects as before in each of the changes that makes its clusters clearer.

    Those that are no transformations of the distances for its own labels (`is_transformation`) are skipped.

    Parameters: ``cluster`` and ``distances`` as in `scale_invariant`; ``changes``, at least one matrix (n, n).
    Returns: a bool.
    Raises: ValueError naming ``distances`` or ``changes``.
    Complexity: O(c n^2) for c changes, and at most c + 1 calls of ``cluster``; memory O(c n^2).
    Source: lecture 9, section 38; Kleinberg 2002.
    """
    pairs = table("distances", distances)
    tables = [table_of("changes", change, len(pairs)) for change in changes]
    if not tables:
        raise ValueError("changes must hold at least one matrix")
    labels = cluster(pairs.copy())
    return all(same_partition(labels, cluster(t.copy())) for t in tables if is_transformation(pairs, t, labels))


def rich(cluster: Clustering, candidates: Sequence[ArrayLike]) -> bool:
    """Whether every partition of the n objects is the result of ``cluster`` for at least one of the candidates.

    Parameters: ``cluster`` as in `scale_invariant`; ``candidates``, at least one matrix (n, n).
    Returns: a bool.
    Raises: ValueError naming ``candidates``.
    Complexity: O(c n^2 + B n) for c candidates and the Bell number B of n, and c calls of ``cluster``; memory
    O(c n^2 + B n).
    Source: lecture 9, section 38; Kleinberg 2002.
    """
    if not len(candidates):
        raise ValueError("candidates must hold at least one matrix")
    n = len(table("candidates", candidates[0]))
    tables = [table_of("candidates", candidate, n) for candidate in candidates]
    reached = {tuple(numbered(cluster(pairs))) for pairs in tables}
    return len(reached) == len(set_partitions(n))


def table_of(name: str, values: ArrayLike, n: int) -> Floats:
    """Distances between just ``n`` objects."""
    pairs = table(name, values)
    if len(pairs) != n:
        raise ValueError(f"{name} must be of {n} objects, not of {len(pairs)}")
    return pairs
