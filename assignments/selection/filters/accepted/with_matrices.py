"""Matrices of indicators, tables of counts, cumulative sums."""

import numpy as np


def check(X, y):
    X, y = np.asarray(X), np.asarray(y)
    if X.ndim != 2 or min(X.shape) == 0 or not np.all(np.isfinite(X)):
        raise ValueError(f"X: bad shape or values, {X.shape}")
    if y.shape != X.shape[:1] or not np.all(np.isfinite(y)):
        raise ValueError(f"y: bad shape or values, {y.shape}")
    return X.astype(float), y.astype(float)


def unit(values):
    """Columns of length 1 around 0."""
    same = (values == values[:1]).all(axis=0)
    centred = np.where(same, 0.0, values - values.mean(axis=0))
    return centred / np.where(same, 1.0, np.linalg.norm(centred, axis=0))


def euclid(X, y):
    X, y = check(X, y)
    return np.linalg.norm(unit(X) - unit(y[:, None]), axis=0) * np.sqrt(len(y))


def pearson(X, y):
    X, y = check(X, y)
    return unit(y[:, None])[:, 0] @ unit(X)


def spearman(X, y):
    X, y = check(X, y)
    both = np.column_stack([X, y])
    below = (both[:, None] < both[None]).sum(axis=0)
    equal = (both[:, None] == both[None]).sum(axis=0)
    ranks = below + (equal - 1) / 2
    return pearson(ranks[:, :-1], ranks[:, -1])


def indicators(c, n):
    c = np.asarray(c)
    if c.shape != (n,) or n == 0:
        raise ValueError("c: a label for each object")
    return (c[:, None] == np.unique(c)).astype(float)


def real(x):
    x = np.asarray(x)
    if x.ndim != 1 or x.size == 0 or not np.isfinite(x).all():
        raise ValueError("x: a vector of finite numbers")
    return x.astype(float)


def gaps(x):
    """Each gap between neighbours lies within (how many below) * (how many above) pairs."""
    x = np.sort(x)
    below = np.arange(1, len(x))
    return np.sum(np.diff(x) * below * (len(x) - below))


def pairwise(x, c):
    x = real(x)
    of = indicators(c, len(x))
    sizes = of.sum(axis=0)
    inner_pairs, pairs = (sizes * (sizes - 1) / 2).sum(), len(x) * (len(x) - 1) / 2
    if inner_pairs in (0, pairs):
        raise ValueError("c: no pairs")
    inner = sum(gaps(x[column > 0]) for column in of.T)
    return float(inner / inner_pairs), float((gaps(x) - inner) / (pairs - inner_pairs))


def conditional_variance(x, c):
    x = real(x)
    of = indicators(c, len(x))
    means = x @ of / of.sum(axis=0)
    return float(np.mean((x - of @ means) ** 2))


def joint(a, c):
    a = np.asarray(a)
    if a.ndim != 1 or a.size == 0:
        raise ValueError("a: a vector of labels")
    of_c = indicators(c, len(a))
    return indicators(a, len(a)).T @ of_c / len(a)


def bits(p):
    p = p[p > 0]
    return -np.sum(p * np.log2(p))


def info_gain(a, c):
    p = joint(a, c)
    return float(bits(p.sum(axis=1)) + bits(p.sum(axis=0)) - bits(p))


def gini_gain(a, c):
    p = joint(a, c)
    of_a = p.sum(axis=1, keepdims=True)
    return float(((1 - (p.sum(axis=0) ** 2).sum()) - (of_a[:, 0] * (1 - ((p / of_a) ** 2).sum(axis=1))).sum()))


def chi2(a, c):
    p = joint(a, c)
    expected = p.sum(axis=1, keepdims=True) * p.sum(axis=0)
    return float(len(a) * np.sum((p - expected) ** 2 / expected))


def order(scores):
    scores = np.asarray(scores, dtype=float)
    if scores.ndim != 1 or not scores.size or not np.isfinite(scores).all():
        raise ValueError("scores: a vector of finite numbers")
    return np.lexsort([np.arange(scores.size), -scores]), scores


def shares(scores):
    places, scores = order(scores)
    if scores.min() < 0:
        raise ValueError("scores: none below 0")
    return places, scores[places]


def top(scores, k):
    places, _ = order(scores)
    if k < 1 or k > len(places):
        raise ValueError("k: from 1 to d")
    return places[:k]


def above(scores, t):
    places, scores = order(scores)
    if not np.isfinite(t):
        raise ValueError("t: a number")
    return places[: np.count_nonzero(scores >= t)]


def integral(scores, share):
    places, values = shares(scores)
    if not 0 < share <= 1:
        raise ValueError("share: above 0, at most 1")
    before = np.cumsum(values) - values
    return places[(before < share * values.cumsum()[-1])]


def broken_stick(scores):
    places, values = shares(scores)
    d = len(values)
    pieces = np.triu(np.ones((d, d))) @ (1 / np.arange(1, d + 1)) / d
    worse = np.flatnonzero(values <= pieces * values.sum())
    return places[: worse[0]] if len(worse) else places


def elbow(scores):
    places, scores = order(scores)
    points = np.column_stack([np.arange(len(places)), scores[places]])
    chord = points[-1] - points[0]
    far = np.abs(chord[0] * (points - points[0])[:, 1] - chord[1] * (points - points[0])[:, 0])
    return places[: np.argmax(far) + 1]


def select(X, y, measure, rule):
    check(X, y)
    scores = [measure(column, np.asarray(y)) for column in np.asarray(X).T]
    return np.array(rule(np.array(scores)))
