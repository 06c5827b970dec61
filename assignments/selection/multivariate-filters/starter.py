"""CFS and Markov blankets. Check it with `grader check selection/multivariate-filters solution.py`."""

import numpy as np


def merit(r_fc: np.ndarray, r_ff: np.ndarray) -> float:
    """The merit of k features: r_fc (k,) with the target, r_ff (k, k) among them, absolute values."""
    raise NotImplementedError("start here: a sum, a sum without the diagonal, a root")


def cfs(X: np.ndarray, y: np.ndarray, patience: int = 5) -> list[int]:
    """The best set that a best-first search finds: X (n, d), y (n,) -> ascending indices."""
    raise NotImplementedError("correlations first; then the open sets, the sets met, the best one")


def blanket(X: np.ndarray, f: int, active: list[int], size: int) -> list[int]:
    """The `size` active features nearest to f by absolute correlation: X (n, d), whole numbers."""
    raise NotImplementedError("round the correlations before you sort")


def expected_kl(X: np.ndarray, y: np.ndarray, f: int, blanket: list[int]) -> float:
    """What f tells about the classes y (n,) once its blanket is known, in nats: X (n, d), whole numbers."""
    raise NotImplementedError("count the objects with equal m, equal (m, x), equal (m, c), equal (m, x, c)")


def markov_filter(X: np.ndarray, y: np.ndarray, keep: int, size: int) -> list[int]:
    """The features removed until `keep` are left, the first removed first: X (n, d), y (n,), whole numbers."""
    raise NotImplementedError("new blankets after every removal")
