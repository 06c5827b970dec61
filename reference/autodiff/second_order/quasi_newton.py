"""The loop that BFGS and L-BFGS share (lecture 2, section 13): a direction, a Wolfe step, an update."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from reference.autodiff.second_order.line_search import Function, Gradient, NoStep, evaluate, search
from reference.autodiff.second_order.minimisers import Outcome, stopping
from reference.checks.arrays import Floats, vector


class Curvature(Protocol):
    """What is known of the inverse Hessian C."""

    def direction(self, g: Floats) -> Floats:
        """``-C g``."""

    def learn(self, s: Floats, y: Floats) -> None:
        """Take in a step s and the change y of the gradient, where ``y^T s > 0``."""


def descend(
    f: Function, gradient: Gradient, start: ArrayLike, curvature: Curvature, tolerance: float, max_iter: int
) -> Outcome:
    """Steps until the gradient's norm is at most ``tolerance``, no step is found, or there were ``max_iter``."""
    enough, most = stopping(tolerance, max_iter)
    here = evaluate(f, gradient, vector("start", start))
    for iterations in range(most):
        if np.linalg.norm(here.gradient) <= enough:
            return here.w, iterations, True
        try:
            _, there = search(f, gradient, here, curvature.direction(here.gradient))
        except NoStep:
            return here.w, iterations, False
        s, y = there.w - here.w, there.gradient - here.gradient
        if y @ s > 0:  # the second Wolfe condition promises it, except for rounding
            curvature.learn(s, y)
        here = there
    return here.w, most, bool(np.linalg.norm(here.gradient) <= enough)
