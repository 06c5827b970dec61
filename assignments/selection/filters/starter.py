"""One-dimensional filters and cut rules. Check it with `grader check selection/filters solution.py`."""

import numpy as np


def euclid(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Distances of the standardised columns to the standardised target: X (n, d), y (n,) -> (d,)."""
    raise NotImplementedError("start here: a helper that standardises will serve pearson too")


def pearson(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Pearson's correlation of each column with the target: X (n, d), y (n,) -> (d,)."""
    raise NotImplementedError("the mean product of two standardised vectors")


def spearman(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Spearman's correlation of each column with the target: X (n, d), y (n,) -> (d,)."""
    raise NotImplementedError("ranks, equal values by their mean; then Pearson")


def pairwise(x: np.ndarray, c: np.ndarray) -> tuple[float, float]:
    """Mean distances of pairs within the classes and between them: x (n,), c (n,) -> (inner, outer)."""
    raise NotImplementedError("first with two loops, then by sorting in O(n log n)")


def conditional_variance(x: np.ndarray, c: np.ndarray) -> float:
    """The mean variance within the classes c (n,) of the feature x (n,), weighted by their sizes."""
    raise NotImplementedError("the variance of each class, and its share")


def info_gain(a: np.ndarray, c: np.ndarray) -> float:
    """H(c) - H(c | a) in bits, of a feature a (n,) and classes c (n,)."""
    raise NotImplementedError("a table of counts will serve the next two as well")


def gini_gain(a: np.ndarray, c: np.ndarray) -> float:
    """How much the Gini index of the classes c (n,) falls when the feature a (n,) is known."""
    raise NotImplementedError("as information gain, with another measure of disorder")


def chi2(a: np.ndarray, c: np.ndarray) -> float:
    """The chi-square statistic of a feature a (n,) and classes c (n,)."""
    raise NotImplementedError("observed and expected counts")


def top(scores: np.ndarray, k: int) -> np.ndarray:
    """The indices of the k highest scores (d,), the highest first."""
    raise NotImplementedError("a helper for the order, with ties, will serve all rules")


def above(scores: np.ndarray, t: float) -> np.ndarray:
    """The indices of scores (d,) of at least t, the highest first."""
    raise NotImplementedError("the beginning of the same order")


def integral(scores: np.ndarray, share: float) -> np.ndarray:
    """The fewest indices, from the highest score on, that hold this share of the sum of scores (d,)."""
    raise NotImplementedError("cumulative sums")


def broken_stick(scores: np.ndarray) -> np.ndarray:
    """The indices of scores (d,) whose shares are above the pieces of a broken stick."""
    raise NotImplementedError("the pieces b_1 > b_2 > ..., then the first share that is not above")


def elbow(scores: np.ndarray) -> np.ndarray:
    """The indices of scores (d,) up to the point farthest from the chord."""
    raise NotImplementedError("the points (i, i-th highest score) and the chord from the first to the last")


def select(X: np.ndarray, y: np.ndarray, measure, rule) -> np.ndarray:
    """The indices that rule(scores) keeps, where scores are measure(column, y) for the columns of X (n, d)."""
    raise NotImplementedError("a measure and a rule make a filter")
