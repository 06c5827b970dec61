"""L-BFGS-B: minimisation in a box (lecture 2, section 13, L02.lbfgsb).

R. Byrd, P. Lu, J. Nocedal, C. Zhu, "A limited memory algorithm for bound constrained optimization", SIAM Journal on
Scientific Computing 16 (1995). The model and its minimum are in `box_model`. The line search here is the Wolfe search
of this package, cut off at the bounds, instead of the one of More and Thuente.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import ArrayLike

from reference.autodiff.second_order.box_model import Box, Model, model_minimum
from reference.autodiff.second_order.line_search import Function, Gradient, NoStep, Point, evaluate, search
from reference.autodiff.second_order.minimisers import Outcome, stopping
from reference.checks.arrays import Floats, vector
from reference.checks.numbers import whole


def lbfgsb(
    f: Function,
    gradient: Gradient,
    start: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    memory: int = 10,
    tolerance: float = 1e-6,
    max_iter: int = 200,
) -> Outcome:
    """The minimum of f over ``low <= w <= high``.

    Neither function is ever called outside of the box; a start outside is moved to the nearest point of it.

    Parameters: ``f`` from (p,) to a number; ``gradient`` from (p,) to (p,); ``start`` (p,); the bounds ``low`` and
    ``high`` (p,), which may be infinite, or equal; ``memory`` of at least 1, in pairs; ``tolerance`` above 0;
    ``max_iter`` of at least 1.
    Returns: w (p,), the number of steps made, and whether no entry of ``w - clip(w - g, low, high)`` exceeds the
    tolerance.
    Raises: ValueError naming ``start``, ``low`` (another shape, NaN, above ``high``), ``high`` (another shape, NaN),
    ``memory``, ``tolerance`` or ``max_iter``.
    Complexity: O(m p^2 + m^3 p) a step with m pairs, and at most 60 evaluations of f and of the gradient; the paper's
    updates make it O(m^2 p + p log p). Memory O(m p + m^2).
    Source: lecture 2, section 13; Byrd et al. 1995.
    """
    first = vector("start", start)
    box = Box(vector("low", low, first.size, infinite=True), vector("high", high, first.size, infinite=True))
    if (box.low > box.high).any():
        raise ValueError("low must not be above high")
    enough, most = stopping(tolerance, max_iter)
    pairs: deque[tuple[Floats, Floats]] = deque(maxlen=whole("memory", memory))
    here = evaluate(f, gradient, box.clip(first))
    for iterations in range(most):
        if projected(here, box) <= enough:
            return here.w, iterations, True
        target = model_minimum(Model(pairs, first.size), here.w, here.gradient, box)
        try:
            there = towards(f, gradient, here, target - here.w, box)
        except NoStep:
            return here.w, iterations, False
        remember(pairs, there.w - here.w, there.gradient - here.gradient)
        here = there
    return here.w, most, projected(here, box) <= enough


def towards(f: Function, gradient: Gradient, here: Point, direction: Floats, box: Box) -> Point:
    """A Wolfe step along ``direction``, or the longest one that stays in the box."""
    longest = max(1.0, box.distance(here.w, direction))  # the target is in the box; only rounding says otherwise
    return search(f, gradient, here, direction, longest=longest, inside=box.clip)[1]


def projected(here: Point, box: Box) -> float:
    """The largest entry of ``w - clip(w - g)``: the step against the gradient within the box; 0 at a minimum."""
    return float(np.abs(here.w - box.clip(here.w - here.gradient)).max())


def remember(pairs: deque[tuple[Floats, Floats]], s: Floats, y: Floats) -> None:
    """Keep the pair unless it shows no curvature, which a step that ends at a bound may do."""
    if s @ y > 1e-14 * (y @ y):
        pairs.append((s, y))
