"""What a feature tells beyond its blanket, by four entropies; sets of features as bits."""

import numpy as np


def merit(r_fc, r_ff):
    if np.ndim(r_fc) != 1 or np.size(r_fc) == 0 or np.min(r_fc) < 0:
        raise ValueError("r_fc: numbers of at least 0")
    k = len(r_fc)
    if np.shape(r_ff) != (k, k) or np.min(r_ff) < 0:
        raise ValueError("r_ff: a square of numbers of at least 0")
    upper = np.triu_indices(k, 1)
    return float(np.sum(r_fc) / np.sqrt(k + 2 * np.sum(np.asarray(r_ff)[upper])))


def absolute(columns):
    """Correlations of the rows of this array."""
    columns = np.asarray(columns, dtype=float)
    moving = columns.max(axis=1) > columns.min(axis=1)
    result = np.zeros((len(columns), len(columns)))
    if moving.any():
        result[np.ix_(moving, moving)] = np.abs(np.corrcoef(columns[moving]))
    return result


def cfs(X, y, patience=5):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or 0 in X.shape or np.isnan(X).any():
        raise ValueError("X: a matrix")
    if y.shape != X.shape[:1] or np.isnan(y).any():
        raise ValueError("y: a number for each object")
    if patience < 1:
        raise ValueError("patience: 1 at least")
    d = X.shape[1]
    r = absolute(np.vstack([X.T, y]))

    def members(bits):
        return [j for j in range(d) if bits >> j & 1]

    def rank(bits):  # the smaller the better
        s = members(bits)
        return (-np.round(merit(r[d, s], r[np.ix_(s, s)]), 9) if s else 0.0, len(s), s)

    closed, waiting = set(), {0: rank(0)}
    record, quiet = None, 0
    while waiting and quiet < patience:
        bits = min(waiting, key=waiting.get)
        waiting.pop(bits)
        closed.add(bits)
        children = {bits | 1 << j for j in range(d)} - closed - waiting.keys()
        ranks = {child: rank(child) for child in children}
        waiting.update(ranks)
        top = min(ranks.values(), default=record)
        quiet = 0 if record is None or top[0] < record[0] else quiet + 1
        record = top if record is None else min(record, top)
    return record[2]


def check(X):
    if np.ndim(X) != 2 or np.size(X) == 0:
        raise ValueError("X: a matrix")
    return np.asarray(X)


def blanket(X, f, active, size):
    X = check(X)
    d = X.shape[1]
    if not 0 <= f < d:
        raise ValueError("f: an index")
    if any(not 0 <= j < d for j in active):
        raise ValueError("active: indices")
    if size < 1:
        raise ValueError("size: 1 at least")
    others = np.array(sorted(set(active) - {f}), dtype=int)
    strength = np.round(absolute(X.T)[f, others], 9)
    return others[np.argsort(-strength, kind="stable")][:size].tolist()


def entropy(*columns):
    if not columns:
        return 0.0
    _, counts = np.unique(np.column_stack(columns), axis=0, return_counts=True)
    p = counts / counts.sum()
    return -np.sum(p * np.log(p))


def expected_kl(X, y, f, blanket):
    X, y = check(X), np.asarray(y)
    if y.shape != X.shape[:1]:
        raise ValueError("y: a class for each object")
    if not 0 <= f < X.shape[1]:
        raise ValueError("f: an index")
    if any(not 0 <= j < X.shape[1] or j == f for j in blanket):
        raise ValueError("blanket: indices without f")
    m = [X[:, j] for j in blanket]
    return float(entropy(*m, y) - entropy(*m) - entropy(*m, X[:, f], y) + entropy(*m, X[:, f]))


def markov_filter(X, y, keep, size):
    X = check(X)
    if keep < 1 or keep > X.shape[1]:
        raise ValueError("keep: from 1 to d")
    if np.shape(y) != X.shape[:1]:
        raise ValueError("y: a class for each object")
    if size < 1:
        raise ValueError("size: 1 at least")
    left = np.arange(X.shape[1])
    order = []
    for _ in range(X.shape[1] - keep):
        values = [np.round(expected_kl(X, y, f, blanket(X, f, left.tolist(), size)), 9) for f in left]
        order.append(int(left[np.argmin(values)]))
        left = left[left != order[-1]]
    return order
