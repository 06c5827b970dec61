"""Grids against scikit-learn, ranges against numpy (L01.grid)."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from sklearn.model_selection import ParameterGrid

from reference.hyperparameters.search.grid import discretise, grid


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
    ("call", "named"),
    [
        (lambda: discretise(0, 1, 1), "count"),
        (lambda: discretise(1, 1, 3), "high"),
        (lambda: discretise(0, 1, 3, True), "low"),
        (lambda: discretise(0, np.nan, 3), "high"),
        (lambda: list(grid({"a": []})), "a"),
    ],
)
def test_bad_arguments_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
