"""Hill climbing by hand and on a convex function (L01.hill)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from reference.hyperparameters.evolutionary.hill import hill_climbing
from reference.hyperparameters.evolutionary.operators_real import mutate_real


def sphere(x):
    return float(np.sum((x - 1) ** 2))


def scripted(*objects):
    """A mutation that gives these objects one after another."""
    rest = iter(objects)
    return lambda current: next(rest)


def test_the_hill_by_hand():
    best, loss, history = hill_climbing(float, 5.0, scripted(7.0, 4.0, 4.0, 6.0), 5)
    assert (best, loss, history) == (4.0, 4.0, [5.0, 5.0, 4.0, 4.0, 4.0])


def test_an_equal_object_takes_the_place():
    best, _, _ = hill_climbing(abs, -3, scripted(3), 2)
    assert best == 3


def test_a_convex_function_is_climbed_down_to_its_minimum():
    generator = np.random.default_rng(0)
    best, loss, history = hill_climbing(sphere, np.zeros(3), lambda x: mutate_real(x, 0.1, generator), 2000)
    np.testing.assert_allclose(best, 1, atol=0.1)
    assert len(history) == 2000
    assert all(later <= earlier for earlier, later in pairwise(history))
    assert loss == history[-1] == sphere(best)


@pytest.mark.parametrize("budget", [0, -1, 1.5, True])
def test_budgets_that_are_none(budget):
    with pytest.raises(ValueError, match="budget"):
        hill_climbing(float, 0.0, lambda x: x, budget)
