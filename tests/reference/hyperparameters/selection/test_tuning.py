"""Tuning and selection by brute force (L01.tuning, L01.selection)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.hyperparameters.selection.tuning import select, select_and_tune, tune


@given(st.lists(st.integers(-3, 3), min_size=1))
def test_the_first_of_the_smallest(losses):
    best, loss = tune(lambda i: losses[i], range(len(losses)))
    assert loss == min(losses)
    assert best == losses.index(min(losses))


def test_settings_may_be_made_one_at_a_time_and_each_is_tried_once():
    tried = []
    assert tune(lambda p: tried.append(p) or (p - 3) ** 2, (p for p in range(6))) == (3, 0.0)
    assert tried == list(range(6))


def test_a_failed_training_never_wins():
    nan = float("nan")
    assert tune({"a": nan, "b": 5.0, "c": nan}.__getitem__, "abc") == ("b", 5.0)
    assert tune({"a": float("inf"), "b": nan}.__getitem__, "ab") == ("a", float("inf"))
    with pytest.raises(ValueError, match="loss"):
        tune(lambda p: nan, [1, 2])
    with pytest.raises(ValueError, match="settings"):
        tune(float, [])


def test_the_joint_problem_is_the_minimum_over_all_pairs():
    losses = {("knn", 1): 3.0, ("knn", 5): 2.0, ("svm", 1): 2.0, ("svm", 5): 4.0, ("tree", None): 2.0}
    spaces = {"knn": [1, 5], "svm": [1, 5], "tree": [None]}
    assert select_and_tune(lambda *pair: losses[pair], spaces) == ("knn", 5, 2.0)
    assert select({"knn": 1.0, "svm": 0.5}.__getitem__, ["knn", "svm"]) == ("svm", 0.5)
    for bad, name in (({}, "spaces"), ({"knn": [1], "svm": []}, "svm")):
        with pytest.raises(ValueError, match=name):
            select_and_tune(lambda *pair: 0.0, bad)
    with pytest.raises(ValueError, match="algorithms"):
        select(lambda name: 0.0, [])
