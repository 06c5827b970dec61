"""The Pareto front by brute force (L01.pareto)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reference.hyperparameters.evolutionary.pareto import pareto_front


@given(arrays(float, st.tuples(st.integers(1, 12), st.integers(1, 3)), elements=st.integers(0, 4)))
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
