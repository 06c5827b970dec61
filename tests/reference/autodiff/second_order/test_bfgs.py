"""BFGS: the update against scipy's, the minimiser against scipy's BFGS."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.optimize
from scipy.optimize import BFGS

from reference.autodiff.second_order.bfgs import bfgs, bfgs_update

from .problems import quadratic, smooth_problems

PROBLEMS = smooth_problems()


def curved(size, rng):
    """A positive definite C, and a pair with a positive product."""
    A = rng.normal(size=(size, size))
    s = rng.normal(size=size)
    y = rng.normal(size=size)
    return A @ A.T + np.eye(size), s, y * np.sign(y @ s)


@pytest.mark.parametrize("size", [1, 2, 6])
def test_update_against_scipy(size):
    """scipy keeps its matrix to itself but for `get_matrix`; several updates one after the other."""
    rng = np.random.default_rng(size)
    C, known = np.eye(size), BFGS(init_scale=1.0, exception_strategy="skip_update")
    known.initialize(size, "inv_hess")
    for _ in range(4):
        _, s, y = curved(size, rng)
        known.update(s, y)
        C = bfgs_update(C, s, y)
        np.testing.assert_allclose(C, known.get_matrix(), rtol=1e-7, atol=1e-8 * np.abs(C).max())


def test_update_properties():
    rng = np.random.default_rng(0)
    C, s, y = curved(5, rng)
    new = bfgs_update(C, s, y)
    np.testing.assert_allclose(new @ y, s, rtol=1e-9)
    np.testing.assert_allclose(new, new.T, rtol=1e-9, atol=1e-12)
    assert np.linalg.eigvalsh(new).min() > 0


def test_update_by_hand():
    """rho = 1/2, V = I - rho s y^T = [[0, -1/2], [0, 1]], V V^T = [[1/4, -1/2], [-1/2, 1]], and 1/2 is added."""
    np.testing.assert_allclose(bfgs_update(np.eye(2), [1, 0], [2, 1]), [[0.75, -0.5], [-0.5, 1.0]], rtol=1e-14)


@pytest.mark.parametrize("name", PROBLEMS)
def test_minimum_against_scipy(name):
    f, gradient, start = PROBLEMS[name]
    w, iterations, converged = bfgs(f, gradient, start)
    assert converged
    assert np.linalg.norm(gradient(w)) <= 1e-6
    known = scipy.optimize.minimize(f, start, jac=gradient, method="BFGS", options={"gtol": 1e-8})
    np.testing.assert_allclose(w, known.x, atol=2e-2 if name == "flat-quartic" else 1e-4)
    assert iterations <= 2 * known.nit + 10


def test_learns_the_hessian_of_a_quadratic():
    """After enough steps the search ends: quasi-Newton methods finish quadratics superlinearly."""
    f, gradient, _, a = quadratic(10, 1e3, np.random.default_rng(3))
    w, iterations, converged = bfgs(f, gradient, np.zeros(10), tolerance=1e-8)
    assert converged
    assert iterations < 60
    np.testing.assert_allclose(w, a, atol=1e-7)


def test_stops():
    f, gradient, start = PROBLEMS["rosenbrock-2"]
    w, iterations, converged = bfgs(f, gradient, np.ones(2))
    assert (w.tolist(), iterations, converged) == ([1, 1], 0, True)
    w, iterations, converged = bfgs(f, gradient, start, max_iter=3)
    assert (iterations, converged) == (3, False)
    assert f(w) < f(start)
    assert start.tolist() == [-1.2, 1.0]


def test_function_without_a_minimum():
    w, iterations, converged = bfgs(lambda w: float(w.sum()), np.ones_like, [1.0, 2.0])
    assert (w.tolist(), iterations, converged) == ([1, 2], 0, False)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((np.ones((2, 3)), [1, 1], [1, 1]), "C"),
        ((np.full((2, 2), np.inf), [1, 1], [1, 1]), "C"),
        ((np.eye(2), [1], [1, 1]), "s"),
        ((np.eye(2), [1, 1], [1, 1, 1]), "y"),
        ((np.eye(2), [1, 1], [1, -1]), "y"),
        ((np.eye(2), [1, 1], [-1, -1]), "y"),
    ],
)
def test_bad_arguments_of_the_update(arguments, named):
    with pytest.raises(ValueError, match=rf"\b{named}\b"):
        bfgs_update(*arguments)


@pytest.mark.parametrize(
    ("changes", "named"),
    [({"start": [np.inf]}, "start"), ({"tolerance": -1.0}, "tolerance"), ({"max_iter": True}, "max_iter")],
)
def test_bad_arguments_of_the_method(changes, named):
    with pytest.raises(ValueError, match=rf"\b{named}\b"):
        bfgs(**({"f": lambda w: float(w @ w), "gradient": lambda w: 2 * w, "start": [1.0]} | changes))
