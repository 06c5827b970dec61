"""Votes by hand, against Counter and scipy's mode, and by union and intersection."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from scipy.stats import mode

from reference.selection.combinations.votes import vote_models, vote_sets


def test_sets_by_hand():
    sets = [[0, 3, 3], [3, 1], [1, 3], []]
    assert [vote_sets(sets, 5, votes).tolist() for votes in (1, 2, 3, 4)] == [[0, 1, 3], [1, 3], [3], []]


def test_sets_against_counter():
    rng = np.random.default_rng(0)
    sets = [rng.permutation(12)[:size] for size in (3, 7, 5, 9)]
    counts = Counter(feature for members in sets for feature in members.tolist())
    for votes in (1, 2, 3, 4):
        assert vote_sets(sets, 12, votes).tolist() == sorted(one for one in counts if counts[one] >= votes)
    assert vote_sets(sets, 12, 1).tolist() == sorted(set().union(*(members.tolist() for members in sets)))
    assert vote_sets(sets, 12, 4).tolist() == sorted(set(sets[0].tolist()).intersection(*(s.tolist() for s in sets)))


def fixed(classes):
    return lambda part: np.asarray(classes)


def test_models_by_hand():
    X = np.zeros((3, 2))
    models = [fixed([5, -3, 0]), fixed([5, 9, 1]), fixed([2, 9, 2])]
    assert vote_models(models, [[0], [1], [0, 1]], X).tolist() == [5, 9, 0]


@pytest.mark.parametrize("models", [3, 4, 7])
def test_models_against_scipy(models):
    told = np.random.default_rng(models).integers(-2, 3, size=(models, 50))
    found = vote_models([fixed(row) for row in told], [[0]] * models, np.zeros((50, 1)))
    assert found.tolist() == mode(told).mode.tolist()  # ties to the smallest there as well


def test_each_model_sees_its_columns():
    X = np.random.default_rng(1).normal(size=(4, 3))
    seen = []
    vote_models([lambda part: seen.append(part) or [0] * 4] * 2, [[2, 0], [1]], X)
    np.testing.assert_array_equal(seen[0], X[:, [2, 0]])
    np.testing.assert_array_equal(seen[1], X[:, [1]])


@pytest.mark.parametrize(
    ("named", "call"),
    [
        ("sets", lambda: vote_sets([], 2, 1)),
        ("sets", lambda: vote_sets([[2]], 2, 1)),
        ("sets", lambda: vote_sets([[-1]], 2, 1)),
        ("d", lambda: vote_sets([[0]], 0, 1)),
        ("votes", lambda: vote_sets([[0]], 2, 0)),
        ("votes", lambda: vote_sets([[0]], 2, 2)),
        ("models", lambda: vote_models([], [], [[1.0]])),
        ("models", lambda: vote_models([fixed([0, 1])], [[0]], [[1.0]])),
        ("sets", lambda: vote_models([fixed([0])], [[0], [0]], [[1.0]])),
        ("sets", lambda: vote_models([fixed([0])], [[]], [[1.0]])),
        ("X", lambda: vote_models([fixed([0])], [[0]], [[np.nan]])),
    ],
)
def test_bad_arguments_are_named(named, call):
    with pytest.raises(ValueError, match=f"^{named} must"):
        call()
