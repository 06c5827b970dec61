"""The Wolfe conditions of the steps that are found; scipy's own search checks that such steps exist."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import line_search

from reference.autodiff.second_order.line_search import wolfe_step

from .problems import smooth_problems

PROBLEMS = smooth_problems()


@pytest.mark.parametrize("name", PROBLEMS)
@pytest.mark.parametrize("scale", [1e-6, 1e-2, 1.0, 30.0, 1e5])
@pytest.mark.parametrize(("c1", "c2"), [(1e-4, 0.9), (0.1, 0.3)])
def test_conditions(name, scale, c1, c2):
    f, gradient, w = PROBLEMS[name]
    direction = -scale * gradient(w)
    step = wolfe_step(f, gradient, w, direction, c1, c2)
    slope = gradient(w) @ direction
    assert step > 0
    assert f(w + step * direction) <= f(w) + c1 * step * slope
    assert gradient(w + step * direction) @ direction >= c2 * slope
    if name != "flat-quartic" and scale == 1.0 and c2 == 0.9:
        assert line_search(f, gradient, w, direction)[0] is not None


def test_one_is_enough():
    """Along Newton's direction the step 1 satisfies both, although others do as well."""
    assert wolfe_step(lambda w: float(w @ w), lambda w: 2 * w, [3.0, 4.0], [-3.0, -4.0]) == 1.0
    assert wolfe_step(lambda w: float(w @ w), lambda w: 2 * w, [3.0, 4.0], [-1.0, -1.0]) == 1.0


def test_by_hand():
    """f = w^2 from 1 along -8: the steps 1 and 1/2 are too long, 1/4 leads to the mirror image, 1/8 to 0.

    Along -1/64 the second condition asks for a step of at least 6.4.
    """
    assert wolfe_step(lambda w: float(w[0] ** 2), lambda w: 2 * w, [1.0], [-8.0]) == 0.125
    assert wolfe_step(lambda w: float(w[0] ** 2), lambda w: 2 * w, [1.0], [-1 / 64]) == 8.0


@pytest.mark.parametrize("outside", [math.nan, math.inf])
def test_stays_where_the_function_exists(outside):
    def f(w):
        return float(w[0] - np.log(w[0])) if w[0] > 0 else outside

    def gradient(w):
        assert w[0] > 0
        return 1 - 1 / w

    step = wolfe_step(f, gradient, [3.0], [-100.0])
    assert 0 < 3 - 100 * step < 3


def test_no_step():
    with pytest.raises(RuntimeError):
        wolfe_step(lambda w: float(w.sum()), np.ones_like, [0.0, 0.0], [-1.0, -1.0])


@pytest.mark.parametrize(
    ("w", "direction", "constants", "named"),
    [
        ([[1.0]], [1.0], (), "w"),
        ([1.0], [1.0, 2.0], (), "direction"),
        ([1.0], [1.0], (), "direction"),
        ([1.0], [0.0], (), "direction"),
        ([1.0], [-1.0], (0.0, 0.9), "c1"),
        ([1.0], [-1.0], (0.5, 0.4), "c2"),
        ([1.0], [-1.0], (0.5, 1.0), "c2"),
    ],
)
def test_bad_arguments(w, direction, constants, named):
    with pytest.raises(ValueError, match=rf"\b{named}\b"):
        wolfe_step(lambda w: float(w @ w), lambda w: 2 * w, w, direction, *constants)
