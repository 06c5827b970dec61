"""BFGS: the inverse Hessian, estimated from steps and changes of the gradient (lecture 2, section 13, L02.bfgs).

C. G. Broyden, "The convergence of a class of double-rank minimization algorithms", IMA Journal of Applied Mathematics 6
(1970); R. Fletcher, "A new approach to variable metric algorithms", The Computer Journal 13 (1970); D. Goldfarb, "A
family of variable-metric methods derived by variational means", Mathematics of Computation 24 (1970); D. F. Shanno,
"Conditioning of quasi-Newton methods for function minimization", Mathematics of Computation 24 (1970); J. Nocedal,
S. J. Wright, "Numerical optimization", 2nd ed., Springer 2006, section 6.1. The first matrix is the identity, never
scaled.
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
    Returns: (p, p).
    Raises: ValueError naming ``C``, ``s``, or ``y`` (another shape, ``y^T s`` not positive).
    Complexity: O(p^3), as matrices are multiplied; O(p^2) is possible by updates of rank one. Memory O(p^2).
    Source: lecture 2, section 13; Broyden 1970; Fletcher 1970; Goldfarb 1970; Shanno 1970.
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
        """``-C g``, (p,)."""
        return -self.inverse @ g

    def learn(self, s: Floats, y: Floats) -> None:
        """Take in a step s (p,) and the change y (p,) of the gradient."""
        self.inverse = bfgs_update(self.inverse, s, y)


def bfgs(f: Function, gradient: Gradient, start: ArrayLike, tolerance: float = 1e-6, max_iter: int = 200) -> Outcome:
    """The minimum of f from a start.

    Ends early where no Wolfe step is found.

    Parameters: ``f`` from (p,) to a number; ``gradient`` from (p,) to (p,); ``start`` (p,); ``tolerance`` above 0;
    ``max_iter`` of at least 1.
    Returns: w (p,), the number of steps made, and whether the gradient's norm is at most the tolerance.
    Raises: ValueError naming ``start``, ``tolerance`` or ``max_iter``.
    Complexity: O(p^3) a step, as in `bfgs_update`, and at most 60 evaluations of f and of the gradient; memory O(p^2).
    Source: lecture 2, section 13; Broyden 1970; Fletcher 1970; Goldfarb 1970; Shanno 1970.
    """
    first = vector("start", start)
    return descend(f, gradient, first, Dense(first.size), tolerance, max_iter)
