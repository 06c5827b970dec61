"""Indices of clustering. Check it with `grader check clustering/indices solution.py`.

Internal indices take X (n, m) and labels (n,), external ones labels_true (n,) and labels_pred (n,). Each returns a
float. The formulas are in the statement; write what several of them share once: centroids, distances, d_ps, a
division that raises ValueError on a zero denominator.
"""

import numpy as np

# -- scatter ---------------------------------------------------------------------------------------------


def cohesion(X: np.ndarray, labels: np.ndarray) -> float:
    """W: squared distances of the objects to their centroids, summed."""
    raise NotImplementedError("start here: the centroid of each cluster")


def separation(X: np.ndarray, labels: np.ndarray) -> float:
    """B: squared distances of the centroids to the mean of all objects, each times the size of its cluster."""
    raise NotImplementedError("W + B is the scatter of all objects: check it")


def calinski_harabasz(X: np.ndarray, labels: np.ndarray) -> float:
    """(B / (K - 1)) / (W / (n - K))"""
    raise NotImplementedError("what if W is zero?")


def score_function(X: np.ndarray, labels: np.ndarray) -> float:
    """1 - exp(-exp(bcd - wcd))"""
    raise NotImplementedError("mind the overflow of exp(exp(...))")


def silhouette(X: np.ndarray, labels: np.ndarray) -> float:
    """The mean of the objects' silhouettes."""
    raise NotImplementedError("an object that is alone in its cluster has 0")


# -- Dunn and its variants -------------------------------------------------------------------------------


def dunn(X: np.ndarray, labels: np.ndarray) -> float:
    """delta_1 / Delta_1"""
    raise NotImplementedError("write it so that the other six are one line each")


def gd31(X: np.ndarray, labels: np.ndarray) -> float:
    """delta_3 / Delta_1"""
    raise NotImplementedError("mean distances between objects")


def gd41(X: np.ndarray, labels: np.ndarray) -> float:
    """delta_4 / Delta_1"""
    raise NotImplementedError("distances between centroids")


def gd51(X: np.ndarray, labels: np.ndarray) -> float:
    """delta_5 / Delta_1"""
    raise NotImplementedError("each object to the centroid of the other cluster")


def gd33(X: np.ndarray, labels: np.ndarray) -> float:
    """delta_3 / Delta_3"""
    raise NotImplementedError("twice the mean distance to the centroid")


def gd43(X: np.ndarray, labels: np.ndarray) -> float:
    """delta_4 / Delta_3"""
    raise NotImplementedError("delta_4 as in gd41, Delta_3 as in gd33")


def gd53(X: np.ndarray, labels: np.ndarray) -> float:
    """delta_5 / Delta_3"""
    raise NotImplementedError("delta_5 as in gd51, Delta_3 as in gd33")


# -- spread against the distances of centroids and objects -----------------------------------------------


def davies_bouldin(X: np.ndarray, labels: np.ndarray) -> float:
    """The mean over clusters of max (S_k + S_l) / d(c_k, c_l)"""
    raise NotImplementedError("a cluster is not compared with itself")


def davies_bouldin_star(X: np.ndarray, labels: np.ndarray) -> float:
    """The mean over clusters of max (S_k + S_l) / min d(c_k, c_l)"""
    raise NotImplementedError("the maximum and the minimum may be reached at different clusters")


def cop(X: np.ndarray, labels: np.ndarray) -> float:
    """The mean over objects of S_k over the least greatest distance of an outsider"""
    raise NotImplementedError("for each object outside: its farthest object inside")


def cs(X: np.ndarray, labels: np.ndarray) -> float:
    """Mean distances to the farthest object of the own cluster over distances to the nearest centroids"""
    raise NotImplementedError("two sums, one division")


def sv(X: np.ndarray, labels: np.ndarray) -> float:
    """Distances to the nearest centroids over the radii of the borders"""
    raise NotImplementedError("how many objects is a tenth of 30, of 31, of 3?")


def os_index(X: np.ndarray, labels: np.ndarray) -> float:
    """Overlap over distances to the nearest centroids"""
    raise NotImplementedError("a and b of one object first")


# -- pairs of distances, density -------------------------------------------------------------------------


def c_index(X: np.ndarray, labels: np.ndarray) -> float:
    """(S - S_min) / (S_max - S_min)"""
    raise NotImplementedError("sort all the distances once")


def gamma(X: np.ndarray, labels: np.ndarray) -> float:
    """The share of discordant (inner pair, outer pair)"""
    raise NotImplementedError("sort the outer distances, then count by binary search")


def s_dbw(X: np.ndarray, labels: np.ndarray) -> float:
    """Scatter plus density between clusters"""
    raise NotImplementedError("variances of the features first: vectors of length m")


# -- symmetry --------------------------------------------------------------------------------------------


def sym(X: np.ndarray, labels: np.ndarray) -> float:
    """max d(c_k, c_l) / (K sum d_ps)"""
    raise NotImplementedError("write d_ps of one cluster first; the other three need it as well")


def sym_db(X: np.ndarray, labels: np.ndarray) -> float:
    """Davies-Bouldin with mean d_ps"""
    raise NotImplementedError("as davies_bouldin, with another S_k")


def sym_d(X: np.ndarray, labels: np.ndarray) -> float:
    """Dunn with the greatest d_ps"""
    raise NotImplementedError("as dunn, with another size of a cluster")


def sym_33(X: np.ndarray, labels: np.ndarray) -> float:
    """gd33 with twice the mean d_ps"""
    raise NotImplementedError("as gd33, with another size of a cluster")


# -- external indices ------------------------------------------------------------------------------------


def pair_counts(labels_true: np.ndarray, labels_pred: np.ndarray) -> tuple[int, int, int, int]:
    """(TP, FP, FN, TN) of all pairs of objects"""
    raise NotImplementedError("count the cells of the contingency table, then their pairs")


def rand_index(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """(TP + TN) / M"""
    raise NotImplementedError("pair_counts has all that it needs")


def adjusted_rand(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """(TP - E) / ((P + T) / 2 - E)"""
    raise NotImplementedError("products of counts may be beyond 64 bits")


def jaccard(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """TP / (TP + FP + FN)"""
    raise NotImplementedError("TN plays no part")


def fowlkes_mallows(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """TP / sqrt(P T)"""
    raise NotImplementedError("the geometric mean of two shares")


def hubert_gamma(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """TP / M"""
    raise NotImplementedError("not normalised; the normalised one is phi")


def phi(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """The correlation of two indicators"""
    raise NotImplementedError("mind the root in the denominator")


def minkowski(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """sqrt(FP + FN) / sqrt(T)"""
    raise NotImplementedError("not symmetric: T belongs to labels_true")


def purity(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """The share of objects of the main class of their cluster"""
    raise NotImplementedError("for each cluster its largest cell")


def goodman_kruskal(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """The error of guessing the class by the cluster"""
    raise NotImplementedError("what is left over by purity")


def variation_of_information(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """What class and cluster do not tell of each other, natural logarithms"""
    raise NotImplementedError("only the cells that are not empty")
