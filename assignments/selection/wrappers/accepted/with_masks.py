"""Subsets as arrays of bools everywhere, steps as arrays of scores, a whole generation at once."""

import numpy as np


def need(condition, name):
    if not condition:
        raise ValueError(f"{name} is wrong")


def ask(score, mask):
    return score(tuple(int(j) for j in range(len(mask)) if mask[j]))


def sequential(score, d, steps, value):
    mask, order = np.full(d, not value), []
    for _ in range(steps):
        scores = np.full(d, -np.inf)
        for j in np.where(mask != value)[0]:
            mask[j] = value
            scores[j] = ask(score, mask)
            mask[j] = not value
        best = int(np.argmax(scores))
        mask[best] = value
        order.append(best)
    return order


def sfs(score, d, k):
    need(d >= 1, "d")
    need(1 <= k <= d, "k")
    return sequential(score, d, k, True)


def sbe(score, d, k):
    need(d >= 1, "d")
    need(1 <= k <= d, "k")
    return sequential(score, d, d - k, False)


def permutation_importance(predict, loss, X, y, rng, repeats=5):
    X = np.asarray(X, dtype=float)
    need(X.ndim == 2 and X.size > 0 and np.isfinite(X).all(), "X")
    need(len(y) == len(X), "y")
    need(repeats >= 1, "repeats")
    losses = np.empty((repeats, X.shape[1]))
    for repeat in range(repeats):
        for j in range(X.shape[1]):
            order = np.argsort(rng.random(len(X)))
            losses[repeat, j] = loss(y, predict(np.column_stack([X[:, :j], X[order, j], X[:, j + 1 :]])))
    return losses.mean(axis=0) - loss(y, predict(X))


def hill_binary(score, start, budget, rng):
    mask = np.asarray(start, dtype=bool)
    need(mask.ndim == 1 and mask.size >= 2 and mask.any(), "start")
    need(budget >= 1, "budget")
    history = np.empty(budget)
    history[0] = ask(score, mask)
    for step in range(1, budget):
        while True:
            other = mask ^ (np.arange(mask.size) == rng.integers(mask.size))
            if other.any():
                break
        value = ask(score, other)
        history[step] = max(value, history[step - 1])
        if value == history[step]:
            mask = other
    return mask, history[-1], history


def genetic_binary(score, d, size, generations, rng, elite=1):
    need(d >= 1, "d")
    need(size >= 2, "size")
    need(generations >= 0, "generations")
    need(1 <= elite < size, "elite")
    masks = rng.integers(0, 2, size=(size, d)).astype(bool)
    while not masks.any(axis=1).all():
        empty = ~masks.any(axis=1)
        masks[empty] = rng.integers(0, 2, size=(int(empty.sum()), d)).astype(bool)
    values = np.array([ask(score, mask) for mask in masks])
    history = [values.max()]
    for _ in range(generations):
        pairs = rng.integers(size, size=(2, size - elite, 2))
        winners = np.where(values[pairs[..., 0]] >= values[pairs[..., 1]], pairs[..., 0], pairs[..., 1])
        coins = rng.integers(0, 2, size=(size - elite, d)).astype(bool)
        children = np.where(coins, masks[winners[0]], masks[winners[1]])
        children = children != (rng.random(children.shape) * d < 1)
        for child in children:
            if child.sum() == 0:
                child[rng.integers(d)] = True
        best = np.argsort(-values, kind="stable")[:elite]
        masks = np.concatenate([masks[best], children])
        values = np.concatenate([values[best], [ask(score, child) for child in children]])
        history.append(values.max())
    best = values.argmax()
    return masks[best], values[best], history
