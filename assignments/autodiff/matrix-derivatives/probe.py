"""Runs beside the student's code: blocks around functions that must outlive a call, and blocks that keep a log."""

import numpy as np


class Logged:
    """``Y = X M``, and a log of every call; M is square and does not commute with others."""

    def __init__(self, name, M, log):
        self.name, self.M, self.log = name, M, log

    def forward(self, X):
        self.log.append(f"forward {self.name}")
        return X @ self.M

    def backward(self, dY):
        self.log.append(f"backward {self.name}")
        return dY @ self.M.T


def tanh(Map):
    return Map(np.tanh, lambda x: 1.0 - np.tanh(x) ** 2)


def logged(Composition, matrices, X, dY):
    """What a composition of logged blocks returns, and their log."""
    log = []
    model = Composition([Logged(str(number), M, log) for number, M in enumerate(matrices)])
    return model.forward(X), model.backward(dY), log


def nested(Sequential, matrices, X, dY):
    """The same blocks in a composition of compositions: [[0, 1], [2, [3]]]."""
    log = []
    a, b, c, d = (Logged(str(number), M, log) for number, M in enumerate(matrices))
    model = Sequential([Sequential([a, b]), Sequential([c, Sequential([d])])])
    return model.forward(X), model.backward(dY), log


def network(Linear, Map, Sequential, weights, biases, X, dY):
    """Linear blocks with tanh between them: Y, dX, and each block's gradients."""
    linear = [Linear(weight, bias) for weight, bias in zip(weights, biases)]
    blocks = [linear[0]]
    for block in linear[1:]:
        blocks += [tanh(Map), block]
    model = Sequential(blocks)
    Y, dX = model.forward(X), model.backward(dY)
    return Y, dX, [block.weight_gradient for block in linear], [block.bias_gradient for block in linear]


def branches(Linear, Map, Sequential, Parallel, weight, bias, X, dY):
    """sin(X) + tanh(X W + b) + 2 X: Y and dX."""
    double = Map(lambda x: 2.0 * x, lambda x: np.full_like(x, 2.0))
    deep = Sequential([Linear(weight, bias), tanh(Map)])
    model = Parallel([Map(np.sin, np.cos), deep, double])
    return model.forward(X), model.backward(dY)


def map_twice(Map, first, second, dY):
    """Two forwards, then two backwards: all that a Map returned."""
    block = tanh(Map)
    return block.forward(first), block.forward(second), block.backward(dY), block.backward(dY)


def bare_backward(Map, dY):
    """A backward without a forward."""
    return tanh(Map).backward(dY)
