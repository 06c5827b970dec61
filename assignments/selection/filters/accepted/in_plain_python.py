"""Lists, loops and dictionaries; numpy only for what goes in and out."""

import math
from collections import Counter, defaultdict

import numpy as np


def columns(X, y):
    X, y = np.asarray(X), np.asarray(y)
    if X.ndim != 2 or X.size == 0 or not np.isfinite(X).all():
        raise ValueError("X is no matrix of numbers")
    if y.shape != (len(X),) or not np.isfinite(y).all():
        raise ValueError("y is no vector of numbers for the rows")
    return [[float(v) for v in column] for column in X.T.tolist()], [float(v) for v in y.tolist()]


def standard(values):
    if min(values) == max(values):
        return [0.0] * len(values)
    mean = math.fsum(values) / len(values)
    deviation = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / len(values))
    return [(v - mean) / deviation for v in values]


def euclid(X, y):
    features, target = columns(X, y)
    target = standard(target)
    return np.array([math.dist(standard(feature), target) for feature in features])


def correlation(a, b):
    return sum(p * q for p, q in zip(standard(a), standard(b))) / len(a)


def pearson(X, y):
    features, target = columns(X, y)
    return np.array([correlation(feature, target) for feature in features])


def ranks(values):
    return [sum(u < v for u in values) + (sum(u == v for u in values) + 1) / 2 for v in values]


def spearman(X, y):
    features, target = columns(X, y)
    return np.array([correlation(ranks(feature), ranks(target)) for feature in features])


def classes_of(x, c):
    x, c = np.asarray(x), np.asarray(c)
    if x.ndim != 1 or len(x) == 0 or not np.isfinite(x).all():
        raise ValueError("x is no vector of numbers")
    if c.shape != x.shape:
        raise ValueError("c is not as long")
    groups = defaultdict(list)
    for value, label in zip(x.tolist(), c.tolist()):
        groups[label].append(float(value))
    return groups


def all_distances(values):
    total = before = 0.0
    for place, value in enumerate(sorted(values)):
        total += place * value - before
        before += value
    return total


def pairwise(x, c):
    groups = classes_of(x, c)
    middle = float(np.median(x))
    groups = [[v - middle for v in group] for group in groups.values()]
    inner_pairs = sum(math.comb(len(group), 2) for group in groups)
    everything = [v for group in groups for v in group]
    outer_pairs = math.comb(len(everything), 2) - inner_pairs
    if not inner_pairs or not outer_pairs:
        raise ValueError("c leaves no pairs of one kind")
    inner = sum(map(all_distances, groups))
    return inner / inner_pairs, (all_distances(everything) - inner) / outer_pairs


def conditional_variance(x, c):
    total = 0.0
    for group in classes_of(x, c).values():
        mean = math.fsum(group) / len(group)
        total += sum((v - mean) ** 2 for v in group)
    return total / len(x)


def counts(a, c):
    a, c = np.asarray(a), np.asarray(c)
    if a.ndim != 1 or len(a) == 0:
        raise ValueError("a is no vector")
    if c.shape != a.shape:
        raise ValueError("c is not as long")
    a, c = a.tolist(), c.tolist()
    return Counter(a), Counter(c), Counter(zip(a, c)), len(a)


def info_gain(a, c):
    of_a, of_c, both, n = counts(a, c)
    return sum(o / n * math.log2(o * n / of_a[v] / of_c[k]) for (v, k), o in both.items())


def gini_gain(a, c):
    of_a, of_c, both, n = counts(a, c)
    return sum(o * o / of_a[v] for (v, _), o in both.items()) / n - sum(o * o for o in of_c.values()) / n**2


def chi2(a, c):
    of_a, of_c, both, n = counts(a, c)
    return n * (sum(o * o / of_a[v] / of_c[k] for (v, k), o in both.items()) - 1)


def ordered(scores, negative=True):
    scores = np.asarray(scores)
    if scores.ndim != 1 or len(scores) == 0 or not np.isfinite(scores).all():
        raise ValueError("scores must be a vector of numbers")
    if not negative and (scores < 0).any():
        raise ValueError("scores must not be negative")
    values = scores.tolist()
    return values, sorted(range(len(values)), key=lambda j: (-values[j], j))


def top(scores, k):
    values, order = ordered(scores)
    if not 1 <= k <= len(values):
        raise ValueError("k features are not there")
    return np.array(order[:k], dtype=int)


def above(scores, t):
    values, order = ordered(scores)
    if not math.isfinite(t):
        raise ValueError("t is no number")
    return np.array([j for j in order if values[j] >= t], dtype=int)


def integral(scores, share):
    values, order = ordered(scores, negative=False)
    if not 0 < share <= 1:
        raise ValueError("share is not above 0 and at most 1")
    total = sum(values[j] for j in order)
    kept, held = [], 0.0
    for j in order:
        if held >= share * total:
            break
        kept.append(j)
        held += values[j]
    return np.array(kept, dtype=int)


def broken_stick(scores):
    values, order = ordered(scores, negative=False)
    d, total, kept = len(values), sum(values), []
    for i, j in enumerate(order, start=1):
        if not values[j] > total * sum(1 / m for m in range(i, d + 1)) / d:
            break
        kept.append(j)
    return np.array(kept, dtype=int)


def elbow(scores):
    values, order = ordered(scores)
    d, first, last = len(values), values[order[0]], values[order[-1]]
    best, place = 0.0, 0
    for i in range(1, d - 1):
        far = abs(values[order[i]] - first - (last - first) * i / (d - 1))
        if far > best:
            best, place = far, i
    return np.array(order[: place + 1], dtype=int)


def select(X, y, measure, rule):
    columns(X, y)
    X, y = np.asarray(X), np.asarray(y)
    return np.asarray(rule(np.array([measure(X[:, j], y) for j in range(X.shape[1])])), dtype=int)
