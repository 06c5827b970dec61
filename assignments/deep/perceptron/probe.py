"""Runs inside, beside the student's code: objects that the suite made up, and blocks around them.

It holds no secret: what these objects compute is asked outside.
"""


class Network:
    """A network with the parameters here and the computation outside."""

    def __init__(self, weights, biases, forward, backward):
        self.weights = list(weights)
        self.biases = list(biases)
        self.weight_gradients = []
        self.bias_gradients = []
        self._computed = forward, backward
        self._X = None

    def forward(self, X):
        self._X = X
        return self._computed[0](self.weights, self.biases, X)

    def backward(self, dY):
        dX, self.weight_gradients, self.bias_gradients = self._computed[1](self.weights, self.biases, self._X, dY)
        return dX


class Inner:
    """What a residual block has inside: it remembers X and Y themselves, as networks do, and computes outside."""

    def __init__(self, forward, backward):
        self._computed = forward, backward
        self._X, self._Y = None, None

    def forward(self, X):
        self._X, self._Y = X, self._computed[0](X)
        return self._Y

    def backward(self, dY):
        return self._computed[1](self._X, self._Y, dY)


def network(weights, biases, forward, backward):
    """A network for `train`."""
    return Network(weights, biases, forward, backward)


def forward_of_copies(Perceptron, weights, biases, X):
    """What a network makes of X when its arguments are overwritten once it is made."""
    net = Perceptron(weights, biases)
    for given in (*weights, *biases):
        given[:] = 7.0
    return net.forward(X)


def with_other_parameters(Perceptron, weights, biases, new_weights, new_biases, X, dY):
    """Y and dX of a network whose first layer is changed in place and whose others are replaced in the lists."""
    net = Perceptron(weights, biases)
    net.weights[0][:], net.biases[0][:] = new_weights[0], new_biases[0]
    net.weights[1:], net.biases[1:] = new_weights[1:], new_biases[1:]
    return net.forward(X), net.backward(dY)


def block(Residual, forward, backward, depth=1):
    """A residual block around another one, and so on, ``depth`` of them, the innermost around these functions."""
    made = Inner(forward, backward)
    for _ in range(depth):
        made = Residual(made)
    return made
