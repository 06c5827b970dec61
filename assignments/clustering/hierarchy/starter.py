"""Hierarchies of clusters and Kleinberg's properties. Check it with `grader check clustering/hierarchy solution.py`."""

from collections.abc import Callable, Sequence

import numpy as np

Clustering = Callable[[np.ndarray], np.ndarray]  # distances (n, n) -> labels (n,)


def hac(distances: np.ndarray, method: str = "average") -> np.ndarray:
    """The tree (n - 1, 4): a row a, b, height, size for each join."""
    raise NotImplementedError("keep a matrix of distances between clusters, and update it after each join")


def cut_count(tree: np.ndarray, k: int) -> np.ndarray:
    """Labels (n,) of k clusters: the first n - k joins are carried out."""
    raise NotImplementedError("who belongs to cluster n + t? go through the rows of the tree, without recursion")


def cut_height(tree: np.ndarray, height: float) -> np.ndarray:
    """Labels (n,) of the largest clusters in which no join is above height."""
    raise NotImplementedError("first find the highest join inside each cluster of the tree")


def two_means(X: np.ndarray) -> np.ndarray:
    """k-means with two clusters: labels (n,), 0 for the first object."""
    raise NotImplementedError("the object farthest from the mean, and the one farthest from it, are the first centres")


def divisive(X: np.ndarray, k: int) -> np.ndarray:
    """Labels (n,): the widest cluster is split in two until there are k."""
    raise NotImplementedError("keep a list of clusters as arrays of indices")


def same_partition(first: np.ndarray, second: np.ndarray) -> bool:
    """Whether two vectors of labels group the objects alike, whatever the groups are called."""
    raise NotImplementedError("rename the clusters in the order of their first objects, then compare")


def set_partitions(n: int) -> np.ndarray:
    """All partitions of n objects as rows of labels, in lexicographic order."""
    raise NotImplementedError("add the next object to each of the old clusters, or make a new one of it")


def is_transformation(distances: np.ndarray, changed: np.ndarray, labels: np.ndarray) -> bool:
    """Whether no distance within a cluster has grown, and none between clusters has shrunk."""
    raise NotImplementedError("labels[:, None] == labels tells which pairs are within a cluster")


def scale_invariant(cluster: Clustering, distances: np.ndarray, factors: Sequence[float]) -> bool:
    """Whether the partition stays the same when all distances are multiplied by each of the factors."""
    raise NotImplementedError("call cluster on the distances and on each multiple")


def consistent(cluster: Clustering, distances: np.ndarray, changes: Sequence[np.ndarray]) -> bool:
    """Whether the partition stays the same in each of changes that is a transformation."""
    raise NotImplementedError("the labels of the distances decide which changes are transformations")


def rich(cluster: Clustering, candidates: Sequence[np.ndarray]) -> bool:
    """Whether each partition is reached from at least one of the candidates."""
    raise NotImplementedError("how many partitions are there, and how many different ones have you seen?")
