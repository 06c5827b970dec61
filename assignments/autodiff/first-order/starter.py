"""Gradient descent and its improvements. Check it with `grader check autodiff/first-order solution.py`.

Every function returns the points w_0, ..., w_steps by rows: an array of shape (steps + 1, n).
"""

import numpy as np


def gradient_descent(gradient, start: np.ndarray, mu: float, steps: int) -> np.ndarray:
    """w_k = w_{k-1} - mu g_k."""
    raise NotImplementedError("start here: begin a list with a copy of start, and append a new array at each step")


def momentum(gradient, start: np.ndarray, mu: float, steps: int, gamma: float = 0.9) -> np.ndarray:
    """w_{k+1} = w_k - v_k, v_{k+1} = gamma v_k + mu g(w_k)."""
    raise NotImplementedError("which v does the step use, the old or the new one?")


def nesterov(gradient, start: np.ndarray, mu: float, steps: int, gamma: float = 0.9) -> np.ndarray:
    """As momentum, with the gradient at w_k - v_k."""
    raise NotImplementedError("one line differs from momentum")


def adagrad(gradient, start: np.ndarray, mu: float, steps: int, eps: float = 1e-8) -> np.ndarray:
    """w_k = w_{k-1} - mu / sqrt(G_k + eps) g_k."""
    raise NotImplementedError("a sum of squares for each coordinate")


def rmsprop(gradient, start: np.ndarray, mu: float, steps: int, gamma: float = 0.9, eps: float = 1e-8) -> np.ndarray:
    """w_k = w_{k-1} - mu / sqrt(E_k + eps) g_k."""
    raise NotImplementedError("a moving mean of squares for each coordinate")


def adadelta(gradient, start: np.ndarray, steps: int, gamma: float = 0.9, eps: float = 1e-6) -> np.ndarray:
    """w_k = w_{k-1} - RMS[d]_{k-1} / RMS[g]_k g_k."""
    raise NotImplementedError("two moving means; which of them is a step behind?")


def adam(
    gradient,
    start: np.ndarray,
    mu: float,
    steps: int,
    gamma1: float = 0.9,
    gamma2: float = 0.999,
    eps: float = 1e-8,
) -> np.ndarray:
    """w_k = w_{k-1} - mu / sqrt(b_hat_k + eps) m_hat_k."""
    raise NotImplementedError("two moving means, and what makes up for their beginning at 0")
