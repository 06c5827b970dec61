"""L-BFGS-B against scipy's and closed forms; every evaluation is watched (L02.lbfgsb)."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.optimize

from reference.autodiff.second_order.lbfgsb import lbfgsb

from .problems import smooth_problems

PROBLEMS = smooth_problems()


def guarded(function, low, high):
    """The function, refusing any point outside of the box."""

    def inside(w):
        assert (low <= w).all(), "below the box"
        assert (w <= high).all(), "above the box"
        return function(w)

    return inside


def random_box(size, rng):
    """Around 0, with infinite sides and now and then a fixed entry."""
    low = rng.uniform(-1.5, 0.5, size)
    high = low + rng.uniform(0, 2, size)
    fixed = rng.random(size) < 0.1
    high[fixed] = low[fixed]
    low[~fixed & (rng.random(size) < 0.2)] = -np.inf
    high[~fixed & (rng.random(size) < 0.2)] = np.inf
    return low, high


@pytest.mark.parametrize("name", PROBLEMS)
@pytest.mark.parametrize("seed", range(5))
def test_against_scipy(name, seed):
    f, gradient, start = PROBLEMS[name]
    low, high = random_box(start.size, np.random.default_rng(seed))
    w, _, converged = lbfgsb(guarded(f, low, high), guarded(gradient, low, high), start, low, high, tolerance=1e-5)
    assert converged
    assert np.abs(w - np.clip(w - gradient(w), low, high)).max() <= 1e-5
    bounds = list(zip(low, high, strict=True))
    known = scipy.optimize.minimize(
        f, np.clip(start, low, high), jac=gradient, method="L-BFGS-B", bounds=bounds, options={"gtol": 1e-9, "ftol": 0}
    )
    if name in ("ellipse", "logistic", "one-parameter"):  # those have one minimum
        np.testing.assert_allclose(w, known.x, atol=1e-4)


@pytest.mark.parametrize("seed", range(30))
def test_quadratics_against_bounded_least_squares(seed):
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 15))
    X, target = rng.normal(size=(size + 5, size)), rng.normal(size=size + 5)
    low, high = random_box(size, rng)
    high = np.where(low == high, low + 1, high)  # scipy's lsq_linear wants room everywhere
    known = scipy.optimize.lsq_linear(X, target, (low, high), tol=1e-14).x
    f, gradient = (lambda w: 0.5 * float(((X @ w - target) ** 2).sum())), (lambda w: X.T @ (X @ w - target))
    w, _, converged = lbfgsb(
        guarded(f, low, high), guarded(gradient, low, high), 3 * rng.normal(size=size), low, high, memory=3
    )
    assert converged
    np.testing.assert_allclose(w, known, atol=1e-5)


def test_separable_closed_form():
    a, low, high = np.array([-2.0, 0.3, 5.0]), np.array([-1.0, -1.0, -np.inf]), np.array([1.0, 1.0, 2.0])
    w, _, converged = lbfgsb(lambda w: float(((w - a) ** 2).sum()), lambda w: 2 * (w - a), np.zeros(3), low, high)
    assert converged
    np.testing.assert_allclose(w, [-1, 0.3, 2], atol=1e-6)


def test_no_bounds_at_all():
    f, gradient, start = PROBLEMS["rosenbrock-8"]
    walls = np.full(8, np.inf)
    w, _, converged = lbfgsb(f, gradient, start, -walls, walls)
    assert converged
    known = scipy.optimize.minimize(f, start, jac=gradient, method="L-BFGS-B", options={"gtol": 1e-8, "ftol": 0})
    np.testing.assert_allclose(w, known.x, atol=1e-4)


def test_box_of_one_point():
    w, iterations, converged = lbfgsb(lambda w: float(w @ w), lambda w: 2 * w, [9.0, 9.0], [1.0, 2.0], [1.0, 2.0])
    assert (w.tolist(), iterations, converged) == ([1, 2], 0, True)


def test_no_minimum_and_few_steps():
    walls = np.full(2, np.inf)
    assert lbfgsb(lambda w: float(w.sum()), np.ones_like, [1.0, 2.0], -walls, walls)[1:] == (0, False)
    w, _, converged = lbfgsb(lambda w: float(w.sum()), np.ones_like, [1.0, 2.0], [-1e9, -3.0], walls)
    assert converged
    assert w.tolist() == [-1e9, -3.0]
    f, gradient, start = PROBLEMS["rosenbrock-2"]
    assert lbfgsb(f, gradient, start, -walls, walls, max_iter=2)[1:] == (2, False)
    assert start.tolist() == [-1.2, 1.0]


def test_rounding_does_not_leave_the_box():
    """0.1 + 1 * (0.3 - 0.1) is more than 0.3."""
    low, high = np.full(3, 0.1), np.full(3, 0.3)
    f, gradient = guarded(lambda w: float(-w.sum()), low, high), guarded(lambda w: -np.ones(3), low, high)
    w, _, converged = lbfgsb(f, gradient, low, low, high)
    assert converged
    assert w.tolist() == high.tolist()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"start": [[1.0]]}, "start"),
        ({"low": [0.0]}, "low"),
        ({"low": [0.0, np.nan]}, "low"),
        ({"low": [0.0, 2.0]}, "low"),
        ({"high": 1.0}, "high"),
        ({"high": [1.0, np.nan]}, "high"),
        ({"memory": 0}, "memory"),
        ({"tolerance": 0}, "tolerance"),
        ({"max_iter": 0}, "max_iter"),
    ],
)
def test_bad_arguments(changes, named):
    arguments = {"f": lambda w: float(w @ w), "gradient": lambda w: 2 * w, "start": [1.0, 1.0]}
    with pytest.raises(ValueError, match=rf"\b{named}\b"):
        lbfgsb(**(arguments | {"low": [0.0, 0.0], "high": [1.0, 1.0]} | changes))
