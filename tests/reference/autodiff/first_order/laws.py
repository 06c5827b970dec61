"""What every first-order method keeps; a test module says which methods they are. Problems, and torch's iterates."""

from __future__ import annotations

import numpy as np
import pytest
import torch


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


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("start", STARTS)
def test_against_torch(pair, problem, start):
    function, gradient = problem
    own, make = pair
    found, expected = own(gradient, start, 40), by_torch(make, function, start, 40)
    assert found.shape == (41, 3)
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-10)


def test_one_gradient_a_step_and_untouched_arguments(method):
    start, asked = np.array([1.0, -2.0]), []

    def gradient(w):
        asked.append(w.copy())
        w[:] = 99.0  # what a careless caller may do to its argument
        return asked[-1]

    path = method(gradient, start, 7)
    assert len(asked) == 7
    assert start.tolist() == [1.0, -2.0]
    assert path[0].tolist() == [1.0, -2.0]
    assert np.isfinite(path).all()


def test_at_a_minimum_nothing_moves(method):
    path = method(lambda w: 0 * w, [3, 4], 5)
    assert path.dtype == float
    assert path.tolist() == [[3.0, 4.0]] * 6


def test_each_comes_down_an_ill_conditioned_bowl(method):
    path = method(bowl_gradient, [1.0, 1.0, 1.0], 300)
    assert bowl(path[-1]) < 0.9 * bowl(path[0])


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
def test_bad_arguments_are_named(method, gradient, start, steps, named):
    with pytest.raises(ValueError, match=named):
        method(gradient, start, steps)
