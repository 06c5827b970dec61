"""The broken line against numpy.interp, by hand, and how it comes near a smooth function."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from reference.deep.perceptron.interpolation import interpolate
from reference.deep.perceptron.network import Perceptron


def line(x, y, at):
    return Perceptron(*interpolate(x, y), "relu").forward(np.asarray(at)[:, None])[:, 0]


@pytest.mark.parametrize("n", [1, 2, 3, 30])
def test_against_numpy(n):
    rng = np.random.default_rng(n)
    x, y = rng.permutation(n) + rng.uniform(0, 0.5, n), rng.normal(size=n)
    at = np.linspace(x.min(), x.max(), 200)
    order = np.argsort(x)
    np.testing.assert_allclose(line(x, y, at), np.interp(at, x[order], y[order]), atol=1e-11)


def test_by_hand():
    weights, biases = interpolate([2.0, 0.0, 1.0], [3.0, 5.0, 6.0])
    assert [one.tolist() for one in weights] == [[[1.0, 1.0]], [[1.0], [-4.0]]]
    assert [one.tolist() for one in biases] == [[0.0, -1.0], [5.0]]


def test_more_points_come_nearer_to_a_smooth_function():
    at, errors = np.linspace(0, 6, 1000), []
    for n in (5, 10, 20, 40):
        x = np.linspace(0, 6, n)
        errors.append(np.abs(line(x, np.sin(x), at) - np.sin(at)).max())
    assert all(later < earlier / 3 for earlier, later in pairwise(errors))


@pytest.mark.parametrize(
    ("named", "x", "y"), [("x", [], []), ("x", [1.0, 2.0, 1.0], [1.0, 2.0, 1.0]), ("y", [1.0, 2.0], [1.0])]
)
def test_bad_arguments_are_named(named, x, y):
    with pytest.raises(ValueError, match=f"^{named} must"):
        interpolate(x, y)
