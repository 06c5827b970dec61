"""Functions to minimise, with gradients, Hessians and starts, for the tests of second-order methods."""

from __future__ import annotations

import numpy as np
from scipy.optimize import rosen, rosen_der


def quadratic(size: int, condition: float, rng: np.random.Generator):
    """``(w - a)^T A (w - a) / 2``: f, its gradient, A, and a."""
    basis, _ = np.linalg.qr(rng.normal(size=(size, size)))
    A = (basis * np.geomspace(1, condition, size)) @ basis.T
    a = rng.normal(size=size)
    return (lambda w: 0.5 * (w - a) @ A @ (w - a)), (lambda w: A @ (w - a)), A, a


def logistic(objects: int, size: int, rng: np.random.Generator, ridge: float = 0.1):
    """The mean logistic loss with a ridge: f, its gradient, its Hessian."""
    X, y = rng.normal(size=(objects, size)), rng.choice([-1.0, 1.0], size=objects)

    def f(w):
        return np.logaddexp(0, -y * (X @ w)).mean() + ridge / 2 * w @ w

    def gradient(w):
        return -(y / (1 + np.exp(y * (X @ w)))) @ X / objects + ridge * w

    def hessian(w):
        p = 1 / (1 + np.exp(-X @ w))
        return (X.T * (p * (1 - p))) @ X / objects + ridge * np.eye(size)

    return f, gradient, hessian


def one_parameter_slope(w):
    """Of ``log(exp(w) + exp(-w / 2))``."""
    return (1 - 0.5 * np.exp(-1.5 * w)) / (1 + np.exp(-1.5 * w))


def smooth_problems():
    """(f, gradient, start) of different shapes: bent valleys, long ellipses, sums of exponentials."""
    rng = np.random.default_rng(5)
    f, g, _, _ = quadratic(12, 1e4, rng)
    loss, slope, _ = logistic(40, 5, rng)
    return {
        "rosenbrock-2": (rosen, rosen_der, np.array([-1.2, 1.0])),
        "rosenbrock-8": (rosen, rosen_der, np.tile([0.5, 0.8], 4)),
        "ellipse": (f, g, np.zeros(12)),
        "logistic": (loss, slope, np.full(5, 3.0)),
        "one-parameter": (lambda w: float(np.logaddexp(w[0], -w[0] / 2)), one_parameter_slope, np.array([-4.0])),
        "flat-quartic": (lambda w: float((w**4).sum()), lambda w: 4 * w**3, np.array([1.0, -2.0, 3.0])),
    }
