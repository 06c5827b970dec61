"""Operators on mixed spaces: frequencies, and staying inside (L01.operators_mixed)."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from reference.hyperparameters.evolutionary.operators_mixed import cross_mixed, mutate_mixed, rand_mixed

SPACE = {
    "kind": ("category", ["a", "b", "c"]),
    "only": ("category", ["x"]),
    "k": ("integer", -3, 4),
    "rate": ("real", 0.5, 2.5),
}


def rng(seed=0):
    return np.random.default_rng(seed)


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
        (lambda: mutate_mixed({"k": 2.5}, {"k": ("integer", 0, 5)}, rng()), "k is 2.5"),
        (lambda: mutate_mixed({"x": "2"}, {"x": ("real", 0, 5)}, rng()), "x is '2'"),
        (lambda: mutate_mixed({"k": 1}, {"k": ("integer", 0, 5)}, rng(), shift=0), "shift"),
        (lambda: mutate_mixed({"k": 1}, {"k": ("integer", 0, 5)}, rng(), eps=-1), "eps"),
        (lambda: cross_mixed({"k": 1}, {}, {"k": ("integer", 0, 5)}, rng()), "k is missing"),
        (lambda: cross_mixed({"k": float("nan")}, {"k": 1.0}, {"k": ("real", 0, 5)}, rng()), "k"),
    ],
)
def test_errors_of_mixed_operators(call, name):
    with pytest.raises(ValueError, match=name):
        call()
