"""Plain Python: sets for windows, union-find for components, eigenvectors taken from the other end of the spectrum."""

import math

import numpy as np


def table(name, values):
    rows = np.asarray(values, dtype=float)
    if rows.ndim != 2 or rows.shape[0] < 1 or rows.shape[1] < 1 or not np.isfinite(rows).all():
        raise ValueError(f"{name}: a finite matrix is needed")
    return rows


def square(name, values):
    rows = table(name, values)
    if rows.shape[0] != rows.shape[1] or (rows != rows.T).any() or rows.min() < 0 or rows.trace() != 0:
        raise ValueError(f"{name}: a symmetric matrix without negative numbers, zero on the diagonal")
    return rows


def at_least(name, value, limit):
    if not value >= limit:
        raise ValueError(f"{name}: at least {limit}")


def above_zero(name, value):
    if not value > 0:
        raise ValueError(f"{name}: above zero")


class Forest:
    def __init__(self, n):
        self.parent = list(range(n))

    def root(self, i):
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, i, j):
        i, j = self.root(i), self.root(j)
        self.parent[max(i, j)] = min(i, j)


def mean_shift(X, radius, max_iter=300):
    rows = table("X", X).tolist()
    above_zero("radius", radius)
    at_least("max_iter", max_iter, 1)

    def held(center):
        return frozenset(i for i, x in enumerate(rows) if math.dist(x, center) <= radius)

    windows = []
    for number, center in enumerate(rows):
        inside, moves = held(center), 0
        while moves < max_iter:
            center = [math.fsum(rows[i][d] for i in inside) / len(inside) for d in range(len(center))]
            moves += 1
            before, inside = inside, held(center)
            if inside == before:
                break
        windows.append((-len(inside), number, center))
    centers = []
    for _, _, center in sorted(windows):
        if not any(math.dist(center, other) <= radius for other in centers):
            centers.append(center)
    labels = [min(range(len(centers)), key=lambda j: math.dist(x, centers[j])) for x in rows]
    return np.array(centers), np.array(labels)


def dbscan(X, eps, min_points):
    rows = table("X", X).tolist()
    above_zero("eps", eps)
    at_least("min_points", min_points, 1)
    n = len(rows)
    near = [[] for _ in range(n)]
    for i in range(n):
        for j in range(i):
            if math.dist(rows[i], rows[j]) <= eps:
                near[i].append(j)
                near[j].append(i)
    core = [len(others) >= min_points for others in near]
    forest = Forest(n)
    for i in range(n):
        for j in near[i]:
            if core[i] and core[j]:
                forest.join(i, j)
    names = {}
    for i in range(n):
        if core[i]:
            names.setdefault(forest.root(i), len(names))
    labels = []
    for i in range(n):
        around = [i] if core[i] else [j for j in near[i] if core[j]]
        labels.append(min((names[forest.root(j)] for j in around), default=-1))
    return np.array(labels)


def threshold_graph(distances, radius):
    D = square("distances", distances)
    at_least("radius", radius, 0)
    return np.logical_and(D <= radius, ~np.eye(len(D), dtype=bool))


def graph_clusters(distances, radius):
    edges = threshold_graph(distances, radius)
    forest = Forest(len(edges))
    for i, j in zip(*np.nonzero(edges)):
        forest.join(int(i), int(j))
    names = {}
    return np.array([names.setdefault(forest.root(i), len(names)) for i in range(len(edges))])


def similarity(X, sigma):
    rows = table("X", X).tolist()
    above_zero("sigma", sigma)
    return np.array(
        [
            [0.0 if i == j else math.exp(-(math.dist(x, y) ** 2) / (2 * sigma**2)) for j, y in enumerate(rows)]
            for i, x in enumerate(rows)
        ]
    )


def laplacian(W):
    W = square("W", W)
    degrees = [math.fsum(row) for row in W]
    L = np.zeros(W.shape)
    for i, row in enumerate(W):
        for j, w in enumerate(row):
            if degrees[i] > 0 and degrees[j] > 0:
                L[i, j] = (i == j) - w / math.sqrt(degrees[i] * degrees[j])
    return L


def spectral_embedding(W, k):
    L = laplacian(W)
    if not 1 <= k <= len(L):
        raise ValueError("k: from 1 to the number of objects")
    vectors = np.linalg.eigh(np.eye(len(L)) - L)[1][:, ::-1][:, :k]
    return np.array([v / np.hypot.reduce(v) if v.any() else v for v in vectors])


def spectral_clustering(X, k, sigma):
    rows = spectral_embedding(similarity(X, sigma), k).tolist()
    centers = [rows[0]]
    while len(centers) < k:
        centers.append(max(rows, key=lambda u: min(math.dist(u, c) for c in centers)))
    labels = None
    while True:
        new = [min(range(k), key=lambda j: math.dist(u, centers[j])) for u in rows]
        if new == labels:
            return np.array(labels)
        labels = new
        for j in range(k):
            mine = [u for u, label in zip(rows, labels) if label == j]
            if mine:
                centers[j] = [sum(column) / len(mine) for column in zip(*mine)]
