"""Gradient descent and its momenta against torch, and against exact arithmetic by hand (L02.gd, momentum, nesterov)."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import torch

from reference.autodiff.first_order.gradient_descent import gradient_descent, momentum, nesterov

from .laws import *  # noqa: F403
from .laws import PROBLEMS, STARTS, bowl_gradient, by_torch

OPTIM = torch.optim
METHODS = {
    "gradient_descent": lambda g, w, steps: gradient_descent(g, w, 0.01, steps),
    "momentum": lambda g, w, steps: momentum(g, w, 0.002, steps),
    "nesterov": lambda g, w, steps: nesterov(g, w, 0.01, steps),
}
PAIRS = {
    "gd": (lambda g, w, n: gradient_descent(g, w, 0.02, n), lambda p: OPTIM.SGD(p, lr=0.02)),
}


@pytest.fixture(params=METHODS)
def method(request):
    return METHODS[request.param]


@pytest.fixture(params=PAIRS)
def pair(request):
    return PAIRS[request.param]


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("gamma", [0.0, 0.5, 0.9])
def test_nesterov_is_torchs_momentum_one_step_later(problem, start, gamma):
    """The lecture's step uses the old v, and its gradient ahead is at the next iterate: torch's plain momentum."""
    function, gradient = problem
    expected = by_torch(lambda p: OPTIM.SGD(p, lr=0.01, momentum=gamma), function, start, 30)
    found = nesterov(gradient, start, 0.01, 31, gamma)
    assert found[0].tolist() == found[1].tolist() == start.tolist()
    np.testing.assert_allclose(found[1:], expected, rtol=1e-9, atol=1e-12)


def by_fractions(ahead, start, mu, steps, gamma):
    """The lecture's two lines in exact numbers, for the loss w^2 of one number."""
    w, v, path = start, Fraction(0), [start]
    for _ in range(steps):
        place = w - v if ahead else w
        w, v = w - v, gamma * v + mu * 2 * place
        path.append(w)
    return path


@pytest.mark.parametrize("start", [Fraction(1), Fraction(-5, 2)])
@pytest.mark.parametrize(("mu", "gamma"), [(Fraction(1, 4), Fraction(1, 2)), (Fraction(1, 10), Fraction(9, 10))])
def test_momentum_and_nesterov_in_exact_numbers(start, mu, gamma):
    for method, ahead in ((momentum, False), (nesterov, True)):
        found = method(lambda w: 2 * w, [float(start)], float(mu), 8, float(gamma))
        expected = [float(w) for w in by_fractions(ahead, start, mu, 8, gamma)]
        np.testing.assert_allclose(found[:, 0], expected, rtol=1e-12, atol=1e-14)


def test_three_steps_by_hand():
    """Loss w^2 from 1, mu = 1/4, gamma = 1/2: v = 0, 1/2, 3/4 (momentum) and 0, 1/2, 1/2 (Nesterov)."""

    def gradient(w):
        return 2 * w

    assert momentum(gradient, [1.0], 0.25, 3, 0.5)[:, 0].tolist() == [1.0, 1.0, 0.5, -0.25]
    assert nesterov(gradient, [1.0], 0.25, 3, 0.5)[:, 0].tolist() == [1.0, 1.0, 0.5, 0.0]


@pytest.mark.parametrize("gamma", [0.5, 0.9])
def test_how_large_a_rate_momentum_bears(gamma):
    """Its gradient is late: on lambda / 2 * w^2 it settles just where mu * lambda < 1 - gamma."""
    for share, settles in ((0.9, True), (1.1, False)):
        path = momentum(lambda w: 4 * w, [1.0], share * (1 - gamma) / 4, 2000, gamma)
        assert (abs(path[-1, 0]) < 1e-3) == settles


@pytest.mark.parametrize(
    ("call", "named"),
    [
        *((lambda f=f: f(bowl_gradient, STARTS[0], 0.0, 3), "mu") for f in (gradient_descent, momentum, nesterov)),
        *((lambda f=f: f(bowl_gradient, STARTS[0], 0.1, 3, gamma=1.0), "gamma") for f in (momentum, nesterov)),
    ],
)
def test_bad_rates_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
