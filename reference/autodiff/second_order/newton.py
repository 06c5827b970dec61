"""The Newton-Raphson method (lecture 2, section 13, L02.newton).

J. Nocedal, S. J. Wright, "Numerical optimization", 2nd ed., Springer 2006, section 3.3. The plain method of the
lecture: no line search and no change of the Hessian, so it goes to saddles and maxima too, and may diverge from afar.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from reference.autodiff.second_order.minimisers import Outcome, stopping
from reference.checks.arrays import Floats, array, vector
from reference.checks.numbers import positive


def newton_step(g: ArrayLike, H: ArrayLike, mu: float = 1.0) -> Floats:
    """The change of w: ``-mu H^-1 g``, by solving ``H d = g``.

    Parameters: ``g`` (p,), the gradient; ``H`` (p, p), the Hessian, symmetric but not always positive definite; ``mu``
    above 0.
    Returns: (p,).
    Raises: ValueError naming ``g``, ``H`` (another shape, singular) or ``mu``.
    Complexity: O(p^3); memory O(p^2).
    Source: lecture 2, section 13; Nocedal, Wright 2006.

    >>> newton_step([2.0, 3.0], [[4.0, 0.0], [0.0, 1.0]])
    array([-0.5, -3. ])
    """
    mu = positive("mu", mu)
    slope = vector("g", g)
    hessian = array("H", H, (slope.size, slope.size))
    try:
        return -mu * np.asarray(np.linalg.solve(hessian, slope), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise ValueError("H is singular") from None


def newton(
    gradient: Callable[[Floats], ArrayLike],
    hessian: Callable[[Floats], ArrayLike],
    start: ArrayLike,
    mu: float = 1.0,
    tolerance: float = 1e-8,
    max_iter: int = 50,
) -> Outcome:
    """Steps of `newton_step` until the gradient's norm is at most ``tolerance``.

    The gradient is computed once at each point, the Hessian once a step.

    Parameters: ``gradient`` from (p,) to (p,); ``hessian`` from (p,) to (p, p); ``start`` (p,); ``mu`` above 0;
    ``tolerance`` above 0; ``max_iter`` of at least 1.
    Returns: w (p,), the number of steps made, and whether the gradient's norm is at most the tolerance.
    Raises: ValueError naming ``start``, ``mu``, ``tolerance``, ``max_iter``, or what `newton_step` names.
    Complexity: O(p^3) a step, and one gradient and one Hessian; memory O(p^2).
    Source: lecture 2, section 13; Nocedal, Wright 2006.
    """
    w, mu = vector("start", start), positive("mu", mu)
    enough, most = stopping(tolerance, max_iter)
    g = vector("gradient", gradient(w.copy()))
    for iterations in range(most):
        if np.linalg.norm(g) <= enough:
            return w, iterations, True
        w = w + newton_step(g, hessian(w.copy()), mu)
        g = vector("gradient", gradient(w.copy()))
    return w, most, bool(np.linalg.norm(g) <= enough)
