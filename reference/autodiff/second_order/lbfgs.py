"""L-BFGS: BFGS that remembers the last m pairs instead of a matrix (lecture 2, section 13, L02.lbfgs).

J. Nocedal, "Updating quasi-Newton matrices with limited storage", Mathematics of Computation 35 (1980).
"""

from __future__ import annotations

from collections import deque

from numpy.typing import ArrayLike

from reference.autodiff.second_order.line_search import Function, Gradient
from reference.autodiff.second_order.minimisers import Outcome
from reference.autodiff.second_order.quasi_newton import descend
from reference.checks.arrays import Floats, array, vector
from reference.checks.numbers import whole


def lbfgs_direction(g: ArrayLike, S: ArrayLike, Y: ArrayLike) -> Floats:
    """``-C g``, C being BFGS's matrix from ``gamma I`` and the pairs, the oldest first, without any (p, p) matrix.

    gamma is ``s^T y / y^T y`` of the newest pair, 1 without pairs.

    Parameters: ``g`` (p,); ``S`` and ``Y`` (m, p), steps and changes of the gradient, a pair a row; m may be 0.
    Returns: (p,).
    Raises: ValueError naming ``g``, ``S``, or ``Y`` (another shape, ``s^T y`` not positive in a row).
    Complexity: O(m p), also in memory.
    Source: lecture 2, section 13; Nocedal 1980.
    """
    slope = vector("g", g)
    steps, changes = (array(name, pairs, (None, slope.size), empty=True) for name, pairs in (("S", S), ("Y", Y)))
    if len(steps) != len(changes):
        raise ValueError(f"Y must have {len(steps)} rows, not {len(changes)}")
    if not ((steps * changes).sum(axis=1) > 0).all():
        raise ValueError("Y must have a positive product with S in every row")
    return two_loops(slope, list(zip(steps, changes, strict=True)))


def two_loops(g: Floats, pairs: list[tuple[Floats, Floats]]) -> Floats:
    """From the newest pair back to the oldest, then forth again."""
    q, shares = g.copy(), []
    for s, y in reversed(pairs):
        shares.append((s @ q) / (y @ s))
        q -= shares[-1] * y
    if pairs:
        s, y = pairs[-1]
        q *= (s @ y) / (y @ y)
    for (s, y), share in zip(pairs, reversed(shares), strict=True):
        q += (share - (y @ q) / (y @ s)) * s
    return -q


class Pairs:
    """The last ``memory`` pairs (s, y)."""

    def __init__(self, memory: int) -> None:
        self.pairs: deque[tuple[Floats, Floats]] = deque(maxlen=memory)

    def direction(self, g: Floats) -> Floats:
        """``-C g``, (p,)."""
        return two_loops(g, list(self.pairs))

    def learn(self, s: Floats, y: Floats) -> None:
        """Take in a step s (p,) and the change y (p,) of the gradient."""
        self.pairs.append((s, y))


def lbfgs(
    f: Function,
    gradient: Gradient,
    start: ArrayLike,
    memory: int = 10,
    tolerance: float = 1e-6,
    max_iter: int = 200,
) -> Outcome:
    """The minimum of f from a start, as `bfgs` without a matrix.

    Ends early where no Wolfe step is found.

    Parameters: ``f`` from (p,) to a number; ``gradient`` from (p,) to (p,); ``start`` (p,); ``memory`` of at least 1,
    in pairs; ``tolerance`` above 0; ``max_iter`` of at least 1.
    Returns: w (p,), the number of steps made, and whether the gradient's norm is at most the tolerance.
    Raises: ValueError naming ``start``, ``memory``, ``tolerance`` or ``max_iter``.
    Complexity: O(memory p) a step, and at most 60 evaluations of f and of the gradient; memory O(memory p).
    Source: lecture 2, section 13; Nocedal 1980.
    """
    return descend(f, gradient, start, Pairs(whole("memory", memory)), tolerance, max_iter)
