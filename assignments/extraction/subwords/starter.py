"""Check it with `grader check extraction/subwords solution.py`."""

import numpy as np


def subwords(X: np.ndarray) -> np.ndarray:
    """Columns of mean 0 and standard deviation 1, of shape (n, d)."""
    raise NotImplementedError("start here: the mean of each column")
