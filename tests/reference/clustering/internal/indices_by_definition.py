"""The internal indices once more, in plain Python, word for word from their definitions: slow loops, no arrays."""

from __future__ import annotations

import math
from itertools import combinations, permutations, product
from statistics import fmean, pvariance


def groups(X, labels):
    """Lists of points, one a cluster."""
    return [[x for x, own in zip(X, labels, strict=True) if own == name] for name in sorted(set(labels))]


def center(points):
    return [fmean(column) for column in zip(*points, strict=True)]


def spread(points):
    """The mean distance to the centroid."""
    return fmean(math.dist(x, center(points)) for x in points)


def nearest_centers(clusters):
    """For each cluster the distance from its centroid to the nearest other centroid."""
    centers = [center(c) for c in clusters]
    return [min(math.dist(one, other) for j, other in enumerate(centers) if j != i) for i, one in enumerate(centers)]


def cohesion(X, labels):
    return math.fsum(math.dist(x, center(c)) ** 2 for c in groups(X, labels) for x in c)


def separation(X, labels):
    return math.fsum(len(c) * math.dist(center(c), center(X)) ** 2 for c in groups(X, labels))


def calinski_harabasz(X, labels):
    count = len(set(labels))
    return (separation(X, labels) / (count - 1)) / (cohesion(X, labels) / (len(X) - count))


def score_function(X, labels):
    clusters = groups(X, labels)
    bcd = math.fsum(len(c) * math.dist(center(c), center(X)) for c in clusters) / (len(X) * len(clusters))
    wcd = math.fsum(spread(c) for c in clusters)
    return 1 - 1 / math.e ** (math.e ** (bcd - wcd))


def delta_1(S, T):
    return min(math.dist(x, y) for x in S for y in T)


def delta_3(S, T):
    return math.fsum(math.dist(x, y) for x in S for y in T) / (len(S) * len(T))


def delta_4(S, T):
    return math.dist(center(S), center(T))


def delta_5(S, T):
    crossed = [math.dist(x, center(T)) for x in S] + [math.dist(y, center(S)) for y in T]
    return math.fsum(crossed) / (len(S) + len(T))


def diameter_1(S):
    return max(math.dist(x, y) for x in S for y in S)


def diameter_3(S):
    return 2 * spread(S)


def dunn_like(delta, diameter):
    def index(X, labels):
        clusters = groups(X, labels)
        return min(delta(S, T) for S, T in permutations(clusters, 2)) / max(diameter(S) for S in clusters)

    return index


def davies_bouldin(X, labels, size=spread):
    clusters = groups(X, labels)
    total = 0.0
    for S in clusters:
        total += max((size(S) + size(T)) / math.dist(center(S), center(T)) for T in clusters if T is not S)
    return total / len(clusters)


def davies_bouldin_star(X, labels):
    clusters = groups(X, labels)
    total = 0.0
    for S in clusters:
        others = [T for T in clusters if T is not S]
        total += max(spread(S) + spread(T) for T in others) / min(math.dist(center(S), center(T)) for T in others)
    return total / len(clusters)


def inner_and_outer(X, labels):
    found = {True: [], False: []}
    for i, j in combinations(range(len(X)), 2):
        found[labels[i] == labels[j]].append(math.dist(X[i], X[j]))
    return found[True], found[False]


def c_index(X, labels):
    inner, outer = inner_and_outer(X, labels)
    ranked = sorted(inner + outer)
    least, greatest = math.fsum(ranked[: len(inner)]), math.fsum(ranked[::-1][: len(inner)])
    return (math.fsum(inner) - least) / (greatest - least)


def gamma(X, labels):
    inner, outer = inner_and_outer(X, labels)
    return sum(far < near for near, far in product(inner, outer)) / (len(inner) * len(outer))


def s_dbw(X, labels):
    clusters = groups(X, labels)

    def norm(points):
        return math.hypot(*(pvariance(column) for column in zip(*points, strict=True)))

    reach = math.sqrt(sum(norm(c) for c in clusters)) / len(clusters)

    def density(points, where):
        return sum(math.dist(x, where) <= reach for x in points)

    total = 0.0
    for S, T in permutations(clusters, 2):
        middle = [(a + b) / 2 for a, b in zip(center(S), center(T), strict=True)]
        at_centers = max(density(S, center(S)), density(T, center(T)))
        total += density(S + T, middle) / (at_centers if at_centers > 0 else 1)
    scatter = fmean(norm(c) / norm(X) for c in clusters)
    return scatter + total / (len(clusters) * (len(clusters) - 1))


def cop(X, labels):
    total = 0.0
    for name in sorted(set(labels)):
        inside = [x for x, own in zip(X, labels, strict=True) if own == name]
        outside = [x for x, own in zip(X, labels, strict=True) if own != name]
        total += len(inside) * spread(inside) / min(max(math.dist(x, y) for y in inside) for x in outside)
    return total / len(X)


def cs(X, labels):
    clusters = groups(X, labels)
    return math.fsum(fmean(max(math.dist(x, y) for y in c) for x in c) for c in clusters) / sum(
        nearest_centers(clusters)
    )


def symmetry(points):
    """d_ps of each object of a cluster."""
    found = []
    for x in points:
        mirrored = [2 * c - a for a, c in zip(x, center(points), strict=True)]
        found.append(sum(sorted(math.dist(mirrored, y) for y in points)[:2]) / 2)
    return found


def sym(X, labels):
    clusters = groups(X, labels)
    farthest = max(math.dist(center(S), center(T)) for S, T in combinations(clusters, 2))
    return farthest / (len(clusters) * sum(sum(symmetry(c)) for c in clusters))


def sv(X, labels):
    clusters = groups(X, labels)
    borders = 0.0
    for c in clusters:
        far_first = sorted((math.dist(x, center(c)) for x in c), reverse=True)
        borders += fmean(far_first[: math.ceil(len(c) / 10)])
    return sum(nearest_centers(clusters)) / borders


def os_index(X, labels):
    total = 0.0
    for x, own in zip(X, labels, strict=True):
        inside = [math.dist(x, y) for y, other in zip(X, labels, strict=True) if other == own]
        outside = sorted(math.dist(x, y) for y, other in zip(X, labels, strict=True) if other != own)
        a, b = fmean(inside), fmean(outside[: len(inside)])
        total += a / b if (b - a) / (b + a) < 0.4 else 0
    return total / sum(nearest_centers(groups(X, labels)))


DEFINITIONS = {
    "cohesion": cohesion,
    "separation": separation,
    "calinski_harabasz": calinski_harabasz,
    "score_function": score_function,
    "dunn": dunn_like(delta_1, diameter_1),
    "gd31": dunn_like(delta_3, diameter_1),
    "gd41": dunn_like(delta_4, diameter_1),
    "gd51": dunn_like(delta_5, diameter_1),
    "gd33": dunn_like(delta_3, diameter_3),
    "gd43": dunn_like(delta_4, diameter_3),
    "gd53": dunn_like(delta_5, diameter_3),
    "davies_bouldin": davies_bouldin,
    "davies_bouldin_star": davies_bouldin_star,
    "c_index": c_index,
    "gamma": gamma,
    "s_dbw": s_dbw,
    "cop": cop,
    "cs": cs,
    "sym": sym,
    "sym_db": lambda X, labels: davies_bouldin(X, labels, lambda c: fmean(symmetry(c))),
    "sym_d": dunn_like(delta_1, lambda c: max(symmetry(c))),
    "sym_33": dunn_like(delta_3, lambda c: 2 * fmean(symmetry(c))),
    "sv": sv,
    "os_index": os_index,
}
