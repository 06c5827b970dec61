"""Everything through plain loops over places, as the lecture writes them."""

import itertools

import numpy as np


def need(condition, name):
    if not condition:
        raise ValueError(f"{name}: this argument does not fit")


def arr(name, values, shape=None):
    out = np.asarray(values, dtype=np.float64) * 1.0
    need(out.size > 0 and bool(np.all(np.isfinite(out))), name)
    need(shape is None or out.shape == tuple(shape), name)
    return out


def mse(predicted, target):
    p = arr("predicted", predicted)
    need(p.ndim == 2, "predicted")
    t = arr("target", target, p.shape)
    total = 0.0
    for row, true in zip(p, t):
        for a, b in zip(row, true):
            total += (a - b) * (a - b)
    return total / p.size


def mse_gradient(predicted, target):
    p = arr("predicted", predicted)
    need(p.ndim == 2, "predicted")
    t = arr("target", target, p.shape)
    n, k = p.shape
    return np.array([[2 * (p[i, j] - t[i, j]) / (n * k) for j in range(k)] for i in range(n)])


def walk(pattern, a, b):
    """Checks, then (x, y, z) of every step, and the shape of the result."""
    head, arrow, tail = pattern.partition("->")
    sides = head.split(",")
    need(arrow and len(sides) == 2, "pattern")
    need(all(c.islower() and c.isascii() for c in "".join(sides) + tail), "pattern")
    need(len(set(tail)) == len(tail) and set(tail) <= set("".join(sides)), "pattern")
    a, b = arr("a", a), arr("b", b)
    size = {}
    for name, side, array in (("a", sides[0], a), ("b", sides[1], b)):
        need(array.ndim == len(side), name)
        for letter, length in zip(side, array.shape):
            need(size.setdefault(letter, length) == length, name)
    steps = []
    for numbers in itertools.product(*[range(v) for v in size.values()]):
        at = dict(zip(size, numbers))
        steps.append(tuple(tuple(at[c] for c in side) for side in (*sides, tail)))
    return a, b, steps, [size[c] for c in tail]


def contraction(pattern, a, b):
    a, b, steps, shape = walk(pattern, a, b)
    c = np.zeros(shape)
    for x, y, z in steps:
        c[z] += a[x] * b[y]
    return c


def contraction_vjp(pattern, a, b, dC):
    a, b, steps, shape = walk(pattern, a, b)
    dC = arr("dC", dC, shape)
    da, db = np.zeros(a.shape), np.zeros(b.shape)
    for x, y, z in steps:
        da[x] += dC[z] * b[y]
        db[y] += dC[z] * a[x]
    return da, db


def sum_vjp(operands, dY):
    xs = [arr("operands", x) for x in operands]
    need(len(xs) > 0, "operands")
    try:
        shape = np.broadcast(*xs).shape if len(xs) > 1 else xs[0].shape
    except ValueError:
        raise ValueError("operands: they cannot be added")
    dY = arr("dY", dY, shape)
    answers = [np.zeros(x.shape) for x in xs]
    for place in np.ndindex(*shape):
        for answer in answers:
            own = place[len(place) - answer.ndim :]
            answer[tuple(0 if n == 1 else i for i, n in zip(own, answer.shape))] += dY[place]
    return answers


def matmul_vjp(X1, X2, dY):
    left, right = arr("X1", X1), arr("X2", X2)
    need(left.ndim == 2, "X1")
    need(right.ndim == 2 and right.shape[0] == left.shape[1], "X2")
    arr("dY", dY, (left.shape[0], right.shape[1]))
    return contraction_vjp("ij,jk->ik", left, right, dY)


def hadamard_vjp(factors, dY):
    xs = [arr("factors", x) for x in factors]
    need(len(xs) > 0 and len({x.shape for x in xs}) == 1, "factors")
    dY = arr("dY", dY, xs[0].shape)
    answers = []
    for i in range(len(xs)):
        answer = dY.copy()
        for j, x in enumerate(xs):
            if i != j:
                answer *= x
        answers.append(answer)
    return answers


def map_vjp(derivative, X, dY):
    X = arr("X", X)
    dY = arr("dY", dY, X.shape)
    slopes = [float(derivative(float(x))) * d for x, d in zip(X.ravel(), dY.ravel())]
    return np.array(slopes).reshape(X.shape)


def inverse_vjp(X, dY):
    X = arr("X", X)
    need(X.ndim == 2 and X.shape[0] == X.shape[1], "X")
    dY = arr("dY", dY, X.shape)
    need(np.linalg.matrix_rank(X) == len(X), "X")
    right = np.linalg.solve(X.T, dY)  # X^-T dY
    return -np.linalg.solve(X, right.T).T  # ... X^-T


def transpose_vjp(dY, axes=None):
    dY = arr("dY", dY)
    axes = tuple(reversed(range(dY.ndim))) if axes is None else tuple(axes)
    need(set(axes) == set(range(dY.ndim)) and len(axes) == dY.ndim, "axes")
    return np.moveaxis(dY, range(dY.ndim), axes).copy()


def permute_vjp(permutation, dY):
    order = [int(i) for i in permutation]
    need(set(order) == set(range(len(order))), "permutation")
    dY = arr("dY", dY, (len(order),))
    home = {source: place for place, source in enumerate(order)}
    return np.array([dY[home[i]] for i in range(len(order))])


def sort_vjp(X, dY):
    X = arr("X", X)
    need(X.ndim > 0, "X")
    dY = arr("dY", dY, X.shape)
    answer = np.zeros(X.shape)
    for place in np.ndindex(*X.shape[:-1]):
        order = sorted(range(X.shape[-1]), key=lambda i: X[place][i])
        for rank, source in enumerate(order):
            answer[place + (source,)] = dY[place + (rank,)]
    return answer


class Linear:
    def __init__(self, weight, bias):
        self.weight = arr("weight", weight)
        need(self.weight.ndim == 2, "weight")
        self.bias = arr("bias", bias, self.weight.shape[1:])
        self.seen = None

    def forward(self, X):
        X = arr("X", X)
        need(X.ndim == 2 and X.shape[1] == self.weight.shape[0], "X")
        self.seen = X
        return contraction_free(X, self.weight) + self.bias

    def backward(self, dY):
        if self.seen is None:
            raise RuntimeError("there was no forward")
        dY = arr("dY", dY, (self.seen.shape[0], self.weight.shape[1]))
        dX, self.weight_gradient = matmul_vjp(self.seen, self.weight, dY)
        self.bias_gradient = sum_vjp([dY, self.bias], dY)[1]
        return dX


def contraction_free(left, right):
    return np.array([[sum(a * b for a, b in zip(row, column)) for column in right.T] for row in left])


class Map:
    def __init__(self, function, derivative):
        self.function, self.derivative = function, derivative

    def forward(self, X):
        self.seen = arr("X", X)
        return self.function(self.seen)

    def backward(self, dY):
        if not hasattr(self, "seen"):
            raise RuntimeError("there was no forward")
        return map_vjp(self.derivative, self.seen, dY)


class Sequential:
    def __init__(self, blocks):
        need(len(blocks) > 0, "blocks")
        self.head, self.rest = blocks[0], Sequential(blocks[1:]) if len(blocks) > 1 else None

    def forward(self, X):
        Y = self.head.forward(X)
        return Y if self.rest is None else self.rest.forward(Y)

    def backward(self, dY):
        return self.head.backward(dY if self.rest is None else self.rest.backward(dY))


class Parallel:
    def __init__(self, blocks):
        need(len(blocks) > 0, "blocks")
        self.blocks = list(blocks)

    def forward(self, X):
        return np.sum([block.forward(X) for block in self.blocks], axis=0)

    def backward(self, dY):
        return np.sum([block.backward(dY) for block in self.blocks], axis=0)
