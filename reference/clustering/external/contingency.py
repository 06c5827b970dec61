"""The contingency table of two clusterings, its empty cells left out (lecture 9, section 39, L09.external).

All external indices are computed from it, so that ``n`` objects cost ``O(n log n)`` and not ``O(n^2)`` pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Labels, label_vector


@dataclass(frozen=True)
class Contingency:
    """How many objects each class shares with each cluster, where they share any."""

    counts: Labels  # (cells,), objects of a cell
    classes: Labels  # (cells,), the class of a cell
    clusters: Labels  # (cells,), the cluster of a cell
    class_sizes: Labels  # (number of classes,)
    cluster_sizes: Labels  # (number of clusters,)

    @property
    def total(self) -> int:
        """The number of objects."""
        return int(self.counts.sum())


def contingency(labels_true: ArrayLike, labels_pred: ArrayLike) -> Contingency:
    """The table of the classes ``labels_true`` and the clusters ``labels_pred``, both whole numbers of shape (n,).

    Raises: ValueError naming ``labels_true`` or ``labels_pred``.
    """
    true = positions("labels_true", labels_true)
    pred = positions("labels_pred", labels_pred)
    if len(true) != len(pred):
        raise ValueError(f"labels_pred has {len(pred)} labels, labels_true has {len(true)}")
    class_sizes, cluster_sizes = np.bincount(true), np.bincount(pred)
    cells, counts = np.unique(true * len(cluster_sizes) + pred, return_counts=True)
    classes, clusters = np.divmod(cells, len(cluster_sizes))
    return Contingency(counts, classes, clusters, class_sizes, cluster_sizes)


def positions(name: str, labels: ArrayLike) -> Labels:
    """For each object the position of its label among the different ones."""
    given = label_vector(name, labels)
    found: Labels = np.unique(given, return_inverse=True)[1]
    return found
