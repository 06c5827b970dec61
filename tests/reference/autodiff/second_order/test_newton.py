"""Newton-Raphson against scipy, by hand, and its quadratic convergence."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.linalg
import scipy.optimize

from reference.autodiff.second_order.newton import newton, newton_step

from .problems import logistic, quadratic


@pytest.mark.parametrize("size", [1, 2, 7])
def test_step_against_scipy(size):
    """Symmetric and indefinite, so that no factorisation of Cholesky would do."""
    rng = np.random.default_rng(size)
    H, g = rng.normal(size=(size, size)), rng.normal(size=size)
    H = H + H.T
    np.testing.assert_allclose(newton_step(g, H, 0.3), -0.3 * scipy.linalg.solve(H, g, assume_a="sym"), rtol=1e-9)


def test_step_by_hand():
    """H^-1 = [[1, -1], [-1, 2]]."""
    np.testing.assert_allclose(newton_step([1, 2], [[2, 1], [1, 1]]), [1, -3], rtol=1e-14)


def test_ill_conditioned_residual():
    H = scipy.linalg.hilbert(8)
    g = H @ np.ones(8)
    d = -newton_step(g, H)
    assert np.abs(H @ d - g).max() < 1e-14


def test_quadratic_in_one_step():
    _, gradient, A, a = quadratic(6, 100.0, np.random.default_rng(0))
    w, iterations, converged = newton(gradient, lambda w: A, np.zeros(6))
    assert (iterations, converged) == (1, True)
    np.testing.assert_allclose(w, a, rtol=1e-10)


def test_logistic_against_scipy():
    f, gradient, hessian = logistic(60, 4, np.random.default_rng(1))
    w, iterations, converged = newton(gradient, hessian, np.zeros(4))
    expected = scipy.optimize.minimize(f, np.zeros(4), jac=gradient, hess=hessian, method="trust-exact", tol=1e-10).x
    assert converged
    assert iterations <= 6
    np.testing.assert_allclose(w, expected, rtol=1e-7, atol=1e-8)


def test_root_against_scipy():
    """With one parameter it is Newton's method for the root of the derivative."""
    w, _, converged = newton(np.expm1, lambda w: np.diag(np.exp(w)), [1.0])
    assert converged
    np.testing.assert_allclose(w, scipy.optimize.newton(np.expm1, 1.0, fprime=np.exp, tol=1e-12), atol=1e-10)


def test_half_steps_halve_the_error():
    _, gradient, A, a = quadratic(3, 10.0, np.random.default_rng(2))
    w, iterations, converged = newton(gradient, lambda w: A, a + 1, mu=0.5, max_iter=4)
    assert (iterations, converged) == (4, False)
    np.testing.assert_allclose(w, a + 1 / 16, rtol=1e-12)


def test_goes_to_a_saddle():
    w, _, converged = newton(lambda w: w * [2.0, -4.0], lambda w: np.diag([2.0, -4.0]), [3.0, 1.0])
    assert converged
    np.testing.assert_allclose(w, [0, 0], atol=1e-14)


def test_evaluations_and_start():
    calls = {"gradient": 0, "hessian": 0}
    _, inner_gradient, inner_hessian = logistic(20, 2, np.random.default_rng(3))

    def gradient(w):
        calls["gradient"] += 1
        return inner_gradient(w)

    def hessian(w):
        calls["hessian"] += 1
        return inner_hessian(w)

    start = np.ones(2)
    w, iterations, _ = newton(gradient, hessian, start)
    assert calls == {"gradient": iterations + 1, "hessian": iterations}
    assert start.tolist() == [1, 1]
    again, none, converged = newton(gradient, hessian, w)
    assert (none, converged) == (0, True)
    assert np.array_equal(again, w)


def test_converged_in_the_last_allowed_step():
    assert newton(lambda w: 2 * w, lambda w: 2 * np.eye(1), [5.0], max_iter=1)[1:] == (1, True)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([], [[1.0]]), "g"),
        (([[1.0]], [[1.0]]), "g"),
        (([1.0, np.nan], np.eye(2)), "g"),
        (([1.0, 2.0], np.eye(3)), "H"),
        (([1.0, 2.0], np.ones((2, 3))), "H"),
        (([1.0, 2.0], [[1.0, 1.0], [1.0, 1.0]]), "H"),
        (([1.0], [[0.0]]), "H"),
        (([1.0], [[1.0]], 0.0), "mu"),
        (([1.0], [[1.0]], np.nan), "mu"),
    ],
)
def test_bad_arguments_of_a_step(arguments, named):
    with pytest.raises(ValueError, match=rf"\b{named}\b"):
        newton_step(*arguments)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"start": [[1.0]]}, "start"),
        ({"start": []}, "start"),
        ({"tolerance": 0.0}, "tolerance"),
        ({"max_iter": 0}, "max_iter"),
        ({"max_iter": 1.5}, "max_iter"),
        ({"mu": -1.0}, "mu"),
        ({"mu": -1.0, "start": [0.0]}, "mu"),
        ({"hessian": lambda w: np.zeros((1, 1))}, "H"),
    ],
)
def test_bad_arguments_of_the_method(changes, named):
    arguments = {"gradient": lambda w: w, "hessian": lambda w: np.eye(1), "start": [1.0]} | changes
    with pytest.raises(ValueError, match=rf"\b{named}\b"):
        newton(**arguments)
