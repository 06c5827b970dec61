"""The genetic algorithm: evaluations, elitism, tournaments (L01.genetic)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from reference.hyperparameters.evolutionary.genetic import genetic
from reference.hyperparameters.evolutionary.operators_real import cross_real, mutate_real, rand_real


def sphere(x):
    return float(np.sum((x - 1) ** 2))


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
