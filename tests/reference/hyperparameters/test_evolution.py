"""Hill climbing, annealing and the genetic algorithm (L01.hill, L01.annealing, L01.genetic)."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from reference.hyperparameters.annealing import acceptance, simulated_annealing
from reference.hyperparameters.genetic import genetic
from reference.hyperparameters.hill import hill_climbing
from reference.hyperparameters.operators_real import cross_real, mutate_real, rand_real


def sphere(x):
    return float(np.sum((x - 1) ** 2))


def scripted(*objects):
    """A mutation that gives these objects one after another."""
    rest = iter(objects)
    return lambda current: next(rest)


# -- hill climbing ---------------------------------------------------------------------------------------


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


# -- annealing -------------------------------------------------------------------------------------------


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


# -- the genetic algorithm -------------------------------------------------------------------------------


def evolve(loss, *, m=8, size=20, generations=40, elite=1, seed=0):
    generator = np.random.default_rng(seed)
    return genetic(
        loss,
        lambda: rand_real(m, generator),
        lambda x: mutate_real(x, 0.2, generator),
        cross_real,
        size,
        generations,
        generator,
        elite,
    )


@pytest.mark.parametrize(("size", "generations", "elite"), [(20, 40, 1), (7, 5, 3), (2, 1, 1), (5, 0, 2)])
def test_every_object_is_evaluated_once(size, generations, elite):
    seen = []
    best, loss, history = evolve(lambda x: seen.append(x) or sphere(x), size=size, generations=generations, elite=elite)
    assert len(seen) == size + generations * (size - elite)
    assert loss == min(map(sphere, seen)) == sphere(best)
    assert len(history) == generations + 1


def test_the_best_never_gets_lost_and_random_search_is_beaten():
    for seed in range(5):
        _, loss, history = evolve(sphere, seed=seed)
        assert all(later <= earlier for earlier, later in pairwise(history))
        generator = np.random.default_rng(seed)
        assert loss < min(sphere(rand_real(8, generator)) for _ in range(20 + 40 * 19))


def test_the_better_of_two_becomes_a_parent():
    """The rank of the better of two draws with replacement from n: (n - 1)(2n - 1) / 6n on average."""
    ranks: list[int] = []
    for seed in range(500):
        objects = iter(range(10))
        genetic(
            float,
            lambda: next(objects),  # noqa: B023
            lambda x: x,
            lambda a, b: ranks.extend((a, b)) or 5,
            10,
            1,
            np.random.default_rng(seed),
        )
    assert np.mean(ranks) == pytest.approx(9 * 19 / 60, abs=0.1)


@pytest.mark.parametrize(
    ("changes", "name"),
    [({"size": 1}, "size"), ({"generations": -1}, "generations"), ({"elite": 20}, "elite"), ({"elite": 0}, "elite")],
)
def test_errors(changes, name):
    with pytest.raises(ValueError, match=name):
        evolve(sphere, **changes)
