"""Gradient descent with momentum, ranks that grow as features go, forests as stacks of nodes and dictionaries."""

import numpy as np


def _need(condition, name, what):
    if not condition:
        raise ValueError(f"{name}: {what}")


def _checked(X, y, C):
    X = np.array(X, dtype=float)
    _need(X.ndim == 2 and X.size > 0, "X", "a matrix is needed")
    _need(np.all(np.isfinite(X)), "X", "has entries that are not finite")
    _need(np.shape(y) == (X.shape[0],), "y", "one class for each object")
    y = np.array(y, dtype=float)
    _need(set(y.tolist()) == {-1.0, 1.0}, "y", "both classes, and no other")
    _need(C > 0, "C", "above 0")
    return X, y


def linear_svm(X, y, C=1.0):
    X, y = _checked(X, y, C)
    Z = np.hstack([X, np.ones((len(X), 1))])
    norm = np.ones(Z.shape[1])
    norm[-1] = 0
    rate = 1 / (1 + 2 * C * np.linalg.norm(Z, 2) ** 2)
    enough = 3e-5 * 2 * C * np.sqrt((Z**2).sum(axis=1)).sum()

    def slope(v):
        return norm * v - 2 * C * Z.T @ (y * np.maximum(0, 1 - y * (Z @ v)))

    v = before = np.zeros(Z.shape[1])
    age = 0
    for _ in range(40000):
        age += 1
        ahead = v + (age - 1) / (age + 2) * (v - before)
        g = slope(ahead)
        before, v = v, ahead - rate * g
        if g @ (v - before) > 0:
            age = 0
        if np.linalg.norm(slope(v)) <= enough:
            break
    return v[:-1], v[-1]


def svm_rfe(X, y, k, step=1, C=1.0):
    X, y = _checked(X, y, C)
    d = X.shape[1]
    _need(1 <= k <= d, "k", "from 1 to d")
    _need(step >= 1, "step", "at least 1")
    left, ranks = list(range(d)), np.ones(d, dtype=int)
    while len(left) > k:
        w, _ = linear_svm(X[:, left], y, C)
        size = np.abs(w)
        size = np.where(size < 1e-8 * size.max(), 0.0, size)
        order = sorted(range(len(left)), key=lambda place: (size[place], -left[place]))
        gone = {left[place] for place in order[: min(step, len(left) - k)]}
        left = [feature for feature in left if feature not in gone]
        ranks[[feature for feature in range(d) if feature not in left]] += 1
    return np.array(left), ranks


def occurrences(trees, d):
    _need(d >= 1, "d", "at least 1")
    _need(len(trees) > 0, "trees", "none there")
    counts, depth = {}, 0
    for tree in trees:
        _need(all(-1 <= asked < d for asked in tree["feature"]), "trees", "no such feature")
        stack = [(0, 0)]
        while stack:
            node, here = stack.pop()
            depth = max(depth, here)
            asked = int(tree["feature"][node])
            if asked >= 0:
                counts[asked, here] = counts.get((asked, here), 0) + 1
                stack += [(tree["left"][node], here + 1), (tree["right"][node], here + 1)]
    return np.array([[counts.get((f, t), 0) for t in range(depth + 1)] for f in range(d)])


def forest_importance(trees, d):
    counts = occurrences(trees, d)
    sums = np.zeros(d)
    for row in counts.T[::-1]:
        sums = sums / 2 + row
    return sums if not sums.any() else sums / sums.sum()
