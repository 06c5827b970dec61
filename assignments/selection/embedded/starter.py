"""SVM-RFE and forests. Check it with `grader check selection/embedded solution.py`."""

import numpy as np


def linear_svm(X: np.ndarray, y: np.ndarray, C: float = 1.0) -> tuple[np.ndarray, float]:
    """The weights w (d,) and b that minimise |w|^2 / 2 + C times the sum of squared hinges."""
    raise NotImplementedError("start here: the gradient as a function of w and b, then any way to a small one")


def svm_rfe(X: np.ndarray, y: np.ndarray, k: int, step: int = 1, C: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """The k features that are left (k,), ascending, and the ranks of all (d,)."""
    raise NotImplementedError("train on the columns that are left, drop the smallest, keep the original indices")


def occurrences(trees: list[dict[str, np.ndarray]], d: int) -> np.ndarray:
    """How often each feature is asked for at each depth: (d, depth + 1)."""
    raise NotImplementedError("walk through each tree with a list of nodes and their depths")


def forest_importance(trees: list[dict[str, np.ndarray]], d: int) -> np.ndarray:
    """The share of each feature (d,), an occurrence at depth t weighing 2^-t."""
    raise NotImplementedError("occurrences, weights, shares")
