"""A multilayer perceptron from scratch. Check it with `grader check deep/perceptron solution.py`."""

import numpy as np


def activation(name: str, x: np.ndarray, *, a: float = 0.1, beta: float = 0.25) -> np.ndarray:
    """f(x) entry by entry; `name` is one of the nine names of the statement."""
    raise NotImplementedError("start here: a formula for each name, first those without powers of e")


def activation_grad(name: str, x: np.ndarray, *, a: float = 0.1, beta: float = 0.25) -> np.ndarray:
    """f'(x) entry by entry; the statement says what it is at 0."""
    raise NotImplementedError("write down the derivative of each formula")


def prelu_beta_grad(x: np.ndarray) -> np.ndarray:
    """The derivative of the parametric ReLU by beta."""
    raise NotImplementedError("where does beta stand in the formula?")


def noisy_relu(x: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """max(0, x + sqrt(sigmoid(x)) noise); both arrays have the same shape."""
    raise NotImplementedError("the sigmoid is a variance, hence the root")


def noisy_relu_grad(x: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """The derivative of noisy_relu by x for this noise."""
    raise NotImplementedError("x stands in two places")


class Perceptron:
    """Layers Y = f(X W + b), the last without f."""

    def __init__(self, weights: list[np.ndarray], biases: list[np.ndarray], activation: str = "tanh") -> None:
        """Keep copies of the arrays in the lists `weights` and `biases`."""
        raise NotImplementedError("check the shapes, then keep the copies")

    def forward(self, X: np.ndarray) -> np.ndarray:
        """From X (n, m) to Y (n, k); remember what backward needs."""
        raise NotImplementedError("loop over the layers")

    def backward(self, dY: np.ndarray) -> np.ndarray:
        """From dY (n, k) to dX (n, m); make the lists weight_gradients and bias_gradients anew."""
        raise NotImplementedError("loop over the layers from the last to the first")


class Residual:
    """Y = X + inner(X)."""

    def __init__(self, inner) -> None:
        raise NotImplementedError("keep it")

    def forward(self, X: np.ndarray) -> np.ndarray:
        """From X (n, m) to Y (n, m)."""
        raise NotImplementedError("compare the shapes before you add")

    def backward(self, dY: np.ndarray) -> np.ndarray:
        """From dY (n, m) to dX (n, m)."""
        raise NotImplementedError("along how many ways does X reach Y?")


def clip_global(grads: list[np.ndarray], c: float) -> list[np.ndarray]:
    """The same direction, with a norm of at most c over all arrays together."""
    raise NotImplementedError("one norm for all arrays")


def clip_local(grads: list[np.ndarray], c: float) -> list[np.ndarray]:
    """Each entry moved into [-c, c]."""
    raise NotImplementedError("entry by entry")


def train(net, X: np.ndarray, Y: np.ndarray, rate: float, steps: int, clip: float | None = None) -> np.ndarray:
    """Gradient descent on the mean square error; the error before each step, (steps,)."""
    raise NotImplementedError("forward, error, backward, step")


def permute_hidden(
    weights: list[np.ndarray], biases: list[np.ndarray], layer: int, order: np.ndarray
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Parameters of the same function: unit i of hidden layer `layer` is the former unit order[i]."""
    raise NotImplementedError("what belongs to a unit?")


def interpolate(x: np.ndarray, y: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Weights and biases of a ReLU network with one hidden layer whose graph is a broken line through the points."""
    raise NotImplementedError("how does one unit max(0, x - x_i) change the slope?")
