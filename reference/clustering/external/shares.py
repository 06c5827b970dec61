"""Indices of the shares that classes and clusters have in each other (lecture 9, section 39, L09.external).

With ``n_ij`` the number of objects of class ``i`` in cluster ``j``, and ``n_i``, ``n_j`` the sizes of the two. Always
defined.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.clustering.external.contingency import contingency


def purity(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """``(1 / n) sum_j max_i n_ij``: the share of objects of the main class of their cluster; more is better.

    Y. Zhao, G. Karypis, "Criterion functions for document clustering: experiments and analysis", University of
    Minnesota (2001). Not symmetric.

    Parameters: ``labels_true`` and ``labels_pred`` (n,), whole numbers.
    Returns: a float, above 0, at most 1.
    Raises: ValueError naming ``labels_true`` or ``labels_pred``.
    Complexity: O(n log n).
    Source: lecture 9, section 39; Zhao, Karypis 2001.
    """
    table = contingency(labels_true, labels_pred)
    largest = np.zeros_like(table.cluster_sizes)
    np.maximum.at(largest, table.clusters, table.counts)
    return float(largest.sum() / table.total)


def goodman_kruskal(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """``sum_j (n_j / n) (1 - max_i n_ij / n_j)``: the error of guessing the class by the cluster; less is better.

    The complement of `purity`. L. Goodman, W. Kruskal, "Measures of association for cross classifications", Journal of
    the American Statistical Association 49 (1954), whose lambda compares it with guessing without the cluster; as an
    index of clusterings: J. Wu, H. Xiong, J. Chen, "Adapting the right measures for k-means clustering", KDD (2009).

    Parameters: as in `purity`.
    Returns: a float, at least 0, below 1.
    Raises: as in `purity`.
    Complexity: as in `purity`.
    Source: lecture 9, section 39; Goodman, Kruskal 1954; Wu et al. 2009.
    """
    return 1.0 - purity(labels_true, labels_pred)


def variation_of_information(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """``-sum_ij (n_ij / n) (ln(n_ij / n_i) + ln(n_ij / n_j))``, from 0 to ``ln n``: less is better.

    A metric on clusterings: the entropy of the class given the cluster, and of the cluster given the class. M. Meila,
    "Comparing clusterings by the variation of information", COLT (2003).

    Parameters: as in `purity`.
    Returns: a float from 0 to ln n, in nats.
    Raises: as in `purity`.
    Complexity: as in `purity`.
    Source: lecture 9, section 39; Meila 2003.
    """
    table = contingency(labels_true, labels_pred)
    missing = np.log(table.class_sizes[table.classes] / table.counts)
    surplus = np.log(table.cluster_sizes[table.clusters] / table.counts)
    return float((table.counts * (missing + surplus)).sum() / table.total)
