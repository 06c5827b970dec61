"""Clusters as sets, distances in a dictionary, partitions as sets of sets; hardly any numpy."""

import math

import numpy as np


def rows_of(name, values):
    array = np.asarray(values, dtype=float)
    if array.ndim != 2 or 0 in array.shape or not np.isfinite(array).all():
        raise ValueError(f"{name}: a finite matrix with rows and columns is needed")
    return array.tolist()


def square(name, values, n=None):
    rows = rows_of(name, values)
    size = len(rows)
    if len(rows[0]) != size or (n is not None and size != n):
        raise ValueError(f"{name}: wrong shape")
    for i in range(size):
        for j in range(i + 1):
            low, high = rows[i][j], rows[j][i]
            if low < 0 or (i == j and low) or not math.isclose(low, high, rel_tol=1e-9, abs_tol=1e-12):
                raise ValueError(f"{name}: these are no distances")
    return rows


def in_order(groups, n):
    """Labels from groups of indices."""
    labels = [0] * n
    for number, group in enumerate(sorted(groups, key=min)):
        for i in group:
            labels[i] = number
    return np.array(labels)


def hac(distances, method="average"):
    D = square("distances", distances)
    if method not in ("single", "complete", "average", "centroid"):
        raise ValueError("method: unknown")
    n = len(D)
    size = dict.fromkeys(range(n), 1)
    power = 2 if method == "centroid" else 1
    rho = {i: {j: D[i][j] ** power for j in range(n) if j != i} for i in range(n)}
    best = {i: min(((d, j) for j, d in rho[i].items() if j > i), default=None) for i in range(n)}
    tree = []
    for new in range(n, 2 * n - 1):
        _, a = min((best[i][0], i) for i in best if best[i])
        d, b = best[a]
        p, q = size[a], size[b]
        to = {}
        for c in rho:
            if c in (a, b):
                continue
            x, y = rho[a][c], rho[b][c]
            if method == "single":
                to[c] = x if x < y else y
            elif method == "complete":
                to[c] = y if x < y else x
            elif method == "average":
                to[c] = (p * x + q * y) / (p + q)
            else:
                to[c] = (p * x + q * y - p * q * d / (p + q)) / (p + q)
        for gone in (a, b):
            del rho[gone], best[gone], size[gone]
        for c in rho:
            rho[c].pop(a), rho[c].pop(b)
            rho[c][new] = to[c]
            if best[c] is None or best[c][1] in (a, b):
                best[c] = min(((v, j) for j, v in rho[c].items() if j > c), default=None)
            else:
                best[c] = min(best[c], (to[c], new))
        rho[new], best[new], size[new] = to, None, p + q
        tree.append([a, b, d ** (1 / power), p + q])
    return np.array(tree, dtype=float).reshape(n - 1, 4)


def checked_tree(tree):
    array = np.asarray(tree, dtype=float)
    if array.ndim != 2 or array.shape[1] != 4 or not np.isfinite(array).all():
        raise ValueError("tree: four finite columns are needed")
    free = set(range(len(array) + 1))
    for t, (a, b, _, _) in enumerate(array.tolist()):
        if a == b or a not in free or b not in free:
            raise ValueError("tree: no such cluster to join")
        free -= {a, b}
        free.add(len(array) + 1 + t)
    return [(int(a), int(b), h) for a, b, h, _ in array.tolist()]


class Forest:
    def __init__(self, n):
        self.parent = list(range(n))

    def root(self, i):
        while self.parent[i] != i:
            self.parent[i] = i = self.parent[self.parent[i]]
        return i

    def groups(self, n):
        found = {}
        for i in range(n):
            found.setdefault(self.root(i), []).append(i)
        return found.values()


def cut_count(tree, k):
    joins = checked_tree(tree)
    n = len(joins) + 1
    if not 1 <= k <= n:
        raise ValueError("k: from 1 to n")
    forest = Forest(2 * n)
    for t in range(n - k):
        for child in joins[t][:2]:
            forest.parent[forest.root(child)] = n + t
    return in_order(forest.groups(n), n)


def cut_height(tree, height):
    joins = checked_tree(tree)
    if not height >= 0:
        raise ValueError("height: at least 0")
    n = len(joins) + 1
    forest, broken = Forest(2 * n), set()
    for t, (a, b, h) in enumerate(joins):
        if h > height or a in broken or b in broken:
            broken.add(n + t)
        else:
            forest.parent[forest.root(a)] = forest.parent[forest.root(b)] = n + t
    return in_order(forest.groups(n), n)


def gap(x, y):
    return sum((s - t) ** 2 for s, t in zip(x, y))


def centre(points):
    return [math.fsum(column) / len(points) for column in zip(*points)]


def halves(points):
    """True for the points of the second half."""
    middle = centre(points)
    one = max(points, key=lambda x: gap(x, middle))
    two = max(points, key=lambda x: gap(x, one))
    sides = None
    while True:
        now = [gap(x, two) < gap(x, one) for x in points]
        if now == sides:
            return sides
        sides = now
        parts = [[x for x, s in zip(points, sides) if s == side] for side in (False, True)]
        one, two = (centre(part) if part else old for part, old in zip(parts, (one, two)))


def two_means(X):
    points = rows_of("X", X)
    sides = halves(points) if any(x != points[0] for x in points) else [False] * len(points)
    return np.array([int(side != sides[0]) for side in sides])


def divisive(X, k):
    points = rows_of("X", X)
    if not 1 <= k <= len(points):
        raise ValueError("k: from 1 to n")

    def spread(group):
        inside = [points[i] for i in group]
        middle = centre(inside)
        return sum(gap(x, middle) for x in inside)

    groups = [list(range(len(points)))]
    while len(groups) < k:
        mixed = [g for g in groups if any(points[i] != points[g[0]] for i in g)]
        if not mixed:
            break
        widest = max(sorted(mixed), key=spread)
        sides = halves([points[i] for i in widest])
        groups.remove(widest)
        groups += [[i for i, s in zip(widest, sides) if s == side] for side in (False, True)]
    return in_order(groups, len(points))


def integers(name, values, n=None):
    array = np.asarray(values)
    if array.ndim != 1 or array.size == 0 or array.dtype.kind not in "iu" or n not in (None, array.size):
        raise ValueError(f"{name}: integers, one for each object")
    return array.tolist()


def as_sets(labels):
    return frozenset(frozenset(i for i, other in enumerate(labels) if other == label) for label in labels)


def same_partition(first, second):
    one = integers("first", first)
    return as_sets(one) == as_sets(integers("second", second, len(one)))


def set_partitions(n):
    if n < 1:
        raise ValueError("n: at least 1")
    found, row = [], [0] * n
    while True:
        found.append(list(row))
        i = n - 1
        while i > 0 and row[i] > max(row[:i]):
            i -= 1
        if i == 0:
            return np.array(found)
        row[i:] = [row[i] + 1] + [0] * (n - 1 - i)


def clearer(before, after, labels):
    pairs = [(i, j) for i in range(len(labels)) for j in range(i)]
    return not any(
        after[i][j] > before[i][j] if labels[i] == labels[j] else after[i][j] < before[i][j] for i, j in pairs
    )


def is_transformation(distances, changed, labels):
    before = square("distances", distances)
    after = square("changed", changed, len(before))
    return clearer(before, after, integers("labels", labels, len(before)))


def scale_invariant(cluster, distances, factors):
    D = square("distances", distances)
    if len(factors) == 0 or min(factors) <= 0:
        raise ValueError("factors: above 0, at least one")
    answers = {as_sets(np.asarray(cluster(c * np.array(D))).tolist()) for c in [1.0, *factors]}
    return len(answers) == 1


def consistent(cluster, distances, changes):
    D = square("distances", distances)
    tables = [square("changes", change, len(D)) for change in changes]
    if not tables:
        raise ValueError("changes: at least one")
    labels = np.asarray(cluster(np.array(D))).tolist()
    for table in tables:
        if clearer(D, table, labels) and as_sets(np.asarray(cluster(np.array(table))).tolist()) != as_sets(labels):
            return False
    return True


def rich(cluster, candidates):
    if len(candidates) == 0:
        raise ValueError("candidates: at least one")
    n = len(np.atleast_1d(candidates[0]))
    tables = [square("candidates", candidate, n) for candidate in candidates]
    missing = {as_sets(labels) for labels in set_partitions(n).tolist()}
    for table in tables:
        missing.discard(as_sets(np.asarray(cluster(np.array(table))).tolist()))
    return not missing
