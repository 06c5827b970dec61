"""Plain Python: lists of tuples, dictionaries of clusters, exact sums; a table of pairs only where pairs are meant."""

import bisect
import collections
import math
from itertools import combinations

import numpy as np


class Clustering:
    """Rows by label, with what is asked of a cluster computed when it is asked."""

    def __init__(self, X, labels, least=2):
        rows = np.asarray(X, dtype=float)
        if rows.ndim != 2 or 0 in rows.shape or not np.isfinite(rows).all():
            raise ValueError("X: a finite matrix is needed")
        names = integers("labels", labels)
        if len(names) != len(rows) or len(set(names)) < least:
            raise ValueError("labels: one for each row of X, and at least two different ones")
        self.rows = [tuple(row) for row in rows.tolist()]
        self.names = names
        self.clusters = collections.defaultdict(list)
        for row, name in zip(self.rows, names):
            self.clusters[name].append(row)
        self.centers = {name: mean(members) for name, members in self.clusters.items()}
        self.keys = list(self.clusters)

    def spread(self, name):
        return average(math.dist(row, self.centers[name]) for row in self.clusters[name])

    def to_nearest_center(self):
        return math.fsum(
            min(math.dist(self.centers[a], self.centers[b]) for b in self.keys if b != a) for a in self.keys
        )


def integers(name, labels):
    values = np.asarray(labels)
    if values.ndim != 1 or len(values) == 0 or not np.issubdtype(values.dtype, np.integer):
        raise ValueError(f"{name}: a vector of integers is needed")
    return values.tolist()


def average(values):
    values = list(values)
    return math.fsum(values) / len(values)


def mean(rows):
    return tuple(average(column) for column in zip(*rows))


def divided(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        raise ValueError("labels: zero denominator") from None


def cohesion(X, labels):
    c = Clustering(X, labels)
    return math.fsum(
        (x - m) ** 2 for key in c.keys for row in c.clusters[key] for x, m in zip(row, c.centers[key])
    )


def separation(X, labels):
    c = Clustering(X, labels)
    middle = mean(c.rows)
    return math.fsum((a - b) ** 2 for name in c.names for a, b in zip(c.centers[name], middle))


def calinski_harabasz(X, labels):
    k = len(set(np.asarray(labels).ravel().tolist()))
    between, within = separation(X, labels), cohesion(X, labels)
    return divided(between, within) * (len(X) - k) / (k - 1)


def score_function(X, labels):
    c = Clustering(X, labels)
    middle = mean(c.rows)
    bcd = average(math.dist(c.centers[name], middle) for name in c.names) / len(c.keys)
    wcd = math.fsum(c.spread(key) for key in c.keys)
    try:
        return 1 - math.exp(-math.exp(bcd - wcd))
    except OverflowError:
        return 1.0


def silhouette(X, labels):
    c = Clustering(X, labels)
    values = []
    for row, name in zip(c.rows, c.names):
        sums = {key: math.fsum(math.dist(row, other) for other in c.clusters[key]) for key in c.keys}
        fellows = len(c.clusters[name]) - 1
        b = min(sums[key] / len(c.clusters[key]) for key in c.keys if key != name)
        a = sums[name] / fellows if fellows else 0.0
        values.append((b - a) / max(a, b) if fellows and max(a, b) > 0 else 0.0)
    return average(values)


def linkage(c, kind, one, other):
    """The distance of two clusters by its number."""
    S, T = c.clusters[one], c.clusters[other]
    if kind == 1:
        return min(math.dist(x, y) for x in S for y in T)
    if kind == 3:
        return average(math.dist(x, y) for x in S for y in T)
    if kind == 4:
        return math.dist(c.centers[one], c.centers[other])
    return average([math.dist(x, c.centers[other]) for x in S] + [math.dist(y, c.centers[one]) for y in T])


def generalised(X, labels, kind, size):
    c = Clustering(X, labels)
    nearest = min(linkage(c, kind, one, other) for one, other in combinations(c.keys, 2))
    return divided(nearest, max(size(c, key) for key in c.keys))


def diameter(c, key):
    return max((math.dist(x, y) for x, y in combinations(c.clusters[key], 2)), default=0.0)


def double_spread(c, key):
    return 2 * c.spread(key)


def dunn(X, labels):
    return generalised(X, labels, 1, diameter)


def gd31(X, labels):
    return generalised(X, labels, 3, diameter)


def gd41(X, labels):
    return generalised(X, labels, 4, diameter)


def gd51(X, labels):
    return generalised(X, labels, 5, diameter)


def gd33(X, labels):
    return generalised(X, labels, 3, double_spread)


def gd43(X, labels):
    return generalised(X, labels, 4, double_spread)


def gd53(X, labels):
    return generalised(X, labels, 5, double_spread)


def worst_neighbours(X, labels, size):
    c = Clustering(X, labels)
    sizes = {key: size(c, key) for key in c.keys}
    worst = dict.fromkeys(c.keys, 0.0)
    for a, b in combinations(c.keys, 2):
        value = divided(sizes[a] + sizes[b], math.dist(c.centers[a], c.centers[b]))
        worst[a], worst[b] = max(worst[a], value), max(worst[b], value)
    return average(worst.values())


def davies_bouldin(X, labels):
    return worst_neighbours(X, labels, Clustering.spread)


def davies_bouldin_star(X, labels):
    c = Clustering(X, labels)
    values = []
    for a in c.keys:
        others = [b for b in c.keys if b != a]
        widest = c.spread(a) + max(c.spread(b) for b in others)
        values.append(divided(widest, min(math.dist(c.centers[a], c.centers[b]) for b in others)))
    return average(values)


def cop(X, labels):
    c = Clustering(X, labels)
    total = []
    for key in c.keys:
        outsiders = [row for row, name in zip(c.rows, c.names) if name != key]
        reach = min(max(math.dist(row, fellow) for fellow in c.clusters[key]) for row in outsiders)
        total += [divided(c.spread(key), reach)] * len(c.clusters[key])
    return average(total)


def cs(X, labels):
    c = Clustering(X, labels)
    above = [average(max(math.dist(x, y) for y in members) for x in members) for members in c.clusters.values()]
    return divided(math.fsum(above), c.to_nearest_center())


def sv(X, labels):
    c = Clustering(X, labels)
    below = []
    for key, members in c.clusters.items():
        descending = sorted((-math.dist(row, c.centers[key]) for row in members))
        below.append(-average(descending[: (len(members) + 9) // 10]))
    return divided(c.to_nearest_center(), math.fsum(below))


def os_index(X, labels):
    c = Clustering(X, labels)
    overlap = 0.0
    for row, name in zip(c.rows, c.names):
        size = len(c.clusters[name])
        a = average(math.dist(row, other) for other in c.clusters[name])
        outside = sorted(math.dist(row, other) for key in c.keys if key != name for other in c.clusters[key])
        b = average(outside[:size])
        share = divided(a, b)
        if (b - a) / (b + a) < 0.4:
            overlap += share
    return divided(overlap, c.to_nearest_center())


def pairs_of_distances(X, labels):
    c = Clustering(X, labels)
    inner, outer = [], []
    for (x, a), (y, b) in combinations(zip(c.rows, c.names), 2):
        (inner if a == b else outer).append(math.dist(x, y))
    return inner, outer


def c_index(X, labels):
    inner, outer = pairs_of_distances(X, labels)
    ranked, count = sorted(inner + outer), len(inner)
    least = math.fsum(ranked[:count])
    greatest = math.fsum(ranked[::-1][:count])
    return divided(math.fsum(inner) - least, greatest - least)


def gamma(X, labels):
    inner, outer = pairs_of_distances(X, labels)
    inner.sort()
    concordant_or_tied = sum(bisect.bisect_right(inner, distance) for distance in outer)
    return 1 - divided(concordant_or_tied, len(inner) * len(outer))


def s_dbw(X, labels):
    c = Clustering(X, labels)

    def norm_of_variance(rows):
        center = mean(rows)
        return math.hypot(*(average((x - m) ** 2 for x in column) for column, m in zip(zip(*rows), center)))

    norms = {key: norm_of_variance(c.clusters[key]) for key in c.keys}
    radius = math.sqrt(math.fsum(norms.values())) / len(c.keys)

    def count(keys, point):
        return sum(math.dist(row, point) <= radius for key in keys for row in c.clusters[key])

    densities = []
    for a, b in combinations(c.keys, 2):
        middle = mean([c.centers[a], c.centers[b]])
        densities.append(count([a, b], middle) / (max(count([a], c.centers[a]), count([b], c.centers[b])) or 1))
    return divided(average(norms.values()), norm_of_variance(c.rows)) + average(densities)


def asymmetries(c, key):
    values = []
    for row in c.clusters[key]:
        image = [2 * m - x for x, m in zip(row, c.centers[key])]
        first = second = math.inf
        for other in c.clusters[key]:
            distance = math.dist(image, other)
            if distance < first:
                first, second = distance, first
            elif distance < second:
                second = distance
        values.append((first + (0.0 if math.isinf(second) else second)) / 2)
    return values


def sym(X, labels):
    c = Clustering(X, labels)
    widest = max(math.dist(c.centers[a], c.centers[b]) for a, b in combinations(c.keys, 2))
    return divided(widest, len(c.keys) * math.fsum(math.fsum(asymmetries(c, key)) for key in c.keys))


def sym_db(X, labels):
    return worst_neighbours(X, labels, lambda c, key: average(asymmetries(c, key)))


def sym_d(X, labels):
    return generalised(X, labels, 1, lambda c, key: max(asymmetries(c, key)))


def sym_33(X, labels):
    return generalised(X, labels, 3, lambda c, key: 2 * average(asymmetries(c, key)))


def both(labels_true, labels_pred):
    true, pred = integers("labels_true", labels_true), integers("labels_pred", labels_pred)
    if len(true) != len(pred):
        raise ValueError("labels_pred: as many as labels_true")
    return true, pred


def pair_counts(labels_true, labels_pred):
    true, pred = both(labels_true, labels_pred)
    cells, rows, columns = collections.Counter(zip(true, pred)), collections.Counter(true), collections.Counter(pred)
    n = len(true)
    squares = [sum(c * c for c in counter.values()) for counter in (cells, rows, columns)]
    tp = (squares[0] - n) // 2
    fn, fp = (squares[1] - squares[0]) // 2, (squares[2] - squares[0]) // 2
    return tp, fp, fn, n * (n - 1) // 2 - tp - fp - fn


def rand_index(labels_true, labels_pred):
    tp, fp, fn, tn = pair_counts(labels_true, labels_pred)
    return 1 - divided(fp + fn, tp + fp + fn + tn)


def adjusted_rand(labels_true, labels_pred):
    tp, fp, fn, tn = pair_counts(labels_true, labels_pred)
    every = tp + fp + fn + tn
    expected = (tp + fp) * (tp + fn)
    return divided(tp * every - expected, (2 * tp + fp + fn) * every / 2 - expected)


def jaccard(labels_true, labels_pred):
    tp, fp, fn, _ = pair_counts(labels_true, labels_pred)
    return divided(tp, tp + fp + fn)


def fowlkes_mallows(labels_true, labels_pred):
    tp, fp, fn, _ = pair_counts(labels_true, labels_pred)
    return math.sqrt(divided(tp, tp + fp) * divided(tp, tp + fn))


def hubert_gamma(labels_true, labels_pred):
    counts = pair_counts(labels_true, labels_pred)
    return divided(counts[0], sum(counts))


def phi(labels_true, labels_pred):
    tp, fp, fn, tn = (float(count) for count in pair_counts(labels_true, labels_pred))
    root = math.sqrt(tp + fp) * math.sqrt(tp + fn) * math.sqrt(tn + fp) * math.sqrt(tn + fn)
    return divided(tp * tn - fp * fn, root)


def minkowski(labels_true, labels_pred):
    tp, fp, fn, _ = pair_counts(labels_true, labels_pred)
    return math.sqrt(divided(fp + fn, tp + fn))


def goodman_kruskal(labels_true, labels_pred):
    true, pred = both(labels_true, labels_pred)
    classes = collections.defaultdict(collections.Counter)
    for t, p in zip(true, pred):
        classes[p][t] += 1
    return sum(sum(c.values()) - max(c.values()) for c in classes.values()) / len(true)


def purity(labels_true, labels_pred):
    return 1 - goodman_kruskal(labels_true, labels_pred)


def variation_of_information(labels_true, labels_pred):
    true, pred = both(labels_true, labels_pred)

    def entropy(items):
        return -math.fsum(c / len(true) * math.log(c / len(true)) for c in collections.Counter(items).values())

    return 2 * entropy(zip(true, pred)) - entropy(true) - entropy(pred)
