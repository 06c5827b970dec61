"""L-BFGS: the direction against dense BFGS and scipy's operator, the minimiser against scipy's L-BFGS-B."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.optimize
from scipy.optimize import LbfgsInvHessProduct

from reference.autodiff.second_order.bfgs import bfgs_update
from reference.autodiff.second_order.lbfgs import lbfgs, lbfgs_direction

from .problems import smooth_problems

PROBLEMS = smooth_problems()


def pairs(count, size, rng):
    """Steps, and changes that a common positive definite Hessian would give."""
    A = rng.normal(size=(size, size))
    S = rng.normal(size=(count, size))
    return S, S @ (A @ A.T + 0.1 * np.eye(size))


@pytest.mark.parametrize(("count", "size"), [(1, 1), (1, 5), (4, 5), (7, 3)])
def test_direction_against_dense(count, size):
    rng = np.random.default_rng(count)
    S, Y = pairs(count, size, rng)
    g = rng.normal(size=size)
    gamma = S[-1] @ Y[-1] / (Y[-1] @ Y[-1])
    C = gamma * np.eye(size)
    for s, y in zip(S, Y, strict=True):
        C = bfgs_update(C, s, y)
    np.testing.assert_allclose(lbfgs_direction(g, S, Y), -C @ g, rtol=1e-7, atol=1e-9)


def test_direction_against_scipy():
    """scipy's operator starts from I; with ``y^T y = s^T y`` in the newest pair so does ours."""
    rng = np.random.default_rng(2)
    S, Y = pairs(3, 6, rng)
    Y[-1] *= (S[-1] @ Y[-1]) / (Y[-1] @ Y[-1])
    g = rng.normal(size=6)
    np.testing.assert_allclose(lbfgs_direction(g, S, Y), -LbfgsInvHessProduct(S, Y).matvec(g), rtol=1e-9)


def test_direction_without_pairs():
    assert lbfgs_direction([1.0, -2.0], np.zeros((0, 2)), np.zeros((0, 2))).tolist() == [-1.0, 2.0]


def test_direction_of_many_parameters():
    """A matrix of them would not fit into any memory."""
    rng = np.random.default_rng(3)
    S = rng.normal(size=(4, 300_000))
    np.testing.assert_allclose(lbfgs_direction(S[-1] * 2, S, 2 * S), -S[-1], rtol=1e-9)


@pytest.mark.parametrize("name", PROBLEMS)
@pytest.mark.parametrize("memory", [1, 3, 20])
def test_minimum_against_scipy(name, memory):
    f, gradient, start = PROBLEMS[name]
    w, _, converged = lbfgs(f, gradient, start, memory=memory, max_iter=2000)
    assert converged
    assert np.linalg.norm(gradient(w)) <= 1e-6
    known = scipy.optimize.minimize(f, start, jac=gradient, method="L-BFGS-B", options={"gtol": 1e-8, "ftol": 0})
    np.testing.assert_allclose(w, known.x, atol=2e-2 if name == "flat-quartic" else 1e-4)


def test_every_step_follows_the_remembered_pairs():
    """Points are recovered by asking for 1, 2, 3... steps; each step lies along the direction from the last pairs."""
    f, gradient, start = PROBLEMS["rosenbrock-8"]
    memory = 3
    points = [start, *(lbfgs(f, gradient, start, memory=memory, max_iter=k)[0] for k in range(1, 9))]
    gradients = [gradient(w) for w in points]
    for k in range(8):
        first = max(0, k - memory)
        S, Y = np.diff(points[first : k + 1], axis=0), np.diff(gradients[first : k + 1], axis=0)
        direction = lbfgs_direction(gradients[k], S.reshape(-1, 8), Y.reshape(-1, 8))
        move = points[k + 1] - points[k]
        cosine = move @ direction / (np.linalg.norm(move) * np.linalg.norm(direction))
        assert cosine > 1 - 1e-10


def test_stops():
    f, gradient, start = PROBLEMS["rosenbrock-2"]
    assert lbfgs(f, gradient, np.ones(2))[1:] == (0, True)
    assert lbfgs(f, gradient, start, max_iter=3)[1:] == (3, False)
    assert lbfgs(lambda w: float(w.sum()), np.ones_like, [1.0, 2.0])[1:] == (0, False)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([], np.zeros((0, 0)), np.zeros((0, 0))), "g"),
        (([1.0], [[1.0, 2.0]], [[1.0]]), "S"),
        (([1.0], [1.0], [[1.0]]), "S"),
        (([1.0], [[1.0]], [[np.nan]]), "Y"),
        (([1.0], [[1.0]], [[1.0], [1.0]]), "Y"),
        (([1.0], [[1.0], [1.0]], [[1.0], [-1.0]]), "Y"),
        (([1.0], [[1.0], [0.0]], [[1.0], [1.0]]), "Y"),
    ],
)
def test_bad_arguments_of_the_direction(arguments, named):
    with pytest.raises(ValueError, match=rf"\b{named}\b"):
        lbfgs_direction(*arguments)


@pytest.mark.parametrize(
    ("changes", "named"), [({"start": []}, "start"), ({"memory": 0}, "memory"), ({"tolerance": np.nan}, "tolerance")]
)
def test_bad_arguments_of_the_method(changes, named):
    with pytest.raises(ValueError, match=rf"\b{named}\b"):
        lbfgs(**({"f": lambda w: float(w @ w), "gradient": lambda w: 2 * w, "start": [1.0]} | changes))
