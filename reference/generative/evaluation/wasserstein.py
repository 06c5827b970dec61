"""Wasserstein's distance: on a line, by a linear programme, by Sinkhorn (lecture 12, section 58, L12.wasserstein).

L. Kantorovich, "On the translocation of masses", Doklady Akademii Nauk SSSR 37 (1942); M. Cuturi, "Sinkhorn distances:
lightspeed computation of optimal transport", Advances in Neural Information Processing Systems 26 (2013).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron, vstack
from scipy.special import logsumexp

from reference.checks.arrays import Floats, matrix, vector, weight_vector
from reference.checks.distributions import distribution
from reference.checks.numbers import positive, whole


def wasserstein_1d(a: ArrayLike, b: ArrayLike, wa: ArrayLike | None = None, wb: ArrayLike | None = None) -> float:
    """The distance of two samples of numbers: the area between their distribution functions.

    Weights are divided by their sum; without them all numbers of a sample weigh the same.

    Parameters: ``a`` (n,) and ``b`` (m,), in any order; ``wa`` (n,) and ``wb`` (m,), numbers of at least 0, not all 0.
    Returns: a number.
    Raises: ValueError naming an argument.
    Complexity: O((n + m) log(n + m)).
    Source: lecture 12, section 58; Kantorovich 1942.

    >>> wasserstein_1d([0.0, 2.0], [1.0]), wasserstein_1d([0.0, 2.0], [1.0, 4.0], [1, 3], [1, 1])
    (1.0, 1.5)
    """
    one, other = vector("a", a), vector("b", b)
    shares, other_shares = _shares("wa", wa, len(one)), _shares("wb", wb, len(other))
    places = np.sort(np.concatenate([one, other]))
    gaps = _distribution_function(one, shares, places) - _distribution_function(other, other_shares, places)
    return float((np.abs(gaps[:-1]) * np.diff(places)).sum())


def transport(p: ArrayLike, q: ArrayLike, cost: ArrayLike) -> tuple[float, Floats]:
    """The cheapest way to move the distribution p to q, by a linear programme.

    The least ``sum plan * cost`` over all plans that are not negative, with row sums p and column sums q. There may be
    several cheapest plans.

    Parameters: ``p`` (n,) and ``q`` (m,), probabilities, perhaps 0, of sum 1; ``cost`` (n, m), of moving one unit.
    Returns: the least cost, and a plan (n, m).
    Raises: ValueError naming an argument.
    Complexity: O(n m) variables and n + m equations in a linear programme, which scipy solves; special methods are
    known with O(N^3 log N) for N = n + m. Memory O(n m).
    Source: lecture 12, section 58; Kantorovich 1942.

    >>> value, plan = transport([0.5, 0.5], [0.25, 0.75], [[0.0, 1.0], [1.0, 0.0]])
    >>> value, plan.tolist()
    (0.25, [[0.25, 0.25], [0.0, 0.5]])
    """
    rows, columns, costs = _problem(p, q, cost)
    n, m = costs.shape
    sums = vstack([kron(eye_array(n), np.ones((1, m))), kron(np.ones((1, n)), eye_array(m))])
    found = linprog(costs.ravel(), A_eq=csr_array(sums), b_eq=np.concatenate([rows, columns]), bounds=(0, None))
    plan = found.x.reshape(n, m)
    return float((plan * costs).sum()), plan


def sinkhorn(p: ArrayLike, q: ArrayLike, cost: ArrayLike, eps: float, steps: int) -> tuple[float, Floats]:
    """A plan of nearly least cost, smoothed by eps times its entropy, by Sinkhorn's steps.

    ``plan_ij = exp((f_i + g_j - cost_ij) / eps)``. It begins with g = 0; each step sets f so that the row sums are p,
    then g so that the column sums are q. All is done in logarithms, since for a small eps the exponentials vanish. The
    code has f / eps and g / eps.

    Parameters: ``p``, ``q``, ``cost`` as in `transport`; ``eps`` above 0; ``steps`` of at least 1.
    Returns: ``sum plan * cost``, without the entropy, and the plan (n, m).
    Raises: ValueError naming an argument.
    Complexity: O(n m) a step; memory O(n m).
    Source: lecture 12, section 58; Cuturi 2013.

    >>> sinkhorn([0.5, 0.5], [0.5, 0.5], [[0.0, 1.0], [1.0, 0.0]], 0.001, 1)[1].tolist()
    [[0.5, 0.0], [0.0, 0.5]]
    """
    rows, columns, costs = _problem(p, q, cost)
    exponents = -costs / positive("eps", eps)
    with np.errstate(divide="ignore"):  # the logarithm of 0
        rows, columns = np.log(rows), np.log(columns)
    g = np.zeros(len(columns))
    for _ in range(whole("steps", steps)):
        f = rows - logsumexp(exponents + g, axis=1)
        g = columns - logsumexp(exponents + f[:, None], axis=0)
    plan = np.exp(exponents + f[:, None] + g)
    return float((plan * costs).sum()), plan


def _shares(name: str, weights: ArrayLike | None, size: int) -> Floats:
    """Weights of sum 1."""
    given = np.ones(size) if weights is None else weight_vector(name, weights, size)
    if not given.any():
        raise ValueError(f"{name} must not be all 0")
    return given / given.sum()


def _distribution_function(values: Floats, shares: Floats, places: Floats) -> Floats:
    """The share of values up to each place."""
    order = np.argsort(values)
    sums = np.concatenate([[0.0], np.cumsum(shares[order])])
    return sums[np.searchsorted(values[order], places, side="right")]


def _problem(p: ArrayLike, q: ArrayLike, cost: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Two distributions and the costs between them."""
    margins = [distribution(name, given, (None,)) for name, given in (("p", p), ("q", q))]
    margins = [margin / margin.sum() for margin in margins]
    costs = matrix("cost", cost)
    if costs.shape != (len(margins[0]), len(margins[1])):
        raise ValueError(f"cost must be of shape ({len(margins[0])}, {len(margins[1])}), not {costs.shape}")
    return margins[0], margins[1], costs
