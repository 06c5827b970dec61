"""Probabilities as arguments."""

from __future__ import annotations

import numpy as np
import pytest

from reference.checks.distributions import distribution


@pytest.mark.parametrize(
    ("values", "axis"),
    [
        ([0.25, 0.75], None),
        ([[0.5, 0.25], [0.25, 0.0]], None),
        ([[0.5, 0.5], [0.0, 1.0]], 1),
        ([0.5, 0.5 + 9e-7], None),
    ],
)
def test_probabilities_are_a_new_array(values, axis):
    given = np.array(values)
    found = distribution("p", given, axis=axis)
    np.testing.assert_array_equal(found, given)
    assert not np.shares_memory(found, given)


@pytest.mark.parametrize(
    ("values", "axis"),
    [
        ([0.5, 0.6], None),
        ([0.5, 0.5 - 2e-6], None),
        ([1.5, -0.5], None),
        ([[0.5, 0.5], [0.5, 0.5]], None),
        ([[0.5, 0.25], [0.25, 0.0]], 1),
        ([[1.0, 0.0], [1.0, 0.0]], 0),
        ([np.nan, 1.0], None),
        ([], None),
    ],
)
def test_what_is_no_distribution_is_refused_by_name(values, axis):
    with pytest.raises(ValueError, match=r"\bweights\b"):
        distribution("weights", np.array(values), axis=axis)


def test_the_shape_counts():
    with pytest.raises(ValueError, match="p must be of shape"):
        distribution("p", [0.5, 0.5], (3,))
