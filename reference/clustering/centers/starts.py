"""Starting centres of k-means: random objects, and k-means++ (lecture 9, section 40.1, L09.starts).

D. Arthur, S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA (2007), without the greedy
choice among several candidates that some libraries add.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix
from reference.checks.randomness import generator
from reference.clustering.arguments import cluster_count


def random_start(X: ArrayLike, k: int, rng: Generator) -> Floats:
    """``k`` objects drawn without replacement, every set of ``k`` objects equally likely.

    Parameters: ``X`` (n, m), objects by rows; ``k`` from 1 to n; ``rng``, a numpy generator.
    Returns: centres (k, m), rows of ``X``.
    Raises: ValueError naming ``X``, ``k`` or ``rng``.
    Complexity: O(n m).
    Source: lecture 9, section 40.1; lecture only.
    """
    objects = matrix("X", X)
    chosen = generator("rng", rng).choice(len(objects), size=cluster_count(k, len(objects)), replace=False)
    return objects[chosen]


def kmeans_pp(X: ArrayLike, k: int, rng: Generator) -> Floats:
    """``k`` objects far from each other: each next one is drawn with a chance proportional to ``d(x)^2``.

    ``d(x)`` is the distance from ``x`` to the nearest object chosen so far; the first object is drawn uniformly. When
    all distances are zero (fewer different objects than centres) the next one is drawn uniformly, too.

    Parameters: as in `random_start`.
    Returns: centres (k, m), rows of ``X`` in the order of the draws.
    Raises: as in `random_start`.
    Complexity: O(n k m); memory O(n m).
    Source: lecture 9, section 40.1; Arthur, Vassilvitskii 2007.
    """
    objects = matrix("X", X)
    count, draw = cluster_count(k, len(objects)), generator("rng", rng)
    chosen = [int(draw.integers(len(objects)))]
    squares = squared_distances(objects, chosen[0])  # (n,)
    while len(chosen) < count:
        chosen.append(int(draw.choice(len(objects), p=chances(squares))))
        squares = np.minimum(squares, squared_distances(objects, chosen[-1]))
    return objects[chosen]


def squared_distances(objects: Floats, index: int) -> Floats:
    """From every object to one of them; exactly zero for its duplicates."""
    squares: Floats = ((objects - objects[index]) ** 2).sum(axis=1)
    return squares


def chances(squares: Floats) -> Floats:
    """Proportional to the squared distances; equal when all of them are zero."""
    total = squares.sum()
    return squares / total if total > 0 else np.full(len(squares), 1 / len(squares))
