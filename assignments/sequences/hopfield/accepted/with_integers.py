"""Ints for states, loops over units, energies by their changes."""

import numpy as np


def check(good, text):
    if not good:
        raise ValueError(text)


def weights(W):
    W = np.array(W, dtype=float)
    check(W.ndim == 2 and W.shape[0] == W.shape[1] and W.size and np.isfinite(W).all(), "W: a finite square matrix")
    return W


def state(name, s, n):
    s = np.array(s)
    check(s.shape == (n,) and np.isin(s, [-1, 1]).all(), f"{name}: -1 or 1 for each of {n} units")
    return s.astype(int)


def hebbian(patterns):
    patterns = np.array(patterns)
    check(patterns.ndim == 2 and patterns.size and np.isin(patterns, [-1, 1]).all(), "patterns: rows of -1 and 1")
    n = patterns.shape[1]
    W = np.zeros((n, n))
    for x in patterns:
        for i in range(n):
            for j in range(i):
                W[i, j] += x[i] * x[j] / n
    return W + W.T


def energy(W, s):
    W = weights(W)
    s = state("s", s, len(W))
    return -float(sum(W[i, j] * s[i] * s[j] for i in range(len(s)) for j in range(i)))


def update(W, s, i):
    W = weights(W)
    s = state("s", s, len(W))
    check(0 <= i < len(s), "i: there is no such unit")
    field = np.dot(W[i], s)
    s[i] = 1 if field > 0 else -1 if field < 0 else s[i]
    return s


def recall(W, start, rng=None, order=None, max_sweeps=100):
    W = weights(W)
    s = state("start", start, len(W))
    check(max_sweeps >= 1, "max_sweeps: at least 1")
    check(order is not None or isinstance(rng, np.random.Generator), "rng: needed where there is no order")
    check(order is None or np.array_equal(np.sort(order), np.arange(len(s))), "order: each unit once")
    energies, changed = [energy(W, s)], True
    while changed and max_sweeps:
        max_sweeps, changed = max_sweeps - 1, False
        sweep = np.array(order) if order is not None else rng.permutation(len(s))
        for i in sweep:
            field = W[i] @ s
            if field * s[i] < 0:
                s[i], changed = -s[i], True
                energies.append(energies[-1] - 2 * abs(field))
            else:
                energies.append(energies[-1])
    return s, np.array(energies), not changed
