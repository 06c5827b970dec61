"""Indices that count pairs of objects (lecture 9, section 39, L09.external).

A pair of different objects is positive where the objects share a cluster, and truly so where they share a class. Counts
are ints of Python: products of them are beyond 64 bits from some thousands of objects on. An index is not defined where
its formula divides by zero: ValueError.
"""

from __future__ import annotations

import math

from numpy.typing import ArrayLike

from reference.checks.arrays import Labels
from reference.clustering.external.contingency import contingency


def pair_counts(labels_true: ArrayLike, labels_pred: ArrayLike) -> tuple[int, int, int, int]:
    """``(TP, FP, FN, TN)``; their sum is ``n (n - 1) / 2``.

    TP: the same class and the same cluster; FP: only the same cluster; FN: only the same class; TN: neither.

    Parameters: ``labels_true`` and ``labels_pred`` (n,), whole numbers.
    Returns: four ints.
    Raises: ValueError naming ``labels_true`` or ``labels_pred``.
    Complexity: O(n log n).
    Source: lecture 9, section 39; lecture only.
    """
    table = contingency(labels_true, labels_pred)
    tp, every = pairs(table.counts), math.comb(table.total, 2)
    positive, together = pairs(table.cluster_sizes), pairs(table.class_sizes)
    return tp, positive - tp, together - tp, every - positive - together + tp


def rand_index(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """``(TP + TN) / (TP + FP + FN + TN)``, from 0 to 1: more is better.

    W. Rand, "Objective criteria for the evaluation of clustering methods", Journal of the American Statistical
    Association 66 (1971).

    Parameters: as in `pair_counts`.
    Returns: a float from 0 to 1.
    Raises: ValueError naming the labels, also where the formula divides by zero: for one object, which has no pair.
    Complexity: as in `pair_counts`.
    Source: lecture 9, section 39; Rand 1971.

    >>> rand_index([0, 0, 1], [5, 5, 5])
    0.3333333333333333
    """
    tp, fp, fn, tn = pair_counts(labels_true, labels_pred)
    return ratio(tp + tn, tp + fp + fn + tn)


def adjusted_rand(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """``(TP - E) / ((P + T) / 2 - E)``, from -1/2 to 1, around 0 by chance: more is better.

    ``P = TP + FP``, ``T = TP + FN``, ``E = P T / (TP + FP + FN + TN)``. L. Hubert, P. Arabie, "Comparing partitions",
    Journal of Classification 2 (1985).

    Parameters: as in `pair_counts`.
    Returns: a float from -1/2 to 1.
    Raises: ValueError naming the labels, also where the formula divides by zero: for one object, and where both
    clusterings are one cluster, or both are all single objects (there scikit-learn returns 1).
    Complexity: as in `pair_counts`.
    Source: lecture 9, section 39; Hubert, Arabie 1985.
    """
    tp, fp, fn, tn = pair_counts(labels_true, labels_pred)
    return ratio(2 * (tp * tn - fp * fn), (tp + fp) * (fp + tn) + (tp + fn) * (fn + tn))


def jaccard(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """``TP / (TP + FP + FN)``, from 0 to 1: more is better.

    P. Jaccard, "The distribution of the flora in the alpine zone", New Phytologist 11 (1912), applied to pairs.

    Parameters: as in `pair_counts`.
    Returns: a float from 0 to 1.
    Raises: ValueError naming the labels, also where the formula divides by zero: for one object, and where both
    clusterings are all single objects.
    Complexity: as in `pair_counts`.
    Source: lecture 9, section 39; Jaccard 1912.
    """
    tp, fp, fn, _ = pair_counts(labels_true, labels_pred)
    return ratio(tp, tp + fp + fn)


def fowlkes_mallows(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """``TP / sqrt((TP + FP) (TP + FN))``, from 0 to 1: more is better.

    E. Fowlkes, C. Mallows, "A method for comparing two hierarchical clusterings", Journal of the American Statistical
    Association 78 (1983).

    Parameters: as in `pair_counts`.
    Returns: a float from 0 to 1.
    Raises: ValueError naming the labels, also where the formula divides by zero: for one object, and where one of the
    clusterings is all single objects (there scikit-learn returns 0).
    Complexity: as in `pair_counts`.
    Source: lecture 9, section 39; Fowlkes, Mallows 1983.
    """
    tp, fp, fn, _ = pair_counts(labels_true, labels_pred)
    return ratio(tp, math.sqrt((tp + fp) * (tp + fn)))


def hubert_gamma(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """Hubert's statistic, not normalised: ``TP / (TP + FP + FN + TN)``, from 0 to 1: more is better.

    The mean over all pairs of the product of two indicators: the same class, the same cluster. M. Halkidi, Y.
    Batistakis, M. Vazirgiannis, "On clustering validation techniques", Journal of Intelligent Information Systems 17
    (2001). The normalised statistic is `phi`.

    Parameters: as in `pair_counts`.
    Returns: a float from 0 to 1.
    Raises: ValueError naming the labels, also where the formula divides by zero: for one object.
    Complexity: as in `pair_counts`.
    Source: lecture 9, section 39; Halkidi et al. 2001.
    """
    tp, fp, fn, tn = pair_counts(labels_true, labels_pred)
    return ratio(tp, tp + fp + fn + tn)


def phi(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """The correlation of the two indicators of `hubert_gamma`, from -1 to 1: more is better.

    ``(TP TN - FP FN) / sqrt((TP + FP) (TP + FN) (TN + FP) (TN + FN))``. G. Yule, "On the methods of measuring
    association between two attributes", Journal of the Royal Statistical Society 75 (1912).

    Parameters: as in `pair_counts`.
    Returns: a float from -1 to 1.
    Raises: ValueError naming the labels, also where the formula divides by zero: for one object, and where one of the
    clusterings is one cluster or all single objects.
    Complexity: as in `pair_counts`.
    Source: lecture 9, section 39; Yule 1912.
    """
    tp, fp, fn, tn = pair_counts(labels_true, labels_pred)
    return ratio(tp * tn - fp * fn, math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)))


def minkowski(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """``sqrt(FP + FN) / sqrt(TP + FN)``, at least 0: less is better.

    The distance of the two matrices of indicators over the length of the true one. A. Ben-Hur, I. Guyon, "Detecting
    stable clusters using principal component analysis", Methods in Molecular Biology 224 (2003). Not symmetric.

    Parameters: as in `pair_counts`.
    Returns: a float of at least 0.
    Raises: ValueError naming the labels, also where the formula divides by zero: for one object, and where the classes
    are all single objects.
    Complexity: as in `pair_counts`.
    Source: lecture 9, section 39; Ben-Hur, Guyon 2003.
    """
    tp, fp, fn, _ = pair_counts(labels_true, labels_pred)
    return ratio(math.sqrt(fp + fn), math.sqrt(tp + fn))


def pairs(sizes: Labels) -> int:
    """The number of pairs within groups of these sizes."""
    return sum(math.comb(size, 2) for size in sizes.tolist())


def ratio(numerator: float, denominator: float) -> float:
    """The quotient, if there is one. Raises: ValueError naming the labels."""
    if denominator == 0:
        raise ValueError("labels_true, labels_pred: the index is not defined for them, its denominator is zero")
    return numerator / denominator
