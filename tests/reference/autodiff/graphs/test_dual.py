"""Dual numbers against torch and cases by hand (L02.forward_mode)."""

from __future__ import annotations

import pytest

from reference.autodiff.graphs.dual import Dual, forward_derivative

from .laws import *  # noqa: F403


@pytest.fixture
def derivatives():
    return _derivatives


def _derivatives(expression, point):
    by_x, by_y = (forward_derivative(expression, point, index) for index in (0, 1))
    assert by_x[0] == by_y[0]
    return by_x[0], by_x[1], by_y[1]


def test_constants_and_bad_arguments():
    for index in (-1, 2):
        with pytest.raises(ValueError, match="index"):
            forward_derivative(lambda x, y: x, [1.0, 2.0], index)
    assert forward_derivative(lambda x: 7, [1.0], 0) == (7.0, 0.0)
    assert (Dual(2.0) ** Dual(3.0)).slope == 0.0
