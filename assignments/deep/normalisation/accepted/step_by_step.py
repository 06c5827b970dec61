"""numpy in another order: batch normalisation backwards step by step as in the paper, jacobians of a layer at a time."""

import numpy as np

FAN = {"lecun": (1.0, 1, 0), "xavier": (2.0, 1, 1), "he_in": (2.0, 1, 0), "he_out": (2.0, 0, 1)}


def _probability(p):
    if not (p >= 0 and p < 1):
        raise ValueError("p has to be at least 0 and below 1")


def draw_mask(shape, p, rng):
    _probability(p)
    return rng.binomial(1, 1 - p, size=shape).astype(bool)


def dropout(x, mask, p):
    _probability(p)
    if mask.shape != x.shape:
        raise ValueError("mask and x differ in shape")
    y = np.zeros_like(x)
    y[mask] = x[mask]
    return y * (1 / (1 - p))


def dropout_grad(dY, mask, p):
    return dropout(dY, mask, p)


class Dropout:
    def __init__(self, p):
        _probability(p)
        self.p = p
        self.factors = 1.0

    def forward(self, x, rng, train=True):
        self.factors = dropout(np.ones_like(x), draw_mask(x.shape, self.p, rng), self.p) if train else 1.0
        return x * self.factors

    def backward(self, dY):
        return dY * self.factors


class BatchNorm:
    def __init__(self, d, eps=1e-5, momentum=0.1):
        if d < 1:
            raise ValueError("d: at least one feature")
        self.eps, self.momentum = eps, momentum
        self.gamma, self.beta = np.full(d, 1.0), np.full(d, 0.0)
        self.running_mean, self.running_var = np.full(d, 0.0), np.full(d, 1.0)
        self.gamma_gradient = self.beta_gradient = None

    def forward(self, X, train=True):
        if X.ndim != 2 or X.shape[1] != len(self.gamma) or np.isnan(X).any():
            raise ValueError("X: a matrix (n, d) without NaN is expected")
        if train and X.shape[0] == 1:
            raise ValueError("X: one object has no variance")
        self.train = train
        self.mean = np.average(X, axis=0) if train else self.running_mean
        self.centred = X - self.mean
        self.var = np.mean(np.square(self.centred), axis=0) if train else self.running_var
        self.inverse = (self.var + self.eps) ** -0.5
        if train:
            old = 1 - self.momentum
            self.running_mean = old * self.running_mean + self.momentum * self.mean
            self.running_var = old * self.running_var + self.momentum * np.var(X, axis=0, ddof=1)
        return self.gamma * self.centred * self.inverse + self.beta

    def backward(self, dY):
        if dY.shape != self.centred.shape:
            raise ValueError("dY: not the shape of X")
        n = len(dY)
        self.beta_gradient = np.einsum("nd->d", dY)
        self.gamma_gradient = np.einsum("nd,nd->d", dY, self.centred * self.inverse)
        by_normal = dY * self.gamma
        if not self.train:
            return by_normal * self.inverse
        by_var = (by_normal * self.centred).sum(axis=0) * -0.5 * self.inverse**3
        by_mean = -(by_normal * self.inverse).sum(axis=0) + by_var * -2 * self.centred.mean(axis=0)
        return by_normal * self.inverse + by_var * 2 * self.centred / n + by_mean / n


def variance(scheme, n_in, n_out):
    if scheme not in FAN:
        raise ValueError("scheme: " + ", ".join(FAN))
    for name, number in (("n_in", n_in), ("n_out", n_out)):
        if number < 1:
            raise ValueError(name + " is below 1")
    above, inputs, outputs = FAN[scheme]
    return np.float64(above / (inputs * n_in + outputs * n_out))


def init(scheme, n_in, n_out, rng, kind="normal"):
    v = variance(scheme, n_in, n_out)
    if kind == "normal":
        return v**0.5 * rng.standard_normal((n_out, n_in)).T
    if kind == "uniform":
        return (12 * v) ** 0.5 * (rng.random((n_in, n_out)) - 0.5)
    raise ValueError("kind: normal or uniform")


def _pass(weights, X, activation):
    if activation not in ("linear", "tanh", "relu"):
        raise ValueError("activation is unknown")
    if not weights or any(a.shape[1] != b.shape[0] for a, b in zip(weights, weights[1:])):
        raise ValueError("weights do not follow each other")
    if X.shape[1] != weights[0].shape[0]:
        raise ValueError("X does not fit the first matrix")
    H, slopes = [X], []
    for W in weights:
        z = np.einsum("ni,io->no", H[-1], W)
        H.append({"linear": z, "tanh": np.tanh(z), "relu": z * (z > 0)}[activation])
        slopes.append({"linear": np.ones(z.shape), "tanh": 1 - H[-1] ** 2, "relu": np.sign(H[-1])}[activation])
    return H, slopes


def _spread(A):
    return np.mean((A - np.mean(A)) ** 2)


def signal(weights, X, activation):
    return np.array(list(map(_spread, _pass(weights, X, activation)[0])))


def gradient_signal(weights, X, activation, dY):
    H, slopes = _pass(weights, X, activation)
    if H[-1].shape != dY.shape:
        raise ValueError("dY differs in shape from the last layer")
    answer, jacobian = np.empty(len(H)), np.stack([np.eye(dY.shape[1])] * len(X))  # of H_L by H_l, object by object
    answer[-1] = _spread(dY)
    for layer in range(len(weights) - 1, -1, -1):
        jacobian = np.einsum("nko,no,io->nki", jacobian, slopes[layer], weights[layer])
        answer[layer] = _spread(np.einsum("nk,nki->ni", dY, jacobian))
    return answer
