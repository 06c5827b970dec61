"""Loops where the reference has arrays; inverses and slogdet where it has Cholesky factors; one matrix of distances."""

import bisect
import itertools
import math
import statistics

import numpy as np


def table(name, values):
    rows = np.asarray(values, dtype=float)
    if rows.ndim != 2 or 0 in rows.shape or not np.isfinite(rows).all():
        raise ValueError(f"{name}: a finite matrix is needed")
    return rows


def same_features(name, rows, X):
    if rows.shape[1] != X.shape[1]:
        raise ValueError(f"{name}: as many features as in the objects are needed")


def objects_and_k(X, k):
    X = table("X", X)
    if not 1 <= k <= len(X):
        raise ValueError(f"k: from 1 to {len(X)}")
    return X


# -- starts


def random_start(X, k, rng):
    X = objects_and_k(X, k)
    return np.array([X[i] for i in rng.permutation(len(X))[:k]])


def kmeans_pp(X, k, rng):
    X = objects_and_k(X, k)
    rows = X.tolist()
    centers = [rows[rng.integers(0, len(rows))]]
    while len(centers) < k:
        squares = [min(sum((a - b) ** 2 for a, b in zip(x, c)) for c in centers) for x in rows]
        edges = list(itertools.accumulate(squares))
        if edges[-1] == 0:
            centers.append(rows[int(rng.random() * len(rows))])
        else:
            centers.append(rows[bisect.bisect_right(edges, rng.random() * edges[-1])])
    return np.array(centers)


# -- medians


def kmedians(X, start, max_iter=300):
    X, centers = table("X", X), table("start", start).tolist()
    same_features("start", np.array(centers), X)
    if max_iter < 1:
        raise ValueError("max_iter: at least 1")
    rows = X.tolist()

    def assign():
        return [min(range(len(centers)), key=lambda j: sum(abs(a - b) for a, b in zip(x, centers[j]))) for x in rows]

    labels, moves, changed = assign(), 0, True
    while changed and moves < max_iter:
        moves += 1
        for j in range(len(centers)):
            mine = [x for x, label in zip(rows, labels) if label == j]
            if mine:
                centers[j] = [statistics.median(column) for column in zip(*mine)]
        new = assign()
        changed, labels = new != labels, new
    return np.array(centers), np.array(labels)


# -- mixtures


def log_densities(X, means, covariances):
    X, means = table("X", X), table("means", means)
    same_features("means", means, X)
    covariances = np.asarray(covariances, dtype=float)
    m = X.shape[1]
    if covariances.shape != (len(means), m, m):
        raise ValueError("covariances: the shape (k, m, m) is needed")
    for S in covariances:
        if np.linalg.eigvalsh(S).min() <= 0:
            raise ValueError("covariances: positive definite ones are needed")
    result = np.empty((len(X), len(means)))
    for j, (mean, S) in enumerate(zip(means, covariances)):
        centred = X - mean
        quadratic = np.einsum("ni,ij,nj->n", centred, np.linalg.inv(S), centred)
        result[:, j] = -(m * math.log(2 * math.pi) + np.linalg.slogdet(S)[1] + quadratic) / 2
    return result


def joint(X, weights, means, covariances):
    logs = np.array([math.log(w) if w > 0 else -math.inf for w in weights])
    return log_densities(X, means, covariances) + logs


def soft_labels(X, weights, means, covariances):
    weights = np.asarray(weights, dtype=float)
    if weights.shape != (len(means),) or weights.min() < 0 or abs(weights.sum() - 1) > 1e-8:
        raise ValueError("weights: they must not be negative and sum to 1")
    logs = joint(X, weights, means, covariances)
    return np.exp(logs - np.logaddexp.reduce(logs, axis=1)[:, None])


def hard_labels(soft):
    return np.array([list(row).index(max(row)) for row in np.asarray(soft)])


def gmm(X, start, max_iter=100, tol=1e-6, reg=1e-6):
    X, start = table("X", X), table("start", start)
    same_features("start", start, X)
    if max_iter < 1:
        raise ValueError("max_iter: at least 1")
    if tol < 0:
        raise ValueError("tol: at least 0")
    if reg < 0:
        raise ValueError("reg: at least 0")
    (n, m), k = X.shape, len(start)
    centred = X - X.mean(axis=0)
    weights, means = np.full(k, 1 / k), start.copy()
    covariances = np.array([centred.T @ centred / n + reg * np.eye(m) for _ in range(k)])

    def likelihood():
        return np.logaddexp.reduce(joint(X, weights, means, covariances), axis=1).sum() / n

    history = [likelihood()]
    while len(history) <= max_iter:
        r = soft_labels(X, weights, means, covariances)
        weights = r.mean(axis=0)
        for j in range(k):
            if r[:, j].any():
                share = r[:, j] / r[:, j].sum()
                means[j] = (share[:, None] * X).sum(axis=0)
                covariances[j] = sum(p * np.outer(d, d) for p, d in zip(share, X - means[j])) + reg * np.eye(m)
        history.append(likelihood())
        if history[-1] < history[-2] + tol:
            break
    return weights, means, covariances, np.array(history)


# -- the number of clusters


def ascending(ks):
    if len(ks) == 0 or min(ks) < 1 or any(a >= b for a, b in zip(ks, ks[1:])):
        raise ValueError("ks: ascending numbers are needed")


def elbow_curve(X, ks, cluster):
    X = table("X", X)
    ascending(ks)
    curve = []
    for k in ks:
        centers = np.asarray(cluster(X, k))
        curve.append(math.fsum(min(float(np.dot(x - c, x - c)) for c in centers) for x in X))
    return np.array(curve)


def knee(ks, curve):
    ascending(ks)
    curve = np.asarray(curve, dtype=float)
    if len(ks) < 3:
        raise ValueError("ks: three at least")
    if curve.shape != (len(ks),) or not np.isfinite(curve).all():
        raise ValueError("curve: a number for each k")
    x = (np.array(ks, dtype=float) - ks[0]) / (ks[-1] - ks[0])
    y = curve / np.abs(curve).max()
    first, chord = np.array([x[0], y[0]]), np.array([x[-1] - x[0], y[-1] - y[0]])
    unit = chord / np.hypot(*chord)
    distances = []
    for point in zip(x, y):
        offset = point - first
        distances.append(np.linalg.norm(offset - (offset @ unit) * unit))
    return ks[int(np.argmax(distances))]


def silhouette(X, labels):
    X, labels = table("X", X), np.asarray(labels)
    if labels.shape != (len(X),) or labels.dtype.kind not in "iu" or len(set(labels.tolist())) < 2:
        raise ValueError("labels: an integer for each object, two different ones at least")
    D = np.linalg.norm(X[:, None] - X[None], axis=2)
    result = []
    for i, label in enumerate(labels):
        mine = np.flatnonzero(labels == label)
        if len(mine) == 1:
            result.append(0.0)
            continue
        a = D[i, mine[mine != i]].mean()
        b = min(D[i, labels == other].mean() for other in set(labels.tolist()) - {int(label)})
        result.append(0.0 if a == b == 0 else (b - a) / max(a, b))
    return np.array(result)


def mean_silhouette(X, labels):
    return float(np.mean(silhouette(X, labels)))
