"""Around k-means. Check it with `grader check clustering/centers solution.py`."""

import numpy as np


def random_start(X: np.ndarray, k: int, rng: np.random.Generator) -> np.ndarray:
    """k different objects, every set of k equally likely: (k, m)."""
    raise NotImplementedError("start here: indices without replacement")


def kmeans_pp(X: np.ndarray, k: int, rng: np.random.Generator) -> np.ndarray:
    """k objects, each next one with a chance proportional to its squared distance to the nearest chosen one."""
    raise NotImplementedError("keep the squared distance from each object to the nearest chosen one, and update it")


def kmedians(X: np.ndarray, start: np.ndarray, max_iter: int = 300) -> tuple[np.ndarray, np.ndarray]:
    """Centres (k, m) and labels (n,) for the Manhattan distance."""
    raise NotImplementedError("Lloyd's algorithm with another distance and another centre")


def log_densities(X: np.ndarray, means: np.ndarray, covariances: np.ndarray) -> np.ndarray:
    """ln N(x_i | mu_j, S_j), of shape (n, k)."""
    raise NotImplementedError("solve and log-determinant; neither an explicit determinant nor exp")


def soft_labels(X: np.ndarray, weights: np.ndarray, means: np.ndarray, covariances: np.ndarray) -> np.ndarray:
    """The probabilities r_ij, of shape (n, k)."""
    raise NotImplementedError("subtract the largest logarithm of a row before exp")


def hard_labels(soft: np.ndarray) -> np.ndarray:
    """The most probable component of each object, (n,)."""
    raise NotImplementedError("of equally probable components the first")


def gmm(X: np.ndarray, start: np.ndarray, max_iter: int = 100, tol: float = 1e-6, reg: float = 1e-6) -> tuple:
    """weights (k,), means (k, m), covariances (k, m, m), history of the mean log-likelihood."""
    raise NotImplementedError("write the two steps as functions of their own")


def elbow_curve(X: np.ndarray, ks: list[int], cluster) -> np.ndarray:
    """For each k the sum of squared distances to the nearest of the centres cluster(X, k)."""
    raise NotImplementedError("one call of cluster for each k")


def knee(ks: list[int], curve: np.ndarray) -> int:
    """The k whose point is farthest from the chord."""
    raise NotImplementedError("a straight line through the first and the last point")


def silhouette(X: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(b_i - a_i) / max(a_i, b_i) for each object, (n,)."""
    raise NotImplementedError("the mean distance from an object to each cluster, its own without itself")


def mean_silhouette(X: np.ndarray, labels: np.ndarray) -> float:
    """The mean of the silhouettes."""
    raise NotImplementedError("the mean of silhouette(X, labels)")
