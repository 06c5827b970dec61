"""Simulated annealing: the law of acceptance over many seeds (L01.annealing)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from reference.hyperparameters.evolutionary.annealing import acceptance, simulated_annealing
from reference.hyperparameters.evolutionary.hill import hill_climbing


def scripted(*objects):
    """A mutation that gives these objects one after another."""
    rest = iter(objects)
    return lambda current: next(rest)


def test_the_law_of_acceptance():
    assert acceptance(2.0, 0.5) == pytest.approx(math.exp(-4))
    assert acceptance(-1.0, 0.0) == acceptance(0.0, 0.0) == acceptance(-1e9, 1e-9) == 1
    assert acceptance(1e-9, 0.0) == acceptance(1e9, 1e-9) == 0
    with pytest.raises(ValueError, match="t must"):
        acceptance(1.0, -0.1)


@pytest.mark.parametrize(("d", "t"), [(1.0, 1.0), (0.3, 1.0), (1.0, 0.4)])
def test_worse_steps_are_taken_as_often_as_the_law_says(d, t):
    taken = sum(
        simulated_annealing(float, 0.0, lambda x: x + d, [t], np.random.default_rng(seed))[2][1] == d
        for seed in range(4000)
    )
    assert stats.binomtest(taken, 4000, math.exp(-d / t)).pvalue > 1e-4


def test_the_best_is_kept_when_the_walk_leaves_it():
    best, loss, history = simulated_annealing(
        float, 3.0, scripted(1.0, 2.0, 5.0), [1e9, 1e9, 1e9], np.random.default_rng(0)
    )
    assert (best, loss) == (1.0, 1.0)
    assert history == [3.0, 1.0, 2.0, 5.0]


def test_cold_annealing_is_strict_about_worse_steps():
    _, _, history = simulated_annealing(abs, 2, scripted(-2, 3, 1), [0, 0, 0], np.random.default_rng(0))
    assert history == [2, 2, 2, 1]


def test_it_leaves_a_local_minimum_that_holds_hill_climbing():
    def wells(x):
        return min((x + 2) ** 2, (x - 2) ** 2 - 1)

    generator = np.random.default_rng(1)
    step = lambda x: x + generator.normal(0, 0.4)  # noqa: E731
    stuck, _, _ = hill_climbing(wells, -2.0, step, 3000)
    found, _, _ = simulated_annealing(wells, -2.0, step, np.linspace(3, 0, 3000), generator)
    assert stuck == pytest.approx(-2, abs=0.1)
    assert found == pytest.approx(2, abs=0.1)


def test_negative_temperatures_are_refused():
    with pytest.raises(ValueError, match="temperatures"):
        simulated_annealing(float, 0.0, lambda x: x, [1.0, -1.0], np.random.default_rng(0))
