"""Numbers one by one: math, lists and loops; arrays only at the door."""

import math

import numpy as np

NAMES = ("sigmoid", "tanh", "relu", "leaky", "prelu", "softplus", "arctan", "softsign", "lecun")


def checked(name, values):
    values = np.asarray(values, dtype=float)
    if values.size == 0 or not np.all(np.isfinite(values)):
        raise ValueError(f"{name} is empty or not finite")
    return values


def logistic(x):
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    power = math.exp(x)
    return power / (1 + power)


def value(name, x, a, beta):
    if name == "sigmoid":
        return logistic(x)
    if name == "tanh":
        return math.tanh(x)
    if name == "relu":
        return x if x > 0 else 0.0
    if name == "leaky":
        return x if x > 0 else 0.01 * x
    if name == "prelu":
        return x if x > 0 else beta * x
    if name == "softplus":
        return max(x, 0.0) + math.log1p(math.exp(-abs(x)))
    if name == "arctan":
        return math.atan(x)
    if name == "softsign":
        return x / (1 + abs(x))
    return math.tanh(x) + a * x


def slope(name, x, a, beta):
    if name == "sigmoid":
        return logistic(x) * (1 - logistic(x))
    if name == "tanh":
        return (1 - math.tanh(x)) * (1 + math.tanh(x))
    if name in ("relu", "leaky", "prelu"):
        return 1.0 if x > 0 else {"relu": 0.0, "leaky": 0.01, "prelu": beta}[name]
    if name == "softplus":
        return logistic(x)
    if name == "arctan":
        return 1 / (1 + x * x)
    if name == "softsign":
        return (1 + abs(x)) ** -2
    return 1 + a - math.tanh(x) ** 2


def each(function, *arrays):
    flat = [function(*entries) for entries in zip(*(one.ravel().tolist() for one in arrays))]
    return np.array(flat).reshape(arrays[0].shape)


def activation(name, x, *, a=0.1, beta=0.25):
    if name not in NAMES:
        raise ValueError("unknown name")
    return each(lambda x: value(name, x, a, beta), checked("x", x))


def activation_grad(name, x, *, a=0.1, beta=0.25):
    if name not in NAMES:
        raise ValueError("unknown name")
    return each(lambda x: slope(name, x, a, beta), checked("x", x))


def prelu_beta_grad(x):
    return each(lambda x: 0.0 if x > 0 else x, checked("x", x))


def with_noise(x, noise):
    x, noise = checked("x", x), checked("noise", noise)
    if x.shape != noise.shape:
        raise ValueError("noise and numbers differ in shape")
    return x, noise


def noisy_relu(x, noise):
    return each(lambda x, z: max(0.0, x + math.sqrt(logistic(x)) * z), *with_noise(x, noise))


def noisy_relu_grad(x, noise):
    def one(x, z):
        s = logistic(x)
        return 1 + z * math.sqrt(s) * (1 - s) / 2 if x + math.sqrt(s) * z > 0 else 0.0

    return each(one, *with_noise(x, noise))


def copies(weights, biases):
    if len(weights) == 0:
        raise ValueError("weights: none")
    if len(biases) != len(weights):
        raise ValueError("biases: another number of layers")
    weights, biases = [checked("weights", one) for one in weights], [checked("biases", one) for one in biases]
    for number, (weight, bias) in enumerate(zip(weights, biases)):
        if weight.ndim != 2 or (number and len(weight) != len(biases[number - 1])):
            raise ValueError("weights do not fit")
        if bias.shape != (weight.shape[1],):
            raise ValueError("biases do not fit")
    return [one.copy() for one in weights], [one.copy() for one in biases]


class Perceptron:
    def __init__(self, weights, biases, activation="tanh"):
        self.weights, self.biases = copies(weights, biases)
        if activation not in NAMES:
            raise ValueError("activation is unknown")
        self.name = activation

    def forward(self, X):
        X = checked("X", X)
        if X.ndim != 2 or X.shape[1] != len(self.weights[0]):
            raise ValueError("X does not fit")
        self.traces = [self.follow(row) for row in X.tolist()]
        return np.array([trace[-1][1] for trace in self.traces])

    def follow(self, row):
        """What one object meets in each layer: (input, sums)."""
        trace = []
        for weight, bias in zip(self.weights, self.biases):
            if trace:
                row = [value(self.name, one, 0.1, 0.25) for one in trace[-1][1]]
            columns = weight.T.tolist()
            sums = [sum(x * w for x, w in zip(row, column)) + b for column, b in zip(columns, bias.tolist())]
            trace.append((row, sums))
        return trace

    def backward(self, dY):
        dY = checked("dY", dY)
        if dY.shape != (len(self.traces), len(self.biases[-1])):
            raise ValueError("dY does not fit")
        self.weight_gradients = [np.zeros(one.shape) for one in self.weights]
        self.bias_gradients = [np.zeros(one.shape) for one in self.biases]
        return np.array([self.back(trace, above) for trace, above in zip(self.traces, dY.tolist())])

    def back(self, trace, above):
        for layer in range(len(trace) - 1, -1, -1):
            row, sums = trace[layer]
            if layer < len(trace) - 1:
                above = [d * slope(self.name, s, 0.1, 0.25) for d, s in zip(above, sums)]
            self.weight_gradients[layer] += np.outer(row, above)
            self.bias_gradients[layer] += above
            above = [sum(d * w for d, w in zip(above, line)) for line in self.weights[layer].tolist()]
        return above


class Residual:
    def __init__(self, inner):
        self.inner = inner

    def forward(self, X):
        X = np.array(X, dtype=float)
        more = np.asarray(self.inner.forward(X.copy()))
        if more.shape != X.shape:
            raise ValueError("inner changes the shape")
        X += more
        return X

    def backward(self, dY):
        dX = np.array(self.inner.backward(dY), dtype=float)
        dX += dY
        return dX


def gradients(grads, c):
    if not c > 0:
        raise ValueError("c must be positive")
    if len(grads) == 0:
        raise ValueError("grads: none")
    return [checked("grads", part) for part in grads]


def clip_global(grads, c):
    grads = gradients(grads, c)
    norm = math.hypot(*(entry for part in grads for entry in part.ravel().tolist()))
    factor = c / norm if norm > c else 1.0
    return [factor * part for part in grads]


def clip_local(grads, c):
    return [each(lambda g: math.copysign(min(abs(g), c), g), part) for part in gradients(grads, c)]


def train(net, X, Y, rate, steps, clip=None):
    for name, number in (("rate", rate), ("steps", steps), ("clip", 1 if clip is None else clip)):
        if number <= 0:
            raise ValueError(f"{name} must be positive")
    history = []
    for _ in range(steps):
        output = net.forward(X)
        if np.shape(Y) != output.shape:
            raise ValueError("Y has another shape than the output")
        rest = output - Y
        history.append(float(np.mean(rest * rest)))
        net.backward(rest * (2 / rest.size))
        grads = list(net.weight_gradients) + list(net.bias_gradients)
        if clip is not None:
            grads = clip_global(grads, clip)
        for number in range(len(net.weights)):
            net.weights[number] = net.weights[number] - rate * grads[number]
            net.biases[number] = net.biases[number] - rate * grads[len(net.weights) + number]
    return np.array(history)


def permute_hidden(weights, biases, layer, order):
    weights, biases = copies(weights, biases)
    if layer not in range(len(weights) - 1):
        raise ValueError("layer: no such hidden layer")
    if sorted(np.asarray(order).tolist()) != list(range(len(biases[layer]))):
        raise ValueError("order is no permutation")
    old = weights[layer].copy(), biases[layer].copy(), weights[layer + 1].copy()
    for new, before in enumerate(np.asarray(order).tolist()):
        weights[layer][:, new] = old[0][:, before]
        biases[layer][new] = old[1][before]
        weights[layer + 1][new, :] = old[2][before, :]
    return weights, biases


def interpolate(x, y):
    """A unit for each point and one that is always on: constant to the left and to the right of all points."""
    x = checked("x", x)
    if np.shape(y) != x.shape:
        raise ValueError("y is of another length")
    points = sorted(zip(x.tolist(), checked("y", y).tolist()))
    if len({place for place, _ in points}) < len(points):
        raise ValueError("x holds a point twice")
    slopes = [(q[1] - p[1]) / (q[0] - p[0]) for p, q in zip(points, points[1:])]
    bends = [after - before for before, after in zip([0.0, *slopes], [*slopes, 0.0])]
    weights = [np.array([[1.0] * len(bends) + [0.0]]), np.array([[bend] for bend in bends] + [[points[0][1]]])]
    return weights, [np.array([-place for place, _ in points] + [1.0]), np.zeros(1)]
