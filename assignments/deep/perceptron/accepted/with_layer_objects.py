"""Small objects with forward and backward, a parameter dictionary inside, updates in place."""

import numpy as np


def sigma(x):
    return 0.5 + 0.5 * np.tanh(0.5 * x)


TABLE = {
    "sigmoid": (lambda x, a, b: sigma(x), lambda x, a, b: 0.25 - 0.25 * np.tanh(0.5 * x) ** 2),
    "tanh": (lambda x, a, b: 2 * sigma(2 * x) - 1, lambda x, a, b: 4 * sigma(2 * x) * sigma(-2 * x)),
    "relu": (lambda x, a, b: x * (x > 0), lambda x, a, b: (x > 0).astype(float)),
    "leaky": (lambda x, a, b: np.maximum(x, 0.01 * x), lambda x, a, b: 0.01 + 0.99 * (x > 0)),
    "prelu": (
        lambda x, a, b: np.maximum(x, 0) + b * np.minimum(x, 0),
        lambda x, a, b: (x > 0) + b * (x <= 0),
    ),
    "softplus": (
        lambda x, a, b: np.clip(x, 0, None) + np.log1p(np.exp(-np.abs(x))),
        lambda x, a, b: 1 / (1 + np.exp(-x)),
    ),
    "arctan": (lambda x, a, b: np.arctan2(x, 1), lambda x, a, b: 1 / np.hypot(1, x) ** 2),
    "softsign": (lambda x, a, b: np.sign(x) * (1 - 1 / (1 + abs(x))), lambda x, a, b: 1 / (1 + 2 * abs(x) + x * x)),
    "lecun": (lambda x, a, b: np.tanh(x) + a * x, lambda x, a, b: 1 + a - np.tanh(x) ** 2),
}


def take(name, what, ndim=None):
    what = np.array(what, dtype=np.float64)
    if not what.size or np.isnan(what).any() or np.isinf(what).any() or ndim not in (None, what.ndim):
        raise ValueError("wrong argument " + name)
    return what


def look_up(name, argument="name"):
    try:
        return TABLE[name]
    except KeyError:
        raise ValueError("wrong argument " + argument) from None


def activation(name, x, *, a=0.1, beta=0.25):
    return look_up(name)[0](take("x", x), a, beta)


def activation_grad(name, x, *, a=0.1, beta=0.25):
    return look_up(name)[1](take("x", x), a, beta) * 1.0


def prelu_beta_grad(x):
    x = take("x", x)
    x[x > 0] = 0.0
    return x


def noisy(x, noise):
    x, noise = take("x", x), take("noise", noise)
    if x.shape != noise.shape:
        raise ValueError("wrong argument noise")
    return x, noise, np.sqrt(1 / (1 + np.exp(-x)))


def noisy_relu(x, noise):
    x, noise, root = noisy(x, noise)
    total = x + root * noise
    total[total < 0] = 0
    return total


def noisy_relu_grad(x, noise):
    x, noise, root = noisy(x, noise)
    return np.heaviside(x + root * noise, 0.0) * (1 + noise * root * (1 - root**2) / 2)


class Affine:
    def __init__(self, net, number):
        self.net, self.number = net, number

    def forward(self, X):
        self.X = X
        return np.einsum("ni,io->no", X, self.net.weights[self.number]) + self.net.biases[self.number]

    def backward(self, dY):
        self.net.weight_gradients[self.number] = np.einsum("ni,no->io", self.X, dY)
        self.net.bias_gradients[self.number] = np.ones(len(dY)) @ dY
        return np.einsum("no,io->ni", dY, self.net.weights[self.number])


class Bend:
    def __init__(self, f, df):
        self.f, self.df = f, df

    def forward(self, X):
        self.slope = self.df(X, 0.1, 0.25)
        return self.f(X, 0.1, 0.25)

    def backward(self, dY):
        return dY * self.slope


def fitted(weights, biases):
    weights = [take("weights", one, 2) for one in weights]
    biases = [take("biases", one, 1) for one in biases]
    if not weights or any(a.shape[1] != b.shape[0] for a, b in zip(weights[:-1], weights[1:])):
        raise ValueError("wrong argument weights")
    if [one.shape[1] for one in weights] != [one.size for one in biases]:
        raise ValueError("wrong argument biases")
    return weights, biases


class Perceptron:
    def __init__(self, weights, biases, activation="tanh"):
        self.weights, self.biases = fitted(weights, biases)
        self.weight_gradients, self.bias_gradients = [None] * len(weights), [None] * len(weights)
        self.chain = [Affine(self, 0)]
        for number in range(1, len(weights)):
            self.chain += [Bend(*look_up(activation, "activation")), Affine(self, number)]
        look_up(activation, "activation")

    def forward(self, X):
        X = take("X", X, 2)
        if X.shape[1] != self.weights[0].shape[0]:
            raise ValueError("wrong argument X")
        for part in self.chain:
            X = part.forward(X)
        self.shape = X.shape
        return X

    def backward(self, dY):
        dY = take("dY", dY)
        if dY.shape != self.shape:
            raise ValueError("wrong argument dY")
        for part in self.chain[::-1]:
            dY = part.backward(dY)
        return dY


class Residual:
    def __init__(self, inner):
        self.inner = inner

    def forward(self, X):
        out = self.inner.forward(X)
        if np.shape(out) != np.shape(X):
            raise ValueError("wrong argument inner")
        return np.add(X, out)

    def backward(self, dY):
        return np.add(dY, self.inner.backward(dY))


def bounded(grads, c):
    if not np.isfinite(c) or c <= 0:
        raise ValueError("wrong argument c")
    if not len(grads):
        raise ValueError("wrong argument grads")
    return [take("grads", part) for part in grads]


def clip_global(grads, c):
    grads = bounded(grads, c)
    flat = np.concatenate([part.ravel() for part in grads])
    unit = np.max(np.abs(flat)) or 1.0
    norm = np.linalg.norm(flat / unit)
    for part in grads:
        part *= min(1.0, c / unit / norm) if norm else 1.0
    return grads


def clip_local(grads, c):
    return [np.where(np.abs(part) > c, c * np.sign(part), part) for part in bounded(grads, c)]


def train(net, X, Y, rate, steps, clip=None):
    if not rate > 0:
        raise ValueError("wrong argument rate")
    if not steps >= 1:
        raise ValueError("wrong argument steps")
    if clip is not None and not clip > 0:
        raise ValueError("wrong argument clip")
    losses = np.zeros(steps)
    for step in range(steps):
        out = net.forward(X)
        if out.shape != np.shape(Y):
            raise ValueError("wrong argument Y")
        losses[step] = np.square(out - Y).sum() / out.size
        net.backward(2 / out.size * (out - Y))
        grads = [*net.weight_gradients, *net.bias_gradients]
        for value, grad in zip([*net.weights, *net.biases], clip_global(grads, clip) if clip else grads):
            value -= rate * grad
    return losses


def permute_hidden(weights, biases, layer, order):
    weights, biases = fitted(weights, biases)
    if not 0 <= layer <= len(weights) - 2:
        raise ValueError("wrong argument layer")
    P = np.eye(biases[layer].size)
    if len(order) != len(P) or set(order.tolist()) != set(range(len(P))):
        raise ValueError("wrong argument order")
    P = P[order]
    weights[layer] = weights[layer] @ P.T
    biases[layer] = P @ biases[layer]
    weights[layer + 1] = P @ weights[layer + 1]
    return weights, biases


def interpolate(x, y):
    """A lower triangular system: the value at each point fixes the weight of the unit before it."""
    x, y = take("x", x, 1), take("y", y, 1)
    if len(np.unique(x)) < len(x):
        raise ValueError("wrong argument x")
    if x.shape != y.shape:
        raise ValueError("wrong argument y")
    places, order = np.unique(x, return_index=True)
    starts = np.concatenate([[places[0] - 1.0], places[:-1]])
    bends = np.linalg.solve(np.maximum(places[:, None] - starts, 0.0), y[order])
    return [np.ones((1, len(x))), bends[:, None]], [-starts, np.zeros(1)]
