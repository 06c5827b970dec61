"""First-order methods against torch's optimisers where the formulas agree, and against exact arithmetic by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import torch

from reference.autodiff.adaptive import adadelta, adagrad, adam, rmsprop
from reference.autodiff.gradient_descent import gradient_descent, momentum, nesterov

TINY = 1e-300  # an eps inside the root that is as good as none

METHODS = {
    "gradient_descent": lambda g, w, steps: gradient_descent(g, w, 0.01, steps),
    "momentum": lambda g, w, steps: momentum(g, w, 0.002, steps),
    "nesterov": lambda g, w, steps: nesterov(g, w, 0.01, steps),
    "adagrad": lambda g, w, steps: adagrad(g, w, 0.1, steps),
    "rmsprop": lambda g, w, steps: rmsprop(g, w, 0.01, steps),
    "adadelta": lambda g, w, steps: adadelta(g, w, steps),
    "adam": lambda g, w, steps: adam(g, w, 0.1, steps),
}


def valley(w):
    """Rosenbrock's function."""
    return 5 * (w[1] - w[0] ** 2) ** 2 + (1 - w[0]) ** 2 + 0.1 * w[2] ** 4


def valley_gradient(w):
    inner = w[1] - w[0] ** 2
    return np.array([-20 * w[0] * inner - 2 * (1 - w[0]), 10 * inner, 0.4 * w[2] ** 3])


def bowl(w):
    """An ill-conditioned quadratic."""
    return 0.5 * (30 * w[0] ** 2 + w[1] ** 2 + 0.01 * w[2] ** 2) + 0.3 * w[0] * w[1]


def bowl_gradient(w):
    return np.array([30 * w[0] + 0.3 * w[1], w[1] + 0.3 * w[0], 0.01 * w[2]])


PROBLEMS = [(valley, valley_gradient), (bowl, bowl_gradient)]
STARTS = [np.array([-0.5, 1.0, 2.0]), np.array([1.5, -0.7, -1.0])]


def by_torch(make, function, start, steps):
    """The iterates of one of torch's optimisers."""
    w = torch.tensor(start, requires_grad=True)
    optimiser = make([w])
    path = [start.copy()]
    for _ in range(steps):
        optimiser.zero_grad()
        function(w).backward()
        optimiser.step()
        path.append(w.detach().numpy().copy())
    return np.array(path)


OPTIM = torch.optim
PAIRS = {
    "gd": (lambda g, w, n: gradient_descent(g, w, 0.02, n), lambda p: OPTIM.SGD(p, lr=0.02)),
    "adagrad": (lambda g, w, n: adagrad(g, w, 0.3, n, TINY), lambda p: OPTIM.Adagrad(p, lr=0.3, eps=0.0)),
    "rmsprop": (
        lambda g, w, n: rmsprop(g, w, 0.02, n, 0.8, TINY),
        lambda p: OPTIM.RMSprop(p, lr=0.02, alpha=0.8, eps=0.0),
    ),
    "adadelta": (
        lambda g, w, n: adadelta(g, w, n, 0.7, 1e-3),
        lambda p: OPTIM.Adadelta(p, lr=1.0, rho=0.7, eps=1e-3),
    ),
    "adam": (
        lambda g, w, n: adam(g, w, 0.05, n, 0.8, 0.95, TINY),
        lambda p: OPTIM.Adam(p, lr=0.05, betas=(0.8, 0.95), eps=0.0),
    ),
}


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("start", STARTS)
def test_against_torch(name, problem, start):
    function, gradient = problem
    own, make = PAIRS[name]
    found, expected = own(gradient, start, 40), by_torch(make, function, start, 40)
    assert found.shape == (41, 3)
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-10)


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


@pytest.mark.parametrize("slope", [3.0, -0.2])
@pytest.mark.parametrize("eps", [0.5, 1e-4])
def test_a_constant_gradient_in_closed_form(slope, eps):
    """With the same g in every step sums and means are known, eps inside the root included."""
    k = np.arange(1, 6)

    def gradient(w):
        return [slope]

    paths = {
        "adagrad": (adagrad(gradient, [0.0], 0.1, 5, eps), -0.1 * slope / np.sqrt(k * slope**2 + eps)),
        "rmsprop": (
            rmsprop(gradient, [0.0], 0.1, 5, 0.6, eps),
            -0.1 * slope / np.sqrt((1 - 0.6**k) * slope**2 + eps),
        ),
        "adam": (adam(gradient, [0.0], 0.1, 5, 0.6, 0.7, eps), np.full(5, -0.1 * slope / np.sqrt(slope**2 + eps))),
    }
    for name, (path, moves) in paths.items():
        np.testing.assert_allclose(np.diff(path[:, 0]), moves, rtol=1e-12, err_msg=name)
    first = -np.sqrt(eps) / np.sqrt(0.4 * slope**2 + eps) * slope
    second = -np.sqrt(0.4 * first**2 + eps) / np.sqrt(0.64 * slope**2 + eps) * slope
    np.testing.assert_allclose(np.diff(adadelta(gradient, [0.0], 2, 0.6, eps)[:, 0]), [first, second], rtol=1e-12)


@pytest.mark.parametrize("name", METHODS)
def test_one_gradient_a_step_and_untouched_arguments(name):
    start, asked = np.array([1.0, -2.0]), []

    def gradient(w):
        asked.append(w.copy())
        w[:] = 99.0  # what a careless caller may do to its argument
        return asked[-1]

    path = METHODS[name](gradient, start, 7)
    assert len(asked) == 7
    assert start.tolist() == [1.0, -2.0]
    assert path[0].tolist() == [1.0, -2.0]
    assert np.isfinite(path).all()


@pytest.mark.parametrize("name", METHODS)
def test_at_a_minimum_nothing_moves(name):
    path = METHODS[name](lambda w: 0 * w, [3, 4], 5)
    assert path.dtype == float
    assert path.tolist() == [[3.0, 4.0]] * 6


@pytest.mark.parametrize("name", METHODS)
def test_each_comes_down_an_ill_conditioned_bowl(name):
    path = METHODS[name](bowl_gradient, [1.0, 1.0, 1.0], 300)
    assert bowl(path[-1]) < 0.9 * bowl(path[0])


@pytest.mark.parametrize("gamma", [0.5, 0.9])
def test_how_large_a_rate_momentum_bears(gamma):
    """Its gradient is late: on lambda / 2 * w^2 it settles just where mu * lambda < 1 - gamma."""
    for share, settles in ((0.9, True), (1.1, False)):
        path = momentum(lambda w: 4 * w, [1.0], share * (1 - gamma) / 4, 2000, gamma)
        assert (abs(path[-1, 0]) < 1e-3) == settles


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize(
    ("gradient", "start", "steps", "named"),
    [
        (bowl_gradient, [], 3, "start"),
        (bowl_gradient, [[1.0, 2.0, 3.0]], 3, "start"),
        (bowl_gradient, [1.0, np.nan, 3.0], 3, "start"),
        (bowl_gradient, [1.0, 2.0, 3.0], 0, "steps"),
        (bowl_gradient, [1.0, 2.0, 3.0], 2.5, "steps"),
        (lambda w: w[:2], [1.0, 2.0, 3.0], 3, "gradient"),
        (lambda w: w[:, None], [1.0, 2.0, 3.0], 3, "gradient"),
        (lambda w: w * np.inf, [1.0, 2.0, 3.0], 3, "gradient"),
    ],
)
def test_bad_arguments_are_named(name, gradient, start, steps, named):
    with pytest.raises(ValueError, match=named):
        METHODS[name](gradient, start, steps)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        *((lambda f=f: f(bowl_gradient, STARTS[0], 0.0, 3), "mu") for f in (gradient_descent, momentum, nesterov)),
        *((lambda f=f: f(bowl_gradient, STARTS[0], -1.0, 3), "mu") for f in (adagrad, rmsprop, adam)),
        *((lambda f=f: f(bowl_gradient, STARTS[0], 0.1, 3, gamma=1.0), "gamma") for f in (momentum, nesterov, rmsprop)),
        (lambda: adadelta(bowl_gradient, STARTS[0], 3, gamma=-0.1), "gamma"),
        (lambda: adam(bowl_gradient, STARTS[0], 0.1, 3, gamma1=1.0), "gamma1"),
        (lambda: adam(bowl_gradient, STARTS[0], 0.1, 3, gamma2=np.nan), "gamma2"),
        *((lambda f=f: f(bowl_gradient, STARTS[0], 0.1, 3, eps=0.0), "eps") for f in (adagrad, rmsprop, adam)),
        (lambda: adadelta(bowl_gradient, STARTS[0], 3, eps=-1e-6), "eps"),
    ],
)
def test_bad_rates_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
