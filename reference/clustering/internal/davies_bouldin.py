"""The Davies-Bouldin index and DB* (lecture 9, section 39, L09.internal).

D. Davies, D. Bouldin, "A cluster separation measure", IEEE Transactions on Pattern Analysis and Machine Intelligence 1
(1979); M. Kim, R. Ramakrishna, "New indices for cluster validity assessment", Pattern Recognition Letters 26 (2005).
With ``S_k`` the mean distance of the objects of cluster ``k`` to its centroid ``c_k``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats
from reference.clustering.internal.partition import centroid_distances, means, partition, radii, ratio


def davies_bouldin(X: ArrayLike, labels: ArrayLike) -> float:
    """``(1 / K) sum_k max_{l != k} (S_k + S_l) / ||c_k - c_l||``, at least 0: less is better.

    Parameters: ``X`` (n, m), objects by rows; ``labels`` (n,), whole numbers, at least two different.
    Returns: a float.
    Raises: ValueError naming ``X`` or ``labels``, the latter also where two centroids are equal (scikit-learn leaves
    such pairs out).
    Complexity: O(n (m + K + log n) + K^2 m); memory O(n m + K^2).
    Source: lecture 9, section 39; Davies, Bouldin 1979.
    """
    p = partition(X, labels)
    return mean_worst_pair(means(p, radii(p)), centroid_distances(p))


def davies_bouldin_star(X: ArrayLike, labels: ArrayLike) -> float:
    """DB*: ``(1 / K) sum_k max_{l != k} (S_k + S_l) / min_{l != k} ||c_k - c_l||``: less is better.

    Never below `davies_bouldin`: the widest neighbour and the nearest one may be different clusters.

    Parameters: as in `davies_bouldin`.
    Returns: a float.
    Raises: as in `davies_bouldin`.
    Complexity: as in `davies_bouldin`.
    Source: lecture 9, section 39; Kim, Ramakrishna 2005.
    """
    p = partition(X, labels)
    spreads, between = means(p, radii(p)), centroid_distances(p)
    worst = [ratio((spreads[k] + np.delete(spreads, k)).max(), row.min()) for k, row in enumerate(between)]
    return float(np.mean(worst))


def mean_worst_pair(spreads: Floats, between: Floats) -> float:
    """The mean over clusters of the greatest ``(S_k + S_l) / d_kl``; ``between`` is infinite on its diagonal."""
    worst = [max(map(ratio, spread + spreads, row)) for spread, row in zip(spreads, between, strict=True)]
    return float(np.mean(worst))
