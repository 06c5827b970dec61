"""Clusters as components of a threshold graph (lecture 9, section 40.5, L09.graph).

C. Zahn, "Graph-theoretical methods for detecting and describing gestalt clusters", IEEE Transactions on
Computers C-20 (1971).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Labels
from reference.checks.numbers import not_negative
from reference.clustering.neighbourhood import Mask, table


def threshold_graph(distances: ArrayLike, radius: float) -> Mask:
    """The adjacency matrix: an edge wherever the distance is at most ``radius``, no loops.

    Parameters: ``distances`` (n, n) by any metric; ``radius`` from 0 up, in their units.
    Returns: (n, n) of bool.
    Raises: ValueError naming ``distances`` (not symmetric, negative, not zero on the diagonal) or ``radius``.
    Complexity: O(n^2), also in memory.
    Source: lecture 9, section 40.5; Zahn 1971.
    """
    edges = table("distances", distances) <= not_negative("radius", radius)
    np.fill_diagonal(edges, False)
    return edges


def graph_clusters(distances: ArrayLike, radius: float) -> Labels:
    """The connected components, numbered in the order of their first objects.

    Parameters: as in `threshold_graph`.
    Returns: labels (n,).
    Raises: as in `threshold_graph`.
    Complexity: as in `threshold_graph`.
    Source: lecture 9, section 40.5; Zahn 1971.

    >>> graph_clusters([[0, 1, 5], [1, 0, 4], [5, 4, 0]], 2.0).tolist()
    [0, 0, 1]
    """
    edges = threshold_graph(distances, radius)
    labels = np.full(len(edges), -1)
    component = 0
    for first in range(len(edges)):
        if labels[first] < 0:
            spread(edges, labels, first, component)
            component += 1
    return labels


def spread(edges: Mask, labels: Labels, first: int, component: int) -> None:
    """Write ``component`` into the labels of all that ``first`` is connected to."""
    labels[first] = component
    waiting = [first]
    while waiting:
        found = np.flatnonzero(edges[waiting.pop()] & (labels < 0))
        labels[found] = component
        waiting.extend(found.tolist())
