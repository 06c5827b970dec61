"""Tree-shaped spaces against enumeration by hand (L01.tree_space)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from reference.hyperparameters.search.tree_space import count_tree, enumerate_tree, flatten, sample_tree

TREE = {
    "scale": [True, False],
    "model": {
        "knn": {"k": [1, 3, 5], "weights": ["uniform", "distance"]},
        "svm": {"C": [1, 10], "kernel": {"rbf": {"gamma": [0.1, 1.0]}, "linear": {}}},
        "mean": {},
    },
}


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


def test_a_parameter_without_branches_is_named():
    with pytest.raises(ValueError, match="m has no values"):
        list(enumerate_tree({"m": {}}))
