"""The hybrid by hand, against scikit-learn's forward selection, and by the number of calls."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_selection import SequentialFeatureSelector
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import cross_val_score

from grader.testing import counted
from reference.selection.combinations.hybrid import hybrid

VALUES = {(0,): 4.0, (2,): 5.0, (3,): 6.0, (0, 2): 9.0, (0, 3): 8.0, (2, 3): 7.0}


def test_by_hand():
    assert hybrid([0.7, 0.1, 0.9, 0.8], 3, VALUES.__getitem__, 2) == [3, 0]
    assert hybrid([0.7, 0.1, 0.9, 0.8], 1, VALUES.__getitem__, 1) == [2]


@pytest.mark.parametrize("keep", [4, 6])
def test_against_scikit_learn(keep):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 6))
    y = X @ [3.0, 0.0, 2.0, 0.0, 1.0, 0.0] + 0.1 * rng.normal(size=60)
    scores = np.abs(np.corrcoef(X.T, y)[-1, :-1])
    kept = np.sort(np.argsort(-scores)[:keep])
    model = LinearRegression()
    trusted = SequentialFeatureSelector(model, n_features_to_select=3, cv=3).fit(X[:, kept], y)
    found = hybrid(scores, keep, lambda subset: float(cross_val_score(model, X[:, subset], y, cv=3).mean()), 3)
    assert sorted(found) == kept[trusted.get_support()].tolist()


def test_fewer_calls_than_the_wrapper_alone():
    scores = np.random.default_rng(1).normal(size=20)
    little, much = counted(lambda subset: -float(sum(subset))), counted(lambda subset: -float(sum(subset)))
    hybrid(scores, 6, little, 3)
    assert hybrid(scores, 20, much, 3) == [0, 1, 2]
    assert (little.count, much.count) == (6 + 5 + 4, 20 + 19 + 18)
    assert all(list(subset) == sorted(set(subset)) for (subset,) in little.calls)
    kept = set(np.argsort(-scores)[:6].tolist())
    assert {feature for (subset,) in little.calls for feature in subset} == kept


def test_ties_go_to_the_lower_index():
    assert hybrid([1, 2, 1, 1], 2, lambda subset: 0.0, 2) == [0, 1]


@pytest.mark.parametrize(
    ("named", "scores", "keep", "k"),
    [
        ("scores", [np.nan], 1, 1),
        ("scores", [], 1, 1),
        ("keep", [1.0, 2.0], 3, 1),
        ("keep", [1.0, 2.0], 0, 1),
        ("k", [1.0, 2.0], 1, 2),
        ("k", [1.0, 2.0], 1, 0),
    ],
)
def test_bad_arguments_are_named(named, scores, keep, k):
    with pytest.raises(ValueError, match=f"^{named} must"):
        hybrid(scores, keep, len, k)
