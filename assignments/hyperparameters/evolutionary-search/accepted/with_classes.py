"""Kinds of parameters as classes, coordinates in loops, populations as arrays of losses."""

import math

import numpy as np


def rand_real(m, rng):
    if m < 1:
        raise ValueError("m: a vector needs a coordinate")
    return np.array([rng.normal() for _ in range(m)])


def mutate_real(x, eps, rng, share=1.0):
    if eps < 0:
        raise ValueError("eps is a deviation")
    if share < 0 or share > 1:
        raise ValueError("share is a probability")
    y = np.array(x, dtype=float)
    for j in range(len(y)):
        if rng.random() < share:
            y[j] += rng.normal(0, eps)
    return y


def cross_real(x1, x2):
    if len(x1) != len(x2):
        raise ValueError("x2 is another kind of animal than x1")
    return np.mean([x1, x2], axis=0)


class Category:
    def __init__(self, values):
        self.values = list(values)
        assert self.values

    def rand(self, rng):
        return rng.choice(len(self.values))

    def decode(self, code):
        return self.values[code]

    def encode(self, value):
        return self.values.index(value)

    def mutate(self, code, rng, eps, shift):
        if len(self.values) == 1:
            return code
        return (code + int(rng.integers(1, len(self.values)))) % len(self.values)

    def cross(self, a, b, rng):
        return [a, b][rng.integers(2)]


class Number:
    def __init__(self, low, high):
        assert low <= high
        self.low, self.high = low, high

    def encode(self, value):
        if not self.low <= value <= self.high:
            raise ValueError
        return value

    def clip(self, value):
        return max(self.low, min(self.high, value))


class Integer(Number):
    def rand(self, rng):
        return rng.integers(self.low, self.high + 1)

    def decode(self, code):
        return int(code)

    def mutate(self, value, rng, eps, shift):
        steps = [step for step in range(-shift, shift + 1) if step]
        return self.clip(value + steps[rng.integers(len(steps))])

    def cross(self, a, b, rng):
        return math.floor((a + b) / 2 + 0.5)


class Real(Number):
    def rand(self, rng):
        return self.low + (self.high - self.low) * rng.random()

    def decode(self, code):
        return float(code)

    def mutate(self, value, rng, eps, shift):
        return self.clip(rng.normal(value, eps * (self.high - self.low)))

    def cross(self, a, b, rng):
        return 0.5 * a + 0.5 * b


KINDS = {"category": Category, "integer": Integer, "real": Real}


def parse(space):
    parsed = {}
    for name, (kind, *arguments) in space.items():
        try:
            parsed[name] = KINDS[kind](*arguments)
        except (KeyError, AssertionError):
            raise ValueError(f"the parameter {name} is wrong") from None
    return parsed


def encode(setting, parsed):
    codes = {}
    for name, kind in parsed.items():
        try:
            codes[name] = kind.encode(setting[name])
        except (KeyError, ValueError):
            raise ValueError(f"the value of {name} is wrong") from None
    return codes


def rand_mixed(space, rng):
    return {name: kind.decode(kind.rand(rng)) for name, kind in parse(space).items()}


def mutate_mixed(setting, space, rng, eps=0.1, shift=2):
    if shift < 1 or eps < 0:
        raise ValueError("eps" if eps < 0 else "shift")
    parsed = parse(space)
    codes = encode(setting, parsed)
    name = list(parsed)[rng.integers(len(parsed))]
    codes[name] = parsed[name].mutate(codes[name], rng, eps, shift)
    return {name: kind.decode(codes[name]) for name, kind in parsed.items()}


def cross_mixed(first, second, space, rng):
    parsed = parse(space)
    a, b = encode(first, parsed), encode(second, parsed)
    return {name: kind.decode(kind.cross(a[name], b[name], rng)) for name, kind in parsed.items()}


def to_onehot(category, categories):
    vector = np.array([1.0 if other == category else 0.0 for other in categories])
    if vector.sum() != 1:
        raise ValueError("category is unknown")
    return vector


def from_onehot(x, categories):
    if np.shape(x) != (len(categories),) or any(math.isnan(v) for v in x):
        raise ValueError("x does not fit")
    place = 0
    for j in range(1, len(x)):
        if x[j] > x[place]:
            place = j
    return categories[place]


def setting_from_vector(x, space):
    parameters = parse(space)
    sizes = {name: len(one.values) if isinstance(one, Category) else 1 for name, one in parameters.items()}
    if np.shape(x) != (sum(sizes.values()),) or np.isnan(x).any():
        raise ValueError("x does not fit the space")
    entries, setting = iter(x), {}
    for name, one in parameters.items():
        own = [float(next(entries)) for _ in range(sizes[name])]
        u = min(max(own[0], 0.0), 1.0)
        if isinstance(one, Category):
            setting[name] = one.values[own.index(max(own))]
        elif isinstance(one, Integer):
            setting[name] = int(one.clip(math.floor(one.low + u * (one.high + 1 - one.low))))
        else:
            setting[name] = float((1 - u) * one.low + u * one.high)
    return setting


def hill_climbing(loss, start, mutate, budget):
    if budget < 1:
        raise ValueError("budget is too small")
    history = [loss(start)]
    x = start
    while len(history) < budget:
        y = mutate(x)
        value = loss(y)
        if value > history[-1]:
            value, y = history[-1], x
        x = y
        history.append(value)
    return x, history[-1], history


def acceptance(d, t):
    if t < 0:
        raise ValueError("t is below zero")
    if d <= 0:
        return 1.0
    return 0.0 if t == 0 else float(np.exp(-min(d / t, 1e4)))


def simulated_annealing(loss, start, mutate, temperatures, rng):
    if len(temperatures) and min(temperatures) < 0:
        raise ValueError("temperatures below zero")
    walk = [(start, loss(start))]
    for t in temperatures:
        x, value = walk[-1]
        y = mutate(x)
        new = loss(y)
        walk.append((y, new) if rng.uniform() <= acceptance(new - value, t) and acceptance(new - value, t) else (x, value))
    best = min(walk, key=lambda pair: pair[1])
    return best[0], best[1], [value for _, value in walk]


def genetic(loss, rand, mutate, cross, size, generations, rng, elite=1):
    if size < 2:
        raise ValueError("size is too small")
    if generations < 0:
        raise ValueError("generations below zero")
    if elite < 1 or elite >= size:
        raise ValueError("elite is out of bounds")
    people = [rand() for _ in range(size)]
    losses = np.array([loss(x) for x in people])
    history = [float(losses.min())]
    for _ in range(generations):
        parents = []
        for _ in range(2 * (size - elite)):
            i, j = rng.integers(size), rng.integers(size)
            parents.append(people[i if losses[i] < losses[j] else j])
        children = [cross(a, b) for a, b in zip(parents[::2], parents[1::2])]
        children = [mutate(child) for child in children]
        order = np.argsort(losses, kind="stable")[:elite]
        people = [people[i] for i in order] + children
        losses = np.concatenate([losses[order], [loss(x) for x in children]])
        history.append(float(losses.min()))
    best = int(np.argmin(losses))
    return people[best], float(losses[best]), history
