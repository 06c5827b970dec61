"""Second-order methods. Check it with `grader check autodiff/second-order solution.py`."""

import numpy as np


def newton_step(g, H, mu: float = 1.0) -> np.ndarray:
    """The change of w: -mu H^-1 g."""
    raise NotImplementedError("start here: solve H d = g")


def newton(gradient, hessian, start, mu: float = 1.0, tolerance: float = 1e-8, max_iter: int = 50) -> tuple:
    """(w, iterations, converged) of Newton's method."""
    raise NotImplementedError("look at the gradient's norm before each step")


def wolfe_step(f, gradient, w, direction, c1: float = 1e-4, c2: float = 0.9) -> float:
    """A step that satisfies both Wolfe conditions."""
    raise NotImplementedError("try 1; too long: go back; too short: go on")


def bfgs_update(C, s, y) -> np.ndarray:
    """The next approximation of the inverse Hessian: (I - rho s y^T) C (I - rho y s^T) + rho s s^T."""
    raise NotImplementedError("np.outer makes s y^T")


def bfgs(f, gradient, start, tolerance: float = 1e-6, max_iter: int = 200) -> tuple:
    """(w, iterations, converged) of BFGS."""
    raise NotImplementedError("the direction -C g, a Wolfe step along it, an update")


def lbfgs_direction(g, S, Y) -> np.ndarray:
    """-C g from the pairs in the rows of S and Y, without the matrix C."""
    raise NotImplementedError("two loops over the pairs")


def lbfgs(f, gradient, start, memory: int = 10, tolerance: float = 1e-6, max_iter: int = 200) -> tuple:
    """(w, iterations, converged) of L-BFGS."""
    raise NotImplementedError("as bfgs, with the last pairs instead of C")


def lbfgsb(f, gradient, start, low, high, memory: int = 10, tolerance: float = 1e-6, max_iter: int = 200) -> tuple:
    """(w, iterations, converged) of L-BFGS with low <= w <= high."""
    raise NotImplementedError("every point goes through np.clip before f and gradient see it")


def fisher_matrix(G, blocks=None) -> np.ndarray:
    """The covariance of the rows of G, zero between different blocks."""
    raise NotImplementedError("subtract the mean of the rows")


def natural_step(G, g, mu: float, damping: float, blocks=None) -> np.ndarray:
    """The change of w: -mu (F + damping I)^-1 g."""
    raise NotImplementedError("block by block")


def natural_descent(per_object, start, mu: float, damping: float, steps: int, blocks=None) -> np.ndarray:
    """w after natural steps against the mean gradient."""
    raise NotImplementedError("per_object(w) is the G of each step")
