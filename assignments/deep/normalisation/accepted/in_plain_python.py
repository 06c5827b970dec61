"""Loops over entries in plain Python; arrays are read and made at the doors only."""

import math

import numpy as np


def need(condition, name):
    if not condition:
        raise ValueError(f"{name} is wrong")


def draw_mask(shape, p, rng):
    need(0 <= p < 1, "p")
    return np.array([rng.uniform() < 1 - p for _ in range(math.prod(shape))]).reshape(shape)


def masked(values, mask, p):
    need(0 <= p < 1, "p")
    need(np.shape(mask) == np.shape(values), "mask")
    flat = [value / (1 - p) if kept else 0.0 for value, kept in zip(np.ravel(values), np.ravel(mask))]
    return np.reshape(flat, np.shape(values))


def dropout(x, mask, p):
    return masked(x, mask, p)


def dropout_grad(dY, mask, p):
    return masked(dY, mask, p)


class Dropout:
    def __init__(self, p):
        need(0 <= p < 1, "p")
        self.p = p

    def forward(self, x, rng, train=True):
        self.mask = draw_mask(x.shape, self.p, rng) if train else None
        return dropout(x, self.mask, self.p) if train else x.copy()

    def backward(self, dY):
        return dY.copy() if self.mask is None else dropout_grad(dY, self.mask, self.p)


class BatchNorm:
    def __init__(self, d, eps=1e-5, momentum=0.1):
        need(d >= 1, "d")
        self.d, self.eps, self.momentum = d, eps, momentum
        self.gamma, self.running_var = np.ones(d), np.ones(d)
        self.beta, self.running_mean = np.zeros(d), np.zeros(d)

    def forward(self, X, train=True):
        need(X.ndim == 2 and X.shape[1] == self.d and len(X) > train and math.isfinite(X.sum()), "X")
        self.train, columns, self.normal, self.roots = train, X.T.tolist(), [], []
        for j, column in enumerate(columns):
            mean, var = self.running_mean[j], self.running_var[j]
            if train:
                n = len(column)
                mean = math.fsum(column) / n
                squares = math.fsum((value - mean) ** 2 for value in column)
                var = squares / n
                self.running_mean[j] += self.momentum * (mean - self.running_mean[j])
                self.running_var[j] += self.momentum * (squares / (n - 1) - self.running_var[j])
            self.roots.append(math.sqrt(var + self.eps))
            self.normal.append([(value - mean) / self.roots[-1] for value in column])
        return np.array([[g * v + b for v in c] for g, b, c in zip(self.gamma, self.beta, self.normal)]).T

    def backward(self, dY):
        need(dY.shape == (len(self.normal[0]), self.d), "dY")
        result, n = [], len(dY)
        self.beta_gradient = np.array([math.fsum(column) for column in dY.T])
        self.gamma_gradient = np.array([math.fsum(a * b for a, b in zip(*pair)) for pair in zip(dY.T, self.normal)])
        for j, column in enumerate(dY.T.tolist()):
            factor = self.gamma[j] / self.roots[j]
            if self.train:
                first, second = self.beta_gradient[j] / n, self.gamma_gradient[j] / n
                column = [value - first - z * second for value, z in zip(column, self.normal[j])]
            result.append([factor * value for value in column])
        return np.array(result).T


def variance(scheme, n_in, n_out):
    need(n_in >= 1, "n_in")
    need(n_out >= 1, "n_out")
    if scheme == "lecun":
        return 1 / n_in
    if scheme == "xavier":
        return 1 / ((n_in + n_out) / 2)
    need(scheme in ("he_in", "he_out"), "scheme")
    return 2 / (n_in if scheme == "he_in" else n_out)


def init(scheme, n_in, n_out, rng, kind="normal"):
    need(kind in ("normal", "uniform"), "kind")
    deviation = math.sqrt(variance(scheme, n_in, n_out))

    def one():
        if kind == "uniform":
            return deviation * math.sqrt(3) * (2 * rng.random() - 1)
        return deviation * math.sqrt(-2 * math.log(1 - rng.random())) * math.cos(2 * math.pi * rng.random())

    return np.array([[one() for _ in range(n_out)] for _ in range(n_in)])


def spread(rows):
    entries = [value for row in rows for value in row]
    mean = math.fsum(entries) / len(entries)
    return math.fsum((value - mean) ** 2 for value in entries) / len(entries)


def product(A, B):
    return [[math.fsum(a * b for a, b in zip(row, column)) for column in zip(*B)] for row in A]


ACTIVATIONS = {
    "linear": (lambda z: z, lambda z: 1.0),
    "tanh": (math.tanh, lambda z: 1 / math.cosh(z) ** 2),
    "relu": (lambda z: z if z > 0 else 0.0, lambda z: 1.0 if z > 0 else 0.0),
}


def layers(weights, X, activation):
    need(activation in ACTIVATIONS, "activation")
    need(len(weights) > 0, "weights")
    need(X.shape[1] == len(weights[0]), "X")
    sums, outputs = [], [X.tolist()]
    for W in weights:
        need(len(W) == len(outputs[-1][0]), "weights")
        sums.append(product(outputs[-1], W.tolist()))
        outputs.append([[ACTIVATIONS[activation][0](z) for z in row] for row in sums[-1]])
    return sums, outputs


def signal(weights, X, activation):
    return np.array([spread(rows) for rows in layers(weights, X, activation)[1]])


def gradient_signal(weights, X, activation, dY):
    sums, outputs = layers(weights, X, activation)
    need(dY.shape == np.shape(outputs[-1]), "dY")
    gradient, answer = dY.tolist(), [spread(dY.tolist())]
    for W, z in zip(weights[::-1], sums[::-1]):
        inner = [[g * ACTIVATIONS[activation][1](s) for g, s in zip(*pair)] for pair in zip(gradient, z)]
        gradient = product(inner, W.T.tolist())
        answer.insert(0, spread(gradient))
    return np.array(answer)
