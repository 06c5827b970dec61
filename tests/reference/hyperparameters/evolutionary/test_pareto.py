"""The Pareto front by brute force; one loss with bounds by hand, by scipy, and by the front (L01.pareto)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import Bounds, LinearConstraint, milp

from reference.hyperparameters.evolutionary.pareto import constrained_minimum, pareto_front

TABLES = arrays(float, st.tuples(st.integers(1, 12), st.integers(1, 3)), elements=st.integers(0, 4))


@given(TABLES)
def test_the_front_by_brute_force(losses):
    def dominates(a, b):
        return all(x <= y for x, y in zip(a, b, strict=True)) and any(x < y for x, y in zip(a, b, strict=True))

    rows = losses.tolist()
    expected = [i for i, row in enumerate(rows) if not any(dominates(other, row) for other in rows)]
    assert pareto_front(losses).tolist() == expected


def test_duplicates_stay_and_nan_is_refused():
    assert pareto_front(np.array([[1, 2], [2, 1], [1, 2], [2, 2]])).tolist() == [0, 1, 2]
    for bad in (np.zeros((0, 2)), np.zeros(3), np.array([[1, np.nan]])):
        with pytest.raises(ValueError, match="losses"):
            pareto_front(bad)


def test_bounds_by_hand():
    inf = np.inf
    losses = [[3.0, 1.0, 5.0], [1.0, 2.0, 9.0], [2.0, 2.0, inf], [2.0, 1.0, 5.0], [2.0, 1.0, 4.0]]
    for j, bounds, row in (
        (0, {}, 1),
        (0, {1: 2.0}, 1),
        (0, {1: 1.5}, 3),
        (0, {2: 4.5, 1: 1.0}, 4),
        (0, {1: 0.5}, None),
        (2, {0: 2.0, 1: inf}, 4),
        (2, {0: 1.0}, 1),
        (1, {0: 2.0, 2: inf}, 3),
        (1, {0: -inf}, None),
    ):
        assert constrained_minimum(losses, j, bounds) == row
    assert constrained_minimum([[0, inf], [1, inf]], 1, {0: 5}) == 0
    table = np.ones((2, 3))
    for name, arguments in (
        ("losses", (np.array([[1.0, np.nan]]), 0, {})),
        ("losses", (np.zeros(3), 0, {})),
        ("j", (table, 3, {})),
        ("j", (table, -1, {})),
        ("bounds", (table, 0, {0: 1.0})),
        ("bounds", (table, 0, {3: 1.0})),
        ("bounds", (table, 0, {1: np.nan})),
    ):
        with pytest.raises(ValueError, match=name):
            constrained_minimum(*arguments)


def test_bounds_by_an_integer_program():
    rng = np.random.default_rng(0)
    for _ in range(20):
        losses, limits = rng.random((8, 3)), rng.uniform(0.1, 0.9, 2)
        one = LinearConstraint(np.ones((1, 8)), 1, 1)
        program = milp(
            losses[:, 0],
            constraints=[one, LinearConstraint(losses[:, 1:].T, ub=limits)],
            integrality=np.ones(8),
            bounds=Bounds(0, 1),
        )
        row = constrained_minimum(losses, 0, {1: limits[0], 2: limits[1]})
        assert row == (None if program.x is None else int(np.argmax(program.x)))


@given(TABLES)
def test_the_front_is_what_bounds_give(losses):
    """Bounded by its own losses each row of the front is the best; what is best alone is never strictly dominated."""
    front = pareto_front(losses)
    for j in range(losses.shape[1]):
        others = [column for column in range(losses.shape[1]) if column != j]
        for row in front:
            best = constrained_minimum(losses, j, {column: losses[row, column] for column in others})
            assert losses[best].tolist() == losses[row].tolist()
        best = constrained_minimum(losses, j, {})
        assert not (losses < losses[best]).all(axis=1).any()
