"""The quadratic model of L-BFGS-B and its minimum in a box (lecture 2, section 13, L02.lbfgsb).

R. Byrd, P. Lu, J. Nocedal, C. Zhu (1995): the compact form of the Hessian (section 3), the generalised Cauchy point
(section 4), the minimum over the free variables (section 5.1). The Cauchy point is searched for piece by piece,
each computed anew in O(m p + m^3), where the paper updates it in O(m^2).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from reference.checks.arrays import Floats


@dataclass(frozen=True)
class Box:
    """``low <= w <= high``, entry by entry."""

    low: Floats
    high: Floats

    def clip(self, w: Floats) -> Floats:
        """The nearest point of the box."""
        return np.clip(w, self.low, self.high)

    def times(self, w: Floats, direction: Floats) -> Floats:
        """For each entry, the step along ``direction`` at which it reaches its bound."""
        wall = np.where(direction > 0, self.high, self.low)
        times = np.full(len(w), np.inf)
        np.divide(wall - w, direction, out=times, where=direction != 0)
        return times

    def distance(self, w: Floats, direction: Floats) -> float:
        """The longest step along ``direction`` within the box."""
        return float(self.times(w, direction).min())


class Model:
    """The Hessian ``B = theta I - W M W^T`` that the pairs (s, y) tell, BFGS from ``theta I`` with no (p, p) matrix."""

    def __init__(self, pairs: Collection[tuple[Floats, Floats]], size: int) -> None:
        self.theta, self.W, self.inner = 1.0, np.zeros((size, 0)), np.zeros((0, 0))
        if not pairs:
            return
        S, Y = (np.array(vectors).T for vectors in zip(*pairs, strict=True))  # (p, m) each
        products = S.T @ Y
        below = np.tril(products, -1)
        self.theta = float(Y[:, -1] @ Y[:, -1] / products[-1, -1])
        self.W = np.hstack([Y, self.theta * S])  # (p, 2m)
        self.inner = np.block([[-np.diag(np.diag(products)), below.T], [below, self.theta * S.T @ S]])  # M^-1

    def times(self, v: Floats) -> Floats:
        """``B v``."""
        return self.theta * v - self.W @ np.linalg.solve(self.inner, self.W.T @ v)

    def solve_free(self, free: np.ndarray, r: Floats) -> Floats:
        """``v`` with ``B v = r`` in the free rows and columns alone, by the formula of Sherman, Morrison, Woodbury."""
        W = self.W[free]
        small = self.inner - W.T @ W / self.theta  # (2m, 2m)
        return r / self.theta + W @ np.linalg.solve(small, W.T @ r) / self.theta**2


def model_minimum(model: Model, w: Floats, g: Floats, box: Box) -> Floats:
    """The minimum of the model in the box: the Cauchy point, then a step over the entries that it left free."""
    cauchy = cauchy_point(model, w, g, box)
    free = (cauchy > box.low) & (cauchy < box.high)
    if not free.any():
        return cauchy
    residual = g + model.times(cauchy - w)
    onward = np.zeros_like(w)
    onward[free] = -model.solve_free(free, residual[free])
    return box.clip(cauchy + min(1.0, box.distance(cauchy, onward)) * onward)


def cauchy_point(model: Model, w: Floats, g: Floats, box: Box) -> Floats:
    """The first minimum of the model along the path ``clip(w - t g)``, which bends where an entry reaches its bound."""
    meets = box.times(w, -g)
    travelled, now = np.zeros_like(w), 0.0
    for until in [*np.unique(meets[(meets > 0) & np.isfinite(meets)]), np.inf]:
        direction = np.where(meets > now, -g, 0.0)
        bent = model.times(direction)
        slope = g @ direction + travelled @ bent
        if slope >= 0:
            break
        wanted = -slope / (direction @ bent)
        travelled += min(wanted, until - now) * direction
        if wanted < until - now:
            break
        now = until
    return np.where(meets <= now, np.where(g < 0, box.high, box.low), box.clip(w + travelled))
