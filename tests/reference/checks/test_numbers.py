"""Numbers as arguments: one answer to wrong types, bools and numpy's numbers in all checks."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from reference.checks.numbers import decay, not_negative, positive, probability, real, whole

REALS = {f.__name__: f for f in (real, positive, not_negative, probability, decay)}
NO_NUMBERS = [None, "1", b"1", True, False, np.True_, 0.5j, [0.5], np.array(0.5), np.array([0.5]), Fraction(1, 2)]


@pytest.mark.parametrize("value", [3, np.int8(3), np.uint64(3)])
def test_whole_numbers_of_any_width_become_ints(value):
    assert type(whole("k", value)) is int
    assert whole("k", value, 3, 3) == 3


@pytest.mark.parametrize("value", [*NO_NUMBERS, 3.0, np.float64(3.0), math.nan])
def test_what_is_no_whole_number(value):
    with pytest.raises(ValueError, match=r"^k must be a whole number"):
        whole("k", value, None)


@pytest.mark.parametrize(
    ("value", "bounds", "told"),
    [
        (0, (), "of at least 1"),
        (-1, (0,), "of at least 0"),
        (6, (1, 5), "from 1 to 5"),
        (0, (1, 5), "from 1 to 5"),
        (np.int64(6), (None, 5), "of at most 5"),
    ],
)
def test_bounds_belong_to_the_range_and_are_told(value, bounds, told):
    with pytest.raises(ValueError, match=f"^k must be a whole number {told}, not "):
        whole("k", value, *bounds)


@pytest.mark.parametrize("name", REALS)
@pytest.mark.parametrize("value", [0.5, np.float32(0.5), np.float64(0.5)])
def test_reals_become_floats(name, value):
    assert type(REALS[name]("x", value)) is float
    assert REALS[name]("x", value) == 0.5


@pytest.mark.parametrize("name", REALS)
@pytest.mark.parametrize("value", [*NO_NUMBERS, math.nan, math.inf, -math.inf])
def test_what_is_no_finite_number(name, value):
    with pytest.raises(ValueError, match=r"^x must be a "):
        REALS[name]("x", value)


@pytest.mark.parametrize(
    ("check", "inside", "outside"),
    [
        (positive, [1e-300, 7], [0, -1e-300]),
        (not_negative, [0, 7], [-1e-300]),
        (probability, [0, 1], [-1e-16, 1.0000001]),
        (decay, [0, 0.999], [1, -0.1]),
        (lambda name, value: real(name, value, -2, 3), [-2, 3], [-2.1, 3.1]),
    ],
)
def test_ends_of_ranges(check, inside, outside):
    assert [check("x", value) for value in inside] == inside
    for value in outside:
        with pytest.raises(ValueError, match=r"^x must be "):
            check("x", value)


def test_infinity_where_it_is_allowed():
    assert positive("h", math.inf, infinite=True) == not_negative("h", np.inf, infinite=True) == math.inf
    for check in (positive, not_negative):
        for value in (-math.inf, math.nan):
            with pytest.raises(ValueError, match=r"^h must be a number"):
                check("h", value, infinite=True)
