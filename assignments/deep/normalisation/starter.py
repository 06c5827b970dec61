"""Dropout, batch normalisation, initialisation: fill in the bodies below.

Check the file at home with `grader check deep/normalisation solution.py`.
"""

import numpy as np


def draw_mask(shape: tuple[int, ...], p: float, rng: np.random.Generator) -> np.ndarray:
    """Bools of this shape; each is False with the probability p, by itself."""
    raise NotImplementedError("compare uniform numbers of rng with p")


def dropout(x: np.ndarray, mask: np.ndarray, p: float) -> np.ndarray:
    """x / (1 - p) where mask is True, 0 elsewhere."""
    raise NotImplementedError("check p and the shape of mask first")


def dropout_grad(dY: np.ndarray, mask: np.ndarray, p: float) -> np.ndarray:
    """The gradient by x, from the gradient dY by dropout(x, mask, p)."""
    raise NotImplementedError("what is the derivative of an output by its own input")


class Dropout:
    """The layer: a new mask in each forward pass of training, none in prediction."""

    def __init__(self, p: float) -> None:
        raise NotImplementedError("keep p")

    def forward(self, x: np.ndarray, rng: np.random.Generator | None, train: bool = True) -> np.ndarray:
        """x of any shape -> the same shape; keeps what backward needs."""
        raise NotImplementedError("what does backward need after training, what after prediction")

    def backward(self, dY: np.ndarray) -> np.ndarray:
        """The gradient by the x of the last forward."""
        raise NotImplementedError("use the mask of the last forward")


class BatchNorm:
    """y = gamma (x - mean) / sqrt(variance + eps) + beta for each of d features.

    Attributes, all of shape (d,): gamma, beta, running_mean, running_var, gamma_gradient, beta_gradient.
    """

    def __init__(self, d: int, eps: float = 1e-5, momentum: float = 0.1) -> None:
        raise NotImplementedError("set the attributes")

    def forward(self, X: np.ndarray, train: bool = True) -> np.ndarray:
        """(n, d) -> (n, d); with train the batch's statistics, which also move the running ones."""
        raise NotImplementedError("start with the mean and the variance of each column")

    def backward(self, dY: np.ndarray) -> np.ndarray:
        """(n, d) -> (n, d): the gradient by the last X; sets gamma_gradient and beta_gradient."""
        raise NotImplementedError("derive it on paper for one column first")


def variance(scheme: str, n_in: int, n_out: int) -> float:
    """The variance of a weight: scheme is lecun, xavier, he_in or he_out."""
    raise NotImplementedError("look at the table of the statement")


def init(scheme: str, n_in: int, n_out: int, rng: np.random.Generator, kind: str = "normal") -> np.ndarray:
    """Random weights (n_in, n_out) with mean 0 and this variance; kind is normal or uniform."""
    raise NotImplementedError("which deviation, or which interval, has this variance")


def signal(weights: list[np.ndarray], X: np.ndarray, activation: str) -> np.ndarray:
    """The variances (L + 1,) of X and of the outputs of each of L layers; activation is linear, tanh or relu."""
    raise NotImplementedError("run the net forward and keep a number for each layer")


def gradient_signal(weights: list[np.ndarray], X: np.ndarray, activation: str, dY: np.ndarray) -> np.ndarray:
    """The variances (L + 1,) of the gradients by X and by the outputs of each layer; the last is that of dY."""
    raise NotImplementedError("run the net forward, keep the sums, and go back from dY")
