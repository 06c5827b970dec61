"""Evaluations up to a required loss: by hand, by numpy, and as the inverse of the best loss within a budget."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.hyperparameters.stopping import evaluations_to_reach

LOSSES = st.lists(st.integers(-4, 4).map(float) | st.just(math.inf), max_size=12)


def test_by_hand():
    losses = [math.inf, 5.0, math.nan, 3.0, 4.0, 3.0, 1.0]
    reached = {5.0: 2, 4.5: 4, 3.0: 4, 2.9: 7, 1.0: 7, 0.5: None, math.inf: 1, -math.inf: None}
    assert {required: evaluations_to_reach(losses, required) for required in reached} == reached
    assert evaluations_to_reach([], 1.0) is None
    assert evaluations_to_reach([math.nan], math.inf) is None
    for bad in (math.nan, "3", [1.0]):
        with pytest.raises(ValueError, match="required"):
            evaluations_to_reach(losses, bad)


@given(LOSSES, st.integers(-5, 5))
def test_the_best_losses_so_far_are_searched(losses, required):
    best = np.minimum.accumulate(losses) if losses else np.zeros(0)
    place = int(np.searchsorted(-best, -required))
    assert evaluations_to_reach(losses, required) == (place + 1 if place < len(losses) else None)


@given(LOSSES, st.integers(-5, 5))
def test_a_budget_reaches_the_loss_if_it_is_large_enough(losses, required):
    """The two criteria of the lecture are inverse: least evaluations for a loss, least loss for so many evaluations."""
    needed = evaluations_to_reach(losses, required)
    for budget in range(1, len(losses) + 1):
        assert (min(losses[:budget]) <= required) == (needed is not None and budget >= needed)
