"""Dual numbers against torch and cases by hand (L02.forward_mode)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from reference.autodiff.graphs.dual import Dual, forward_derivative

from .expressions import EVERYWHERE, by_torch


def derivatives(expression, point):
    by_x, by_y = (forward_derivative(expression, point, index) for index in (0, 1))
    assert by_x[0] == by_y[0]
    return by_x[0], by_x[1], by_y[1]


@EVERYWHERE
def test_against_torch(expression, point):
    np.testing.assert_allclose(derivatives(expression, point), by_torch(expression, point), rtol=1e-12, atol=1e-12)


def test_functions_are_applied_by_the_chain_rule():
    found = derivatives(lambda x, y: (x * y).apply(math.sin, math.cos) * x, (2.0, 0.5))
    expected = (math.sin(1.0) * 2, math.cos(1.0) * 0.5 * 2 + math.sin(1.0), math.cos(1.0) * 2 * 2)
    np.testing.assert_allclose(found, expected, rtol=1e-14)


def test_constants_and_bad_arguments():
    for index in (-1, 2):
        with pytest.raises(ValueError, match="index"):
            forward_derivative(lambda x, y: x, [1.0, 2.0], index)
    assert forward_derivative(lambda x: 7, [1.0], 0) == (7.0, 0.0)
    assert (Dual(2.0) ** Dual(3.0)).slope == 0.0
