"""The model of L-BFGS-B against dense matrices and scans."""

from __future__ import annotations

import numpy as np
import pytest

from reference.autodiff.second_order.bfgs import bfgs_update
from reference.autodiff.second_order.box_model import Box, Model, cauchy_point, model_minimum

from .problems import quadratic


def dense(model_pairs, size):
    """The Hessian of the model, as the inverse of what BFGS makes of theta I."""
    s, y = model_pairs[-1]
    C = (s @ y) / (y @ y) * np.eye(size)
    for s, y in model_pairs:
        C = bfgs_update(C, s, y)
    return np.linalg.inv(C)


def some_model(seed, count=4, size=6):
    rng = np.random.default_rng(seed)
    _, _, A, _ = quadratic(size, 20.0, rng)
    made = [(s, A @ s) for s in rng.normal(size=(count, size))]
    return made, rng


@pytest.mark.parametrize("seed", range(3))
def test_compact_form_is_bfgs(seed):
    made, rng = some_model(seed)
    model, B = Model(made, 6), dense(made, 6)
    v = rng.normal(size=6)
    np.testing.assert_allclose(model.times(v), B @ v, rtol=1e-8, atol=1e-9)
    free = np.array([True, False, True, True, False, True])
    r = rng.normal(size=4)
    np.testing.assert_allclose(model.solve_free(free, r), np.linalg.solve(B[np.ix_(free, free)], r), rtol=1e-7)


@pytest.mark.parametrize("seed", range(10))
def test_cauchy_point_against_a_scan(seed):
    made, rng = some_model(seed)
    B, g, w = dense(made, 6), 5 * rng.normal(size=6), rng.uniform(-0.5, 0.5, 6)
    box = Box(np.full(6, -0.5), np.full(6, 0.6))
    times = np.linspace(0, 3, 30_001)
    path = box.clip(w - times[:, None] * g) - w
    values = path @ g + 0.5 * np.einsum("ti,ij,tj->t", path, B, path)
    first = np.flatnonzero(np.diff(values) >= 0)[0]  # of the minima along the path the first counts
    found = cauchy_point(Model(made, 6), w, g, box)
    np.testing.assert_allclose(found - w, path[first], atol=2e-4 * np.abs(g).max())


@pytest.mark.parametrize("seed", range(10))
def test_model_minimum_goes_down_and_stays_inside(seed):
    made, rng = some_model(seed)
    B, g, w = dense(made, 6), 5 * rng.normal(size=6), rng.uniform(-0.5, 0.5, 6)
    box = Box(np.full(6, -0.5), np.full(6, 0.6))
    model = Model(made, 6)

    def value(x):
        return g @ (x - w) + 0.5 * (x - w) @ B @ (x - w)

    cauchy, last = cauchy_point(model, w, g, box), model_minimum(model, w, g, box)
    assert value(last) <= value(cauchy) + 1e-12
    assert value(cauchy) < 0
    assert (last == box.clip(last)).all()
