"""Check it with `grader check generative/evaluation solution.py`."""

import numpy as np


def wasserstein(X: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")


def collapse(X: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")


def novelty(X: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")
