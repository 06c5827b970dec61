"""Operators of evolutionary search: moments over many draws, frequencies, and staying inside (L01.operators_*)."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from reference.hyperparameters.onehot import from_onehot, to_onehot
from reference.hyperparameters.operators_mixed import cross_mixed, mutate_mixed, rand_mixed
from reference.hyperparameters.operators_real import cross_real, mutate_real, rand_real

SPACE = {
    "kind": ("category", ["a", "b", "c"]),
    "only": ("category", ["x"]),
    "k": ("integer", -3, 4),
    "rate": ("real", 0.5, 2.5),
}


def rng(seed=0):
    return np.random.default_rng(seed)


# -- real vectors ----------------------------------------------------------------------------------------


def test_random_vectors_are_standard_normal_and_independent():
    drawn = np.array([rand_real(3, generator) for generator in [rng()] for _ in range(20_000)])
    assert drawn.shape == (20_000, 3)
    assert stats.kstest(drawn[:, 1], "norm").pvalue > 1e-4
    np.testing.assert_allclose(np.cov(drawn.T), np.eye(3), atol=0.04)


def test_noise_has_the_given_deviation_and_leaves_the_argument_alone():
    x = np.array([5.0, -1.0])
    generator = rng()
    moved = np.array([mutate_real(x, 0.3, generator) for _ in range(20_000)]) - x
    assert stats.kstest(moved[:, 0] / 0.3, "norm").pvalue > 1e-4
    assert abs(np.corrcoef(moved.T)[0, 1]) < 0.03
    assert x.tolist() == [5.0, -1.0]


def test_a_share_of_the_coordinates_moves():
    x = np.arange(10.0)
    generator = rng()
    changed = np.array([mutate_real(x, 1.0, generator, 0.3) != x for _ in range(5_000)])
    np.testing.assert_allclose(changed.mean(axis=0), 0.3, atol=0.03)
    assert changed.sum(axis=1).var() == pytest.approx(10 * 0.3 * 0.7, rel=0.1)  # one coin a coordinate
    assert (mutate_real(x, 1.0, generator, 0.0) == x).all()


def test_the_child_is_the_middle():
    assert cross_real(np.array([1, 2]), np.array([2, 4])).tolist() == [1.5, 3.0]


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: rand_real(0, rng()), "m"),
        (lambda: mutate_real(np.zeros(2), -1.0, rng()), "eps"),
        (lambda: mutate_real(np.zeros(2), float("nan"), rng()), "eps"),
        (lambda: mutate_real(np.zeros(2), 1.0, rng(), 1.5), "share"),
        (lambda: cross_real(np.zeros(2), np.zeros(3)), "x2"),
    ],
)
def test_errors_of_real_operators(call, name):
    with pytest.raises(ValueError, match=name):
        call()


# -- mixed spaces ----------------------------------------------------------------------------------------


def test_random_settings_are_uniform():
    generator = rng()
    drawn = [rand_mixed(SPACE, generator) for _ in range(8_000)]
    assert stats.chisquare(list(Counter(s["k"] for s in drawn).values())).pvalue > 1e-4
    assert {s["k"] for s in drawn} == set(range(-3, 5))
    assert stats.chisquare(list(Counter(s["kind"] for s in drawn).values())).pvalue > 1e-4
    assert stats.kstest([s["rate"] for s in drawn], stats.uniform(0.5, 2.0).cdf).pvalue > 1e-4


def test_one_parameter_changes_each_equally_often():
    generator = rng()
    start = {"kind": "b", "only": "x", "k": 0, "rate": 1.5}
    changes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    steps: Counter[int] = Counter()
    moves = []
    for _ in range(12_000):
        mutant = mutate_mixed(start, SPACE, generator, 0.1, 2)
        changed = [name for name in SPACE if mutant[name] != start[name]]
        assert len(changed) <= 1
        changes.update(changed or ["only"])
        kinds.update([mutant["kind"]] if "kind" in changed else [])
        steps.update([mutant["k"]] if "k" in changed else [])
        moves += [mutant["rate"] - 1.5] if "rate" in changed else []
    assert stats.chisquare([changes[name] for name in SPACE]).pvalue > 1e-4
    assert set(kinds) == {"a", "c"}
    assert stats.chisquare(list(kinds.values())).pvalue > 1e-4
    assert set(steps) == {-2, -1, 1, 2}
    assert stats.chisquare(list(steps.values())).pvalue > 1e-4
    assert stats.kstest(np.array(moves) / 0.2, "norm").pvalue > 1e-4


def test_a_child_takes_categories_from_its_parents_and_numbers_from_between():
    generator = rng()
    first = {"kind": "a", "only": "x", "k": -3, "rate": 0.5}
    second = {"kind": "c", "only": "x", "k": 2, "rate": 2.5}
    children = [cross_mixed(first, second, SPACE, generator) for _ in range(4_000)]
    kinds = Counter(child["kind"] for child in children)
    assert set(kinds) == {"a", "c"}
    assert stats.chisquare(list(kinds.values())).pvalue > 1e-4
    assert {(child["k"], child["rate"]) for child in children} == {(0, 1.5)}  # -1/2 is rounded upwards


@given(st.integers(0, 2**32), st.floats(0, 50), st.integers(1, 30))
@settings(max_examples=200, deadline=None)
def test_nothing_leaves_the_space(seed, eps, shift):
    generator = rng(seed)
    first, second = rand_mixed(SPACE, generator), rand_mixed(SPACE, generator)
    for setting in (
        mutate_mixed(first, SPACE, generator, eps, shift),
        cross_mixed(first, second, SPACE, generator),
    ):
        assert list(setting) == list(SPACE)
        assert setting["kind"] in "abc"
        assert type(setting["k"]) is int
        assert -3 <= setting["k"] <= 4
        assert 0.5 <= setting["rate"] <= 2.5


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: rand_mixed({"depth": ("category", [])}, rng()), "depth"),
        (lambda: rand_mixed({"depth": ("integer", 3, 2)}, rng()), "depth"),
        (lambda: rand_mixed({"depth": ("normal", 0, 1)}, rng()), "depth"),
        (lambda: mutate_mixed({"k": 9}, {"k": ("integer", 0, 5)}, rng()), "k"),
        (lambda: mutate_mixed({"k": 1}, {"k": ("integer", 0, 5)}, rng(), shift=0), "shift"),
        (lambda: mutate_mixed({"k": 1}, {"k": ("integer", 0, 5)}, rng(), eps=-1), "eps"),
        (lambda: cross_mixed({"k": 1}, {}, {"k": ("integer", 0, 5)}, rng()), "k is missing"),
        (lambda: cross_mixed({"k": float("nan")}, {"k": 1.0}, {"k": ("real", 0, 5)}, rng()), "k"),
    ],
)
def test_errors_of_mixed_operators(call, name):
    with pytest.raises(ValueError, match=name):
        call()


# -- categories as vectors -------------------------------------------------------------------------------


def test_one_hot_and_back():
    categories = ["a", None, 3]
    for category in categories:
        vector = to_onehot(category, categories)
        assert vector.sum() == 1
        assert from_onehot(vector, categories) == category
    assert to_onehot(None, categories).tolist() == [0, 1, 0]
    assert from_onehot(np.array([-2.0, 0.5, 0.5]), categories) is None
    for bad in (np.zeros(2), np.zeros((3, 1)), np.array([0, np.nan, 1])):
        with pytest.raises(ValueError, match="x must"):
            from_onehot(bad, categories)
    with pytest.raises(ValueError, match="category"):
        to_onehot("z", categories)
