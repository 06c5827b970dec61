"""Loops and lists: an assignment by dual-free linprog with dense rows, Sinkhorn by a plan that is scaled in logarithms."""

import math

import numpy as np
from scipy.optimize import linprog


def numbers(name, values, least=None):
    given = np.array(values, dtype=float)
    if given.ndim != 1 or len(given) == 0 or not np.isfinite(given).all():
        raise ValueError(f"{name} must be a vector of finite numbers")
    if least is not None and given.min() < least:
        raise ValueError(f"{name} must not be below {least}")
    return given


def rows(name, values, columns=None):
    given = np.array(values, dtype=float)
    if given.ndim != 2 or 0 in given.shape or not np.isfinite(given).all() or columns not in (None, given.shape[1]):
        raise ValueError(f"{name} must be a matrix of finite numbers")
    return given


def wasserstein_1d(a, b, wa=None, wb=None):
    steps = []
    for sign, name, values, weights in ((1, "a", a, wa), (-1, "b", b, wb)):
        values = numbers(name, values)
        weights = np.ones(len(values)) if weights is None else numbers("w" + name, weights, 0)
        if len(weights) != len(values) or weights.sum() == 0:
            raise ValueError(f"w{name} must weigh each number")
        steps += [(value, sign * weight / weights.sum()) for value, weight in zip(values, weights)]
    steps.sort()
    total, height, before = 0.0, 0.0, steps[0][0]
    for value, change in steps:
        total += abs(height) * (value - before)
        height, before = height + change, value
    return total


def problem(p, q, cost):
    p, q = numbers("p", p, 0), numbers("q", q, 0)
    for name, margin in (("p", p), ("q", q)):
        if abs(margin.sum() - 1) > 1e-6:
            raise ValueError(f"{name} must sum to 1")
    cost = rows("cost", cost, len(q))
    if len(cost) != len(p):
        raise ValueError("cost must have a row for each place of p")
    return p, q, cost


def transport(p, q, cost):
    p, q, cost = problem(p, q, cost)
    n, m = cost.shape
    sums, totals = [], []
    for i in range(n):
        sums.append([1.0 if k // m == i else 0.0 for k in range(n * m)])
        totals.append(p[i])
    for j in range(m - 1):  # the last column follows
        sums.append([1.0 if k % m == j else 0.0 for k in range(n * m)])
        totals.append(q[j])
    found = linprog(cost.flatten(), A_eq=sums, b_eq=totals)
    return found.fun, found.x.reshape(n, m)


def log_sum(values):
    top = max(values)
    return top if math.isinf(top) else top + math.log(sum(math.exp(value - top) for value in values))


def logarithm(x):
    return math.log(x) if x > 0 else -math.inf


def sinkhorn(p, q, cost, eps, steps):
    p, q, cost = problem(p, q, cost)
    if eps <= 0:
        raise ValueError("eps must be above 0")
    if steps < 1:
        raise ValueError("steps must be at least 1")
    plan = (-cost / eps).tolist()
    for _ in range(steps):
        for i, line in enumerate(plan):
            total = log_sum(line)
            plan[i] = [logarithm(p[i]) + (x - total) if x > -math.inf else x for x in line]
        totals = [log_sum(column) for column in zip(*plan)]
        plan = [
            [logarithm(q[j]) + (x - totals[j]) if x > -math.inf else x for j, x in enumerate(line)] for line in plan
        ]
    plan = np.exp(plan)
    return np.sum(plan * cost), plan


def nearest_training(samples, train):
    samples = rows("samples", samples)
    train = rows("train", train, samples.shape[1])
    distances, places = [], []
    for one in samples:
        every = [math.dist(one, other) for other in train]
        distances.append(min(every))
        places.append(every.index(min(every)))
    return np.array(distances), np.array(places)


def coverage(samples, centers, radius, least=0.01):
    samples = rows("samples", samples)
    centers = rows("centers", centers, samples.shape[1])
    if radius < 0:
        raise ValueError("radius must not be negative")
    if not 0 <= least <= 1:
        raise ValueError("least must be a share")
    hits = [0] * len(centers)
    for distance, place in zip(*nearest_training(samples, centers)):
        hits[place] += distance <= radius
    shares = np.array(hits) / len(samples)
    return {"covered": sum(share >= least for share in shares.tolist()), "shares": shares, "outside": 1 - sum(shares)}


def assess(samples, train, log_density, copy_radius, level):
    near, _ = nearest_training(samples, train)
    if copy_radius < 0:
        raise ValueError("copy_radius must not be negative")
    densities = np.array(log_density(np.array(samples, dtype=float)), dtype=float)
    if densities.shape != near.shape or np.isnan(densities).any():
        raise ValueError("log_density must give a number for each sample")
    groups = {"copies": [], "implausible": [], "repeated": [], "good": []}
    seen = set()
    for i, sample in enumerate(np.array(samples, dtype=float).tolist()):
        if near[i] <= copy_radius:
            group = "copies"
        elif densities[i] < level:
            group = "implausible"
        elif tuple(sample) in seen:
            group = "repeated"
        else:
            group = "good"
        seen.add(tuple(sample))
        groups[group].append(i)
    return {name: np.array(indices, dtype=int) for name, indices in groups.items()}
