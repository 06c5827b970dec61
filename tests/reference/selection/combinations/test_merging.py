"""Merged rankings and scores by hand, against scipy and scikit-learn, and by their properties."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import rankdata
from sklearn.preprocessing import minmax_scale

from reference.selection.combinations.merging import merge_rankings, merge_scores


def test_rankings_by_hand():
    assert merge_rankings([[2, 0, 1], [1, 0, 2]]).tolist() == [1, 0, 2]
    assert merge_rankings([[0, 1, 2, 3], [3, 2, 1, 0]]).tolist() == [0, 1, 2, 3]


def test_rankings_against_scipy():
    rng = np.random.default_rng(0)
    R = np.array([rng.permutation(20) for _ in range(7)])
    places = np.empty(20)
    places[merge_rankings(R)] = np.arange(20)
    np.testing.assert_array_equal(places + 1, rankdata(R.mean(axis=0), method="ordinal"))


def test_a_ranking_that_all_share_is_the_result():
    order = np.random.default_rng(1).permutation(9)
    assert merge_rankings(np.tile(np.argsort(order), (4, 1))).tolist() == order.tolist()


def test_scores_by_hand():
    S = [[0, 5, 10], [3, 2, 2], [7, 7, 7]]
    np.testing.assert_allclose(merge_scores(S), np.array([2, 1, 2]) / 6, rtol=1e-12)
    assert merge_scores(S, "median").tolist() == [0.0, 0.0, 0.0]
    np.testing.assert_allclose(merge_scores(S[:2], "median"), [0.5, 0.25, 0.5], rtol=1e-12)


@pytest.mark.parametrize(("how", "middle"), [("mean", np.mean), ("median", np.median)])
def test_scores_against_scikit_learn(how, middle):
    S = np.random.default_rng(2).normal(size=(6, 9)) * 10.0 ** np.arange(-3, 3)[:, None]
    S[2] = 4.0
    np.testing.assert_allclose(merge_scores(S, how), middle(minmax_scale(S, axis=1), axis=0), rtol=1e-9, atol=1e-12)


def test_units_do_not_matter():
    rng = np.random.default_rng(3)
    S = rng.normal(size=(4, 6))
    moved = S * rng.uniform(0.1, 100, size=(4, 1)) + rng.normal(size=(4, 1))
    np.testing.assert_allclose(merge_scores(moved), merge_scores(S), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("named", "call"),
    [
        ("R", lambda: merge_rankings([0, 1])),
        ("R", lambda: merge_rankings([[0, 0]])),
        ("R", lambda: merge_rankings([[1, 2]])),
        ("R", lambda: merge_rankings([[0.0, 1.0]])),
        ("S", lambda: merge_scores([[np.nan]])),
        ("S", lambda: merge_scores([1.0])),
        ("how", lambda: merge_scores([[1.0]], "max")),
    ],
)
def test_bad_arguments_are_named(named, call):
    with pytest.raises(ValueError, match=f"^{named} must"):
        call()
