"""Draws against their distributions, and the budget (L01.random)."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from reference.hyperparameters.search.random_search import draw, random_search


@pytest.mark.parametrize(
    ("distribution", "cdf"),
    [
        (("uniform", -1.0, 3.0), stats.uniform(-1, 4).cdf),
        (("log-uniform", 1e-3, 10.0), stats.loguniform(1e-3, 10).cdf),
    ],
)
def test_draws_follow_their_distribution(distribution, cdf):
    rng = np.random.default_rng(5)
    assert stats.kstest([draw(distribution, rng) for _ in range(3000)], cdf).pvalue > 1e-3


def test_integers_and_categories_are_uniform_with_both_ends():
    rng = np.random.default_rng(6)
    for distribution, values in ((("integer", 3, 6), [3, 4, 5, 6]), (("category", ["a", "b"]), ["a", "b"])):
        drawn = [draw(distribution, rng) for _ in range(2000)]
        assert stats.chisquare([drawn.count(value) for value in values]).pvalue > 1e-3


def test_the_best_is_the_first_of_equal_ones_and_the_budget_is_kept():
    seen = []

    def objective(setting):
        seen.append(setting)
        return -1.0 if len(seen) in (3, 5) else 0.0

    best, loss, history = random_search(objective, {"x": ("uniform", 0, 1)}, 7, np.random.default_rng(0))
    assert len(seen) == len(history) == 7
    assert (best, loss) == (seen[2], -1.0)
    assert [setting for setting, _ in history] == seen


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: random_search(lambda s: 0, {}, 0, None), "budget"),
        (lambda: random_search(lambda s: 0, {"lr": ("log-uniform", 0, 1)}, 1, None), "lr"),
        (lambda: random_search(lambda s: 0, {"c": ("category", [])}, 1, None), "c"),
    ],
)
def test_bad_arguments_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
