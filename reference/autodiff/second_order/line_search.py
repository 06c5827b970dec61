"""A step that satisfies the Wolfe conditions, by doubling and halving (lecture 2, section 13, L02.bfgs).

P. Wolfe, "Convergence conditions for ascent methods", SIAM Review 11 (1969); the bracketing by bisection is of
A. Lewis, M. Overton, "Nonsmooth optimization via quasi-Newton methods", Mathematical Programming 141 (2013). No
interpolation: the step 1 of a quasi-Newton method is nearly always right.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, vector

Function = Callable[[Floats], float]
Gradient = Callable[[Floats], ArrayLike]
TRIALS = 60


class NoStep(RuntimeError):
    """No step was found: the function falls without end, or rounding hides the last of its fall."""


@dataclass(frozen=True)
class Point:
    """A place, and what is known there."""

    w: Floats
    value: float
    gradient: Floats


def wolfe_step(
    f: Function, gradient: Gradient, w: ArrayLike, direction: ArrayLike, c1: float = 1e-4, c2: float = 0.9
) -> float:
    """A step a > 0 with ``f(w + a d) <= f(w) + c1 a g.d`` and ``g(w + a d).d >= c2 g.d``; 1 where 1 will do.

    The first condition holds up to the rounding of f. Where f is infinite or NaN the step is too long.

    Parameters: ``f`` from (p,) to a number; ``gradient`` from (p,) to (p,); ``w`` and ``direction`` (p,), downhill; 0 <
    ``c1`` < ``c2`` < 1.
    Returns: the step, a float.
    Raises: ValueError naming ``w``, ``direction``, ``c1`` or ``c2``; RuntimeError when no step was found in 60 trials.
    Complexity: O(p) a trial, with one evaluation of f and at most one of the gradient; at most 60 trials.
    Source: lecture 2, section 13; Wolfe 1969; Lewis, Overton 2013.
    """
    if not 0 < c1 < c2 < 1:
        raise ValueError(f"c1 and c2 must satisfy 0 < c1 < c2 < 1, not {c1!r} and {c2!r}")
    start = vector("w", w)
    along = array("direction", direction, start.shape)
    here = evaluate(f, gradient, start)
    if not here.gradient @ along < 0:
        raise ValueError("direction must lead downhill")
    return search(f, gradient, here, along, c1, c2)[0]


def evaluate(f: Function, gradient: Gradient, w: Floats) -> Point:
    """The function and its gradient at ``w``; each gets a copy of its own."""
    return Point(w, float(f(w.copy())), array("gradient", gradient(w.copy()), w.shape))


def search(
    f: Function,
    gradient: Gradient,
    here: Point,
    direction: Floats,
    c1: float = 1e-4,
    c2: float = 0.9,
    longest: float = math.inf,
    inside: Callable[[Floats], Floats] = np.copy,
) -> tuple[float, Point]:
    """The step and where it leads, or NoStep. A step of ``longest`` need not satisfy the second condition.

    ``inside`` puts a point that rounding has carried out of a box back into it.
    """
    slope = float(here.gradient @ direction)
    if not slope < 0:
        raise NoStep("the direction does not lead downhill")
    rounding = 8 * np.finfo(float).eps * abs(here.value)  # smaller changes of f tell nothing
    short, long, step = 0.0, math.inf, 1.0
    for _ in range(TRIALS):
        w = inside(here.w + step * direction)
        value = float(f(w.copy()))
        if not -math.inf < value <= here.value + c1 * step * slope + rounding:  # NaN is too long as well
            long = step
        else:
            there = Point(w, value, array("gradient", gradient(w.copy()), w.shape))
            if there.gradient @ direction >= c2 * slope or step >= longest:
                return step, there
            short = step
        step = min(2 * short, longest) if math.isinf(long) else (short + long) / 2
    raise NoStep(f"no step in {TRIALS} trials")
