"""Clusters of any shape. Check it with `grader check clustering/density solution.py`."""

import numpy as np


def mean_shift(X: np.ndarray, radius: float, max_iter: int = 300) -> tuple[np.ndarray, np.ndarray]:
    """Centres of the densest windows (k, m), and for each object the nearest of them (n,)."""
    raise NotImplementedError("start here: move one window until it holds the same objects as before")


def dbscan(X: np.ndarray, eps: float, min_points: int) -> np.ndarray:
    """Labels (n,): clusters 0, 1, ... and noise -1."""
    raise NotImplementedError("which objects are core objects? then grow clusters from them, without recursion")


def threshold_graph(distances: np.ndarray, radius: float) -> np.ndarray:
    """Adjacency (n, n), bool: an edge where the distance is at most radius, no loops."""
    raise NotImplementedError("compare, and clear the diagonal")


def graph_clusters(distances: np.ndarray, radius: float) -> np.ndarray:
    """The components of the threshold graph, numbered in the order of their first objects: (n,)."""
    raise NotImplementedError("walk through the graph from every object that has no label yet")


def similarity(X: np.ndarray, sigma: float) -> np.ndarray:
    """W_ij = exp(-||x_i - x_j||^2 / (2 sigma^2)), zero on the diagonal: (n, n)."""
    raise NotImplementedError("squared distances first")


def laplacian(W: np.ndarray) -> np.ndarray:
    """The normalised Laplacian (n, n)."""
    raise NotImplementedError("degrees are the sums of rows; some of them may be zero")


def spectral_embedding(W: np.ndarray, k: int) -> np.ndarray:
    """Unit rows of the k eigenvectors with the smallest eigenvalues: (n, k)."""
    raise NotImplementedError("numpy.linalg.eigh sorts the eigenvalues in ascending order")


def spectral_clustering(X: np.ndarray, k: int, sigma: float) -> np.ndarray:
    """k-means on the embedding: labels (n,)."""
    raise NotImplementedError("put the other three together; start k-means from rows that are far from each other")
