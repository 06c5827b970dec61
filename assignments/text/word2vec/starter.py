"""Check it with `grader check text/word2vec solution.py`."""

import numpy as np


def vocab(X: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")


def cbow(X: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")


def skipgram(X: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")
