"""Grids against scikit-learn, draws against their distributions, trees against enumeration by hand."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy import stats
from sklearn.model_selection import ParameterGrid

from reference.hyperparameters.grid import discretise, grid
from reference.hyperparameters.random_search import draw, random_search
from reference.hyperparameters.tree_space import count_tree, enumerate_tree, flatten, sample_tree

TREE = {
    "scale": [True, False],
    "model": {
        "knn": {"k": [1, 3, 5], "weights": ["uniform", "distance"]},
        "svm": {"C": [1, 10], "kernel": {"rbf": {"gamma": [0.1, 1.0]}, "linear": {}}},
        "mean": {},
    },
}


def test_the_grid_is_sklearns_in_another_order():
    space = {"a": [1, 2, 3], "b": ["x", "y"], "c": [None]}
    found = list(grid(space))
    assert {tuple(sorted(s.items(), key=str)) for s in found} == {
        tuple(sorted(s.items(), key=str)) for s in ParameterGrid(space)
    }
    assert [(s["a"], s["b"]) for s in found] == list(itertools.product([1, 2, 3], ["x", "y"]))
    assert list(grid({})) == [{}]


def test_the_grid_is_lazy():
    huge = {f"p{n}": list(range(100)) for n in range(20)}
    assert next(iter(grid(huge)))["p19"] == 0


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("count", [2, 3, 7])
def test_ranges_against_numpy(count, log):
    expected = np.geomspace(0.01, 30, count) if log else np.linspace(0.01, 30, count)
    found = discretise(0.01, 30, count, log)
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    assert (found[0], found[-1]) == (0.01, 30)


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


def test_the_tree_by_hand():
    found = list(enumerate_tree(TREE))
    per_scale = 3 * 2 + 2 * (2 + 1) + 1
    assert len(found) == count_tree(TREE) == 2 * per_scale == 26
    assert found[0] == {"scale": True, "model": "knn", "k": 1, "weights": "uniform"}
    assert found[12] == {"scale": True, "model": "mean"}
    assert all(("gamma" in s) == (s.get("kernel") == "rbf") for s in found)
    assert len({tuple(s.items()) for s in found}) == 26
    linear = flatten(TREE)
    assert list(linear) == ["scale", "model", "k", "weights", "C", "kernel", "gamma"]
    assert math.prod(map(len, linear.values())) == 2 * 3 * 3 * 2 * 2 * 2 * 2 > 26


def test_samples_are_settings_and_every_choice_is_uniform():
    rng = np.random.default_rng(1)
    drawn = [sample_tree(TREE, rng) for _ in range(3000)]
    assert all(setting in list(enumerate_tree(TREE)) for setting in drawn[:200])
    assert stats.chisquare([sum(s["model"] == m for s in drawn) for m in TREE["model"]]).pvalue > 1e-3


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: discretise(0, 1, 1), "count"),
        (lambda: discretise(1, 1, 3), "high"),
        (lambda: discretise(0, 1, 3, True), "low"),
        (lambda: list(grid({"a": []})), "a"),
        (lambda: random_search(lambda s: 0, {}, 0, None), "budget"),
        (lambda: random_search(lambda s: 0, {"lr": ("log-uniform", 0, 1)}, 1, None), "lr"),
        (lambda: random_search(lambda s: 0, {"c": ("category", [])}, 1, None), "c"),
        (lambda: list(enumerate_tree({"m": {}})), "m"),
    ],
)
def test_bad_arguments_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
