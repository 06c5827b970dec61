"""Plain loops over numbers; arrays only at the door."""

import math

import numpy as np


def tune(loss, settings):
    settings = list(settings)
    if not settings:
        raise ValueError("no settings to choose from")
    losses = [float(loss(setting)) for setting in settings]
    order = sorted(range(len(losses)), key=lambda i: (math.isnan(losses[i]), losses[i] if losses[i] == losses[i] else 0, i))
    if math.isnan(losses[order[0]]):
        raise ValueError("loss: all of them are NaN")
    return settings[order[0]], losses[order[0]]


def select(loss, algorithms):
    if not algorithms:
        raise ValueError("no algorithms to choose from")
    return tune(loss, algorithms)


def select_and_tune(loss, spaces):
    if not spaces:
        raise ValueError("spaces: there is no algorithm")
    champions = {}
    for name in spaces:
        if not spaces[name]:
            raise ValueError(f"the algorithm {name} has no settings")
        champions[name] = tune(lambda setting, name=name: loss(name, setting), spaces[name])
    name, value = tune(lambda name: champions[name][1], list(champions))
    return name, champions[name][0], value


def evaluations_to_reach(losses, required):
    if required != required:
        raise ValueError("required is no number")
    count = 0
    for loss in losses:
        count += 1
        if not (loss > required or loss != loss):
            return count


def expected_draws(n, seen=0):
    if n < 1:
        raise ValueError("n is too small")
    if seen < 0 or seen > n:
        raise ValueError("seen is impossible")
    total = 0.0
    while seen < n:
        total += n / (n - seen)
        seen += 1
    return total


def pareto_front(losses):
    if losses.ndim != 2 or losses.size == 0 or np.isnan(losses).any():
        raise ValueError("losses: a matrix of numbers, please")
    rows = [tuple(row) for row in losses.tolist()]
    front = []
    for i, row in enumerate(rows):
        for other in rows:
            if other != row and all(a <= b for a, b in zip(other, row)):
                break
        else:
            front.append(i)
    return np.array(front, dtype=int)


def constrained_minimum(losses, j, bounds):
    if losses.ndim != 2 or losses.size == 0 or np.isnan(losses).any():
        raise ValueError("losses: a matrix of numbers, please")
    if j not in range(losses.shape[1]):
        raise ValueError("j is no column")
    for column, limit in bounds.items():
        if column == j or column not in range(losses.shape[1]) or math.isnan(limit):
            raise ValueError("bounds: a number for each of some other columns")
    best = None
    for i, row in enumerate(losses.tolist()):
        if any(row[column] > limit for column, limit in bounds.items()):
            continue
        if best is None or row[j] < losses[best, j]:
            best = i
    return best


def kernel_knn(X, y, w, queries, h, kernel="gaussian"):
    X, queries = np.asarray(X, float), np.asarray(queries, float)
    if X.ndim != 2 or not len(X):
        raise ValueError("X is no matrix")
    if queries.ndim != 2 or queries.shape[1] != X.shape[1]:
        raise ValueError("queries do not fit")
    if len(y) != len(X) or any(label not in (-1, 1) for label in np.asarray(y).tolist()):
        raise ValueError("y is -1 or 1")
    if len(w) != len(X) or min(w) < 0:
        raise ValueError("w is a weight for each object")
    if h <= 0:
        raise ValueError("h is a width")
    if kernel not in ("rectangular", "triangular", "epanechnikov", "gaussian"):
        raise ValueError("there is no such kernel")
    found = []
    for query in queries:
        votes = 0.0
        for x, label, weight in zip(X, y, w):
            u = math.dist(query, x) / h
            if kernel == "gaussian":
                value = math.exp(-0.5 * u * u)
            elif u >= 1:
                value = 0.0
            else:
                value = {"rectangular": 1.0, "triangular": 1 - u, "epanechnikov": 1 - u * u}[kernel]
            votes += label * weight * value
        found.append(sign(votes))
    return np.array(found)


def sign(s):
    return 0 if s == 0 else int(math.copysign(1, s))


def svm_decision(X, y, lambdas, bias, kernel, queries):
    _check(X, y, lambdas)
    products = kernel(queries, X)
    return np.array([sum(p * l * c for p, l, c in zip(row, lambdas, y)) + bias for row in products])


def svm_predict(X, y, lambdas, bias, kernel, queries):
    return np.array([sign(s) for s in svm_decision(X, y, lambdas, bias, kernel, queries)])


def linear_weights(X, y, lambdas):
    _check(X, y, lambdas)
    return sum((label * weight * x for x, label, weight in zip(X, y, lambdas)), np.zeros(X.shape[1]))


def linear_predict(a, bias, queries):
    sums = [sum(p * q for p, q in zip(a, query)) + bias for query in queries]
    return np.array([sign(s) for s in sums], dtype=int)


def _check(X, y, lambdas):
    if len(y) != len(X) or set(np.unique(y)) - {-1, 1}:
        raise ValueError("y is -1 or 1")
    if len(lambdas) != len(X) or (lambdas < 0).any():
        raise ValueError("lambdas are not negative, one an object")


def objective(trial, loss):
    if trial.suggest_categorical("classifier", ("knn", "svm")) == "knn":
        return loss(
            dict(
                classifier="knn",
                k=trial.suggest_int("k", 1, 50, log=True),
                weights=trial.suggest_categorical("weights", ("uniform", "distance")),
                p=trial.suggest_float("p", 1, 3),
            )
        )
    setting = dict(classifier="svm", C=trial.suggest_float("C", 0.001, 1000, log=True))
    kernel = setting["kernel"] = trial.suggest_categorical("kernel", ("linear", "rbf", "poly"))
    if kernel == "linear":
        return loss(setting)
    setting["gamma"] = trial.suggest_float("gamma", 0.0001, 10, log=True)
    if kernel == "poly":
        setting["degree"] = trial.suggest_int("degree", 2, 5)
    return loss(setting)
