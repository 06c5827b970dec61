"""All methods as generators of moves in plain floats, driven by one runner."""

import math

import numpy as np


def check(good, name):
    if not good:
        raise ValueError(f"{name}: this value is not allowed")


def run(rule, gradient, start, steps, rates=(), gammas=()):
    """rule(n) is a generator: it yields a point to differentiate at, is sent the gradient, and yields the next."""
    first = np.asarray(start, dtype=float)
    check(first.ndim == 1 and len(first) > 0 and all(map(math.isfinite, first)), "start")
    check(steps >= 1, "steps")
    for name, value in rates:
        check(value > 0 and math.isfinite(value), name)
    for name, value in gammas:
        check(0 <= value < 1, name)
    point = [float(x) for x in first]
    path = [point]
    method = rule(point)
    place = next(method)
    for _ in range(steps):
        slope = np.asarray(gradient(np.array(place)), dtype=float)
        check(slope.shape == first.shape and bool(np.isfinite(slope).all()), "gradient")
        point, place = method.send([float(x) for x in slope])
        path.append(point)
    return np.array(path)


def gradient_descent(gradient, start, mu, steps):
    def rule(w):
        g = yield w
        while True:
            w = [x - mu * d for x, d in zip(w, g)]
            g = yield w, w

    return run(rule, gradient, start, steps, [("mu", mu)])


def with_speed(ahead, gradient, start, mu, steps, gamma):
    def rule(w):
        v = [0.0] * len(w)
        g = yield w
        while True:
            w, v = [x - s for x, s in zip(w, v)], [gamma * s + mu * d for s, d in zip(v, g)]
            g = yield w, [x - s for x, s in zip(w, v)] if ahead else w

    return run(rule, gradient, start, steps, [("mu", mu)], [("gamma", gamma)])


def momentum(gradient, start, mu, steps, gamma=0.9):
    return with_speed(False, gradient, start, mu, steps, gamma)


def nesterov(gradient, start, mu, steps, gamma=0.9):
    return with_speed(True, gradient, start, mu, steps, gamma)


def coordinatewise(make):
    """A rule from one that moves a single number: make() gives a function from its slope to its move."""

    def rule(w):
        movers = [make() for _ in w]
        g = yield w
        while True:
            w = [x + mover(d) for x, mover, d in zip(w, movers, g)]
            g = yield w, w

    return rule


def adagrad(gradient, start, mu, steps, eps=1e-8):
    def make():
        squares = []

        def mover(d):
            squares.append(d * d)
            return -mu * d * (math.fsum(squares) + eps) ** -0.5

        return mover

    return run(coordinatewise(make), gradient, start, steps, [("mu", mu), ("eps", eps)])


class Mean:
    def __init__(self, gamma):
        self.gamma, self.value, self.power = gamma, 0.0, 1.0

    def add(self, x):
        self.value += (1 - self.gamma) * (x - self.value)
        self.power *= self.gamma
        return self.value

    def fair(self):
        return self.value / (1 - self.power)


def rmsprop(gradient, start, mu, steps, gamma=0.9, eps=1e-8):
    def make():
        mean = Mean(gamma)
        return lambda d: -mu * d / math.sqrt(mean.add(d * d) + eps)

    return run(coordinatewise(make), gradient, start, steps, [("mu", mu), ("eps", eps)], [("gamma", gamma)])


def adadelta(gradient, start, steps, gamma=0.9, eps=1e-6):
    def make():
        slopes, moves = Mean(gamma), Mean(gamma)

        def mover(d):
            move = -d * math.sqrt((moves.value + eps) / (slopes.add(d * d) + eps))
            moves.add(move * move)
            return move

        return mover

    return run(coordinatewise(make), gradient, start, steps, [("eps", eps)], [("gamma", gamma)])


def adam(gradient, start, mu, steps, gamma1=0.9, gamma2=0.999, eps=1e-8):
    def make():
        slopes, squares = Mean(gamma1), Mean(gamma2)

        def mover(d):
            slopes.add(d)
            squares.add(d * d)
            return -mu * slopes.fair() / math.sqrt(squares.fair() + eps)

        return mover

    gammas = [("gamma1", gamma1), ("gamma2", gamma2)]
    return run(coordinatewise(make), gradient, start, steps, [("mu", mu), ("eps", eps)], gammas)
