"""Check it with `grader check selection/wrappers solution.py`."""

import numpy as np


def sfs(X: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")


def sbe(X: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")


def permutation(X: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")


def hill_binary(X: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")


def genetic_binary(X: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")
