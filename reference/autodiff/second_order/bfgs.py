"""BFGS: the inverse Hessian, learned from steps and changes of the gradient (lecture 2, section 13, L02.bfgs).

C. G. Broyden; R. Fletcher; D. Goldfarb; D. F. Shanno (1970, four papers); J. Nocedal, S. J. Wright, "Numerical
optimization", 2nd ed., Springer 2006, section 6.1. The first matrix is the identity, never scaled.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.autodiff.second_order.line_search import Function, Gradient
from reference.autodiff.second_order.minimisers import Outcome
from reference.autodiff.second_order.quasi_newton import descend
from reference.checks.arrays import Floats, array, square, vector


def bfgs_update(C: ArrayLike, s: ArrayLike, y: ArrayLike) -> Floats:
    """``(I - rho s y^T) C (I - rho y s^T) + rho s s^T`` with ``rho = 1 / (y^T s)``; the new matrix maps y to s.

    Parameters: ``C`` (p, p), symmetric; ``s`` (p,), the step; ``y`` (p,), the change of the gradient.
    Raises: ValueError naming ``C``, ``s``, or ``y`` (another shape, not finite, ``y^T s`` not positive).
    """
    inverse = square("C", C)
    step, change = array("s", s, inverse.shape[:1]), array("y", y, inverse.shape[:1])
    along = change @ step
    if not along > 0:
        raise ValueError("y must have a positive product with s")
    keep = np.eye(len(step)) - np.outer(step, change) / along  # (p, p)
    return keep @ inverse @ keep.T + np.outer(step, step) / along


class Dense:
    """The inverse Hessian as a matrix, the identity at first."""

    def __init__(self, size: int) -> None:
        self.inverse: Floats = np.eye(size)

    def direction(self, g: Floats) -> Floats:
        return -self.inverse @ g

    def learn(self, s: Floats, y: Floats) -> None:
        self.inverse = bfgs_update(self.inverse, s, y)


def bfgs(f: Function, gradient: Gradient, start: ArrayLike, tolerance: float = 1e-6, max_iter: int = 200) -> Outcome:
    """Minimise f: (w, steps made, whether the gradient's norm is at most ``tolerance``).

    Ends early where no Wolfe step is found. Raises ValueError naming ``start``, ``tolerance`` or ``max_iter``.
    """
    first = vector("start", start)
    return descend(f, gradient, first, Dense(first.size), tolerance, max_iter)
