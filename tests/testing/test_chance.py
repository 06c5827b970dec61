"""Checks of chance: what follows the law passes from many seeds, what is slightly off fails."""

from math import erf, sqrt

import numpy as np
import pytest

from grader.testing import assert_count, assert_law


def normal(x):
    return (1 + erf(x / sqrt(2))) / 2


@pytest.mark.parametrize("seed", range(50))
def test_right_values_pass(seed):
    rng = np.random.default_rng(seed)
    assert_law(rng.uniform(size=2000), what="uniform")
    assert_law(rng.normal(size=(40, 50)), normal, what="normal")
    assert_count(rng.binomial(1000, 0.3), 1000, 0.3, "coins")
    assert_count(rng.binomial(50, 0.01), 50, 0.01, "rare coins")


def test_wrong_values_fail():
    rng = np.random.default_rng(0)
    for values in (
        rng.uniform(size=2000) ** 2,
        rng.uniform(-1, 1, 2000),
        0.8 * rng.uniform(size=2000),
        np.full(99, 0.5),
    ):
        with pytest.raises(AssertionError, match="uniform"):
            assert_law(values, what="uniform")
    with pytest.raises(AssertionError, match="normal"):
        assert_law(1.3 * rng.normal(size=2000), normal, what="normal")


@pytest.mark.parametrize("hits", [0, 180, 420, 1000])
def test_a_count_tells_what_was_expected(hits):
    with pytest.raises(AssertionError, match=f"coins: {hits} of 1000, about 300 are to be expected"):
        assert_count(hits, 1000, 0.3, "coins")


def test_what_is_certain():
    assert_count(1000, 1000, 1.0, "always")
    with pytest.raises(AssertionError):
        assert_count(990, 1000, 1.0, "always")
