"""DBSCAN (lecture 9, section 40.3, L09.dbscan).

M. Ester, H.-P. Kriegel, J. Sander, X. Xu, "A density-based algorithm for discovering clusters", KDD (1996). As in the
lecture, and unlike scikit-learn, an object does not count among its own neighbours.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, matrix
from reference.checks.numbers import positive, whole
from reference.clustering.neighbourhood import Mask, ball

NOISE = -1


def dbscan(X: ArrayLike, eps: float, min_points: int) -> Labels:
    """Clusters of objects that can be reached from each other through dense places, and noise.

    A core object has at least ``min_points`` other objects at a distance of at most ``eps``. Core objects within
    ``eps`` of each other share a cluster; another object within ``eps`` of a core object belongs to its cluster, and
    where there are several clusters to the one with the lowest number.

    Parameters: ``X`` (n, m), objects by rows; ``eps`` above 0, in the units of ``X``; ``min_points`` of at least 1.
    Returns: labels (n,): clusters are 0, 1, ... in the order of their first core objects, noise is -1.
    Raises: ValueError naming ``X``, ``eps`` or ``min_points``.
    Complexity: O(n^2 m); memory O(n m). With an index of the space about O(n log n) is possible for few features.
    Source: lecture 9, section 40.3; Ester et al. 1996.

    >>> dbscan([[0.0], [1.0], [2.0], [9.0]], 1.0, 2).tolist()
    [0, 0, 0, -1]
    """
    objects, reach = matrix("X", X), positive("eps", eps)
    needed = whole("min_points", min_points)
    core = np.array([ball(objects, point, reach).sum() - 1 >= needed for point in objects])  # itself does not count
    labels = np.full(len(objects), NOISE)
    cluster = 0
    for index in np.flatnonzero(core):
        if labels[index] == NOISE:
            grow(objects, core, labels, int(index), cluster, reach)
            cluster += 1
    return labels


def grow(objects: Floats, core: Mask, labels: Labels, seed: int, cluster: int, reach: float) -> None:
    """Write ``cluster`` into the labels of all that can be reached from a core object."""
    labels[seed] = cluster
    waiting = [seed]
    while waiting:
        found = np.flatnonzero(ball(objects, objects[waiting.pop()], reach) & (labels == NOISE))
        labels[found] = cluster
        waiting.extend(found[core[found]].tolist())
