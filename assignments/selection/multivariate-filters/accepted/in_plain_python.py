"""Dictionaries of counts, sets as frozensets, a plain list of what is open."""

import math
from collections import Counter

import numpy as np


def merit(r_fc, r_ff):
    r_fc, r_ff = np.asarray(r_fc, dtype=float), np.asarray(r_ff, dtype=float)
    k = len(r_fc)
    if k == 0 or (r_fc < 0).any():
        raise ValueError("r_fc is wrong")
    if r_ff.shape != (k, k) or (r_ff < 0).any():
        raise ValueError("r_ff is wrong")
    if k == 1:
        return float(r_fc[0])
    pairs = [r_ff[i, j] for i in range(k) for j in range(k) if i != j]
    return k * float(np.mean(r_fc)) / math.sqrt(k + k * (k - 1) * float(np.mean(pairs)))


def correlation(a, b):
    a, b = [float(v) for v in a], [float(v) for v in b]
    if min(a) == max(a) or min(b) == max(b):
        return 0.0
    mean_a, mean_b = math.fsum(a) / len(a), math.fsum(b) / len(b)
    top = math.fsum((p - mean_a) * (q - mean_b) for p, q in zip(a, b))
    return abs(top) / math.sqrt(math.fsum((p - mean_a) ** 2 for p in a) * math.fsum((q - mean_b) ** 2 for q in b))


def cfs(X, y, patience=5):
    X, y = np.asarray(X), np.asarray(y)
    if X.ndim != 2 or X.size == 0 or not np.isfinite(X).all():
        raise ValueError("X is no matrix of numbers")
    if y.shape != (len(X),) or not np.isfinite(y).all():
        raise ValueError("y is no vector of numbers")
    if patience < 1:
        raise ValueError("patience is too small")
    d = X.shape[1]
    with_target = [correlation(X[:, j], y) for j in range(d)]
    among = [[correlation(X[:, i], X[:, j]) for j in range(d)] for i in range(d)]

    def key(subset):  # the larger the better
        places = sorted(subset)
        value = merit([with_target[j] for j in places], [[among[i][j] for j in places] for i in places])
        return round(value, 9), -len(places), [-j for j in places]

    opened, seen, best, tries = {frozenset(): (0.0, 0, [])}, {frozenset()}, None, 0
    while opened and tries < patience:
        current = max(opened, key=opened.get)
        del opened[current]
        record = best
        for j in range(d):
            child = current | {j}
            if child not in seen:
                seen.add(child)
                opened[child] = key(child)
                best = opened[child] if best is None else max(best, opened[child])
        tries = 0 if record is None or best[0] > record[0] else tries + 1
    return [-j for j in best[2]]


def table(X):
    X = np.asarray(X)
    if X.ndim != 2 or X.size == 0:
        raise ValueError("X is no matrix")
    return X


def one_of(name, f, X):
    if not 0 <= f < X.shape[1]:
        raise ValueError(f"{name} is no feature")


def blanket(X, f, active, size):
    X = table(X)
    one_of("f", f, X)
    for j in active:
        one_of("active", j, X)
    if size < 1:
        raise ValueError("size is too small")
    others = sorted(j for j in active if j != f)
    others.sort(key=lambda j: -round(correlation(X[:, j], X[:, f]), 9))
    return others[:size]


def expected_kl(X, y, f, blanket):
    X, y = table(X), np.asarray(y)
    if y.shape != (len(X),):
        raise ValueError("y has another length")
    one_of("f", f, X)
    for j in blanket:
        one_of("blanket", j, X)
        if j == f:
            raise ValueError("blanket holds the feature itself")
    rows, classes, n = X.tolist(), y.tolist(), len(X)
    m = [tuple(row[j] for j in blanket) for row in rows]
    x = [row[f] for row in rows]
    of_m, of_mx, of_mc, of_mxc = Counter(m), Counter(zip(m, x)), Counter(zip(m, classes)), Counter(zip(m, x, classes))
    total = 0.0
    for (value, own), count in of_mx.items():
        divergence = 0.0
        for label in set(classes):
            if of_mxc[value, own, label]:
                p = of_mxc[value, own, label] / count
                q = of_mc[value, label] / of_m[value]
                divergence += p * math.log(p / q)
        total += count / n * divergence
    return total


def markov_filter(X, y, keep, size):
    X = table(X)
    if not 1 <= keep <= X.shape[1]:
        raise ValueError("keep is not possible")
    active, gone = list(range(X.shape[1])), []
    if np.shape(y) != (len(X),):
        raise ValueError("y has another length")
    if size < 1:
        raise ValueError("size is too small")
    while len(active) > keep:
        gone.append(min(active, key=lambda f: (round(expected_kl(X, y, f, blanket(X, f, active, size)), 9), f)))
        active.remove(gone[-1])
    return gone
