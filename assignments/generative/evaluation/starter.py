"""How good is a generator? Fill in the functions below.

Check them at home with `grader check generative/evaluation solution.py`.
"""

from collections.abc import Callable

import numpy as np


def wasserstein_1d(a: np.ndarray, b: np.ndarray, wa: np.ndarray | None = None, wb: np.ndarray | None = None) -> float:
    """The area between the distribution functions of a (n,) and b (m,) with weights wa (n,), wb (m,)."""
    raise NotImplementedError("sort the numbers of both samples; what do the functions do between two of them")


def transport(p: np.ndarray, q: np.ndarray, cost: np.ndarray) -> tuple[float, np.ndarray]:
    """The least cost of moving p (n,) to q (m,), and a plan (n, m) that has it."""
    raise NotImplementedError("write the row sums and the column sums as A_eq for linprog")


def sinkhorn(p: np.ndarray, q: np.ndarray, cost: np.ndarray, eps: float, steps: int) -> tuple[float, np.ndarray]:
    """The cost of Sinkhorn's plan after so many steps, without the entropy, and the plan (n, m)."""
    raise NotImplementedError("f by the rows, then g by the columns, in logarithms")


def coverage(samples: np.ndarray, centers: np.ndarray, radius: float, least: float = 0.01) -> dict:
    """A dict: covered, how many modes are; shares (k,) of all samples; outside, the share that is in no mode."""
    raise NotImplementedError("the nearest centre of each sample comes first")


def nearest_training(samples: np.ndarray, train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distance (n,) of each sample from its nearest training object, and the index of that (n,)."""
    raise NotImplementedError("subtract, square, add up")


def assess(samples: np.ndarray, train: np.ndarray, log_density: Callable, copy_radius: float, level: float) -> dict:
    """A dict with the indices of samples: copies, implausible, repeated, good; each sample in the first that fits."""
    raise NotImplementedError("one call of log_density, then group by group")
