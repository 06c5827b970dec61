"""Subsets as sets, steps by recursion, populations as lists of dicts."""

import numpy as np


def check(name, good):
    if not good:
        raise ValueError("bad " + name)


def sfs(score, d, k):
    check("d", d > 0)
    check("k", 0 < k <= d)

    def step(chosen):
        if len(chosen) == k:
            return chosen
        scores = {j: score(tuple(sorted({*chosen, j}))) for j in range(d) if j not in chosen}
        top = max(scores.values())
        return step([*chosen, min(j for j in scores if scores[j] == top)])

    return step([])


def sbe(score, d, k):
    check("d", d > 0)
    check("k", 0 < k <= d)
    removed = ()
    while d - len(removed) > k:
        left = set(range(d)) - set(removed)
        best, place = -np.inf, None
        for j in sorted(left):
            value = score(tuple(sorted(left - {j})))
            if place is None or value > best:
                best, place = value, j
        removed += (place,)
    return removed


def permutation_importance(predict, loss, X, y, rng, repeats=5):
    X = np.array(X, dtype=float)
    check("X", X.ndim == 2 and len(X) and not np.isnan(X).any())
    check("y", len(y) == len(X))
    check("repeats", repeats > 0)
    base = loss(y, predict(X))
    result = []
    for j in range(X.shape[1]):
        column, grown = X[:, j].copy(), 0
        for _ in range(repeats):
            rng.shuffle(X[:, j])
            grown += loss(y, predict(X)) - base
        X[:, j] = column
        result.append(grown / repeats)
    return np.array(result)


def hill_binary(score, start, budget, rng):
    start = np.array(start)
    check("start", start.ndim == 1 and len(start) > 1 and any(start))
    check("budget", budget > 0)
    d, current = len(start), {j for j, inside in enumerate(start) if inside}
    history = [score(tuple(sorted(current)))]
    while len(history) < budget:
        places = [j for j in range(d) if current != {j}]
        candidate = current ^ {places[rng.integers(len(places))]}
        value = score(tuple(sorted(candidate)))
        if value < history[-1]:
            history.append(history[-1])
        else:
            history.append(value)
            current = candidate
    return np.array([j in current for j in range(d)]), history[-1], history


def genetic_binary(score, d, size, generations, rng, elite=1):
    check("d", d > 0)
    check("size", size > 1)
    check("generations", generations >= 0)
    check("elite", 0 < elite < size)

    def scored(subset):
        return {"subset": subset, "value": score(tuple(sorted(subset)))}

    def at_random():
        subset = set()
        while not subset:
            subset = {j for j in range(d) if rng.random() < 0.5}
        return subset

    def parent():
        pair = [population[i] for i in rng.choice(size, size=2)]
        return max(pair, key=lambda one: one["value"])["subset"]

    def child():
        mother, father = parent(), parent()
        subset = {j for j in range(d) if j in (mother if rng.random() < 0.5 else father)}
        subset ^= {j for j in range(d) if rng.random() < 1 / d}
        return subset or {int(rng.integers(d))}

    population = [scored(at_random()) for _ in range(size)]
    history = []
    for generation in range(generations + 1):
        if generation:
            children = [scored(child()) for _ in range(size - elite)]
            population = population[:elite] + children
        population.sort(key=lambda one: one["value"], reverse=True)
        history.append(population[0]["value"])
    best = population[0]
    return np.array([j in best["subset"] for j in range(d)]), best["value"], history
