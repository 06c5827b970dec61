"""FastICA against scikit-learn's, by hand, and planted sources."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import sklearn.decomposition

from reference.extraction.components.ica import fastica, fastica_step
from reference.extraction.components.whitening import whiten


def mixed(seed, n=800):
    """Sources (n, 3), none of them normal, and mixtures of them."""
    rng = np.random.default_rng(seed)
    S = np.stack([rng.uniform(-1, 1, n), rng.laplace(size=n), rng.choice([-1.0, 1.0], size=n)], axis=1)
    return S, S @ rng.normal(size=(3, 3)) + 5.0, rng.normal(size=(3, 3))


def test_a_step_by_hand():
    Z = [[-1, -1], [1, -1], [-1, 1], [1, 1]]
    np.testing.assert_allclose(fastica_step(Z, np.eye(2), "cube"), -np.eye(2), atol=1e-12)
    np.testing.assert_allclose(fastica_step(Z, np.eye(2)), np.eye(2), atol=1e-12)


@pytest.mark.parametrize("g", ["tanh", "cube"])
def test_a_step_from_loops(g):
    _, X, W = mixed(0, 40)
    Z = whiten(X)[0]
    rows = []
    for w in W:
        u = [float(w @ z) for z in Z]
        values = np.tanh(u) if g == "tanh" else np.power(u, 3)
        slopes = 1 / np.cosh(u) ** 2 if g == "tanh" else 3 * np.square(u)
        rows.append(np.mean([z * value for z, value in zip(Z, values, strict=True)], axis=0) - slopes.mean() * w)
    left, _, right = np.linalg.svd(rows)
    np.testing.assert_allclose(fastica_step(Z, W, g), left @ right)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("g", "theirs"), [("tanh", "logcosh"), ("cube", "cube")])
def test_as_sklearn(seed, g, theirs):
    S, X, start = mixed(seed)
    found, unmixing, converged = fastica(X, start, g, tol=1e-12)
    other = sklearn.decomposition.FastICA(fun=theirs, whiten="unit-variance", w_init=start, tol=1e-12, max_iter=500)
    expected = other.fit_transform(X)
    alike = np.abs(np.corrcoef(found.T, expected.T)[:3, 3:])
    np.testing.assert_allclose(np.sort(alike.max(axis=1)), 1.0, rtol=1e-6)
    planted = np.abs(np.corrcoef(found.T, S.T)[:3, 3:])
    assert sorted(planted.argmax(axis=1)) == [0, 1, 2]
    assert planted.max(axis=1).min() > 0.98
    assert converged
    np.testing.assert_allclose(found, (X - X.mean(axis=0)) @ unmixing.T)
    np.testing.assert_allclose(found.T @ found / len(X), np.eye(3), atol=1e-9)


def test_stops():
    _, X, start = mixed(1)
    by_steps = [fastica(X, start, steps=steps, tol=1e-300)[0] for steps in range(1, 12)]
    sizes = [np.abs(np.abs((a * b).mean(axis=0)) - 1).max() for a, b in pairwise(by_steps)]
    last = int(np.argmax(np.array(sizes) < 1e-3))
    found, _, converged = fastica(X, start, tol=1e-3)
    assert converged
    np.testing.assert_allclose(found, by_steps[last + 1])
    assert not fastica(X, start, steps=last + 1, tol=1e-3)[2]
    assert fastica(X, start, steps=last + 2, tol=1e-3)[2]


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("X", {"X": [[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]}),
        ("start", {"start": np.eye(3)}),
        ("start", {"start": np.ones((2, 2))}),
        ("g", {"g": "sine"}),
        ("steps", {"steps": 0}),
        ("tol", {"tol": 0.0}),
    ],
)
def test_errors(name, changed):
    arguments = {"X": np.random.default_rng(0).normal(size=(9, 2)), "start": np.eye(2)}
    with pytest.raises(ValueError, match=f"^{name} must"):
        fastica(**(arguments | changed))


def test_errors_of_a_step():
    Z = np.random.default_rng(0).normal(size=(9, 2))
    for name, arguments in (("Z", ([1.0], np.eye(2))), ("W", (Z, np.eye(3))), ("g", (Z, np.eye(2), "sine"))):
        with pytest.raises(ValueError, match=f"^{name} must"):
            fastica_step(*arguments)
