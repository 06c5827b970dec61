"""EM for principal components: against numpy's least squares and `pca`, by hand, and by a sum that never rises."""

from __future__ import annotations

import numpy as np
import pytest

from reference.extraction.principal.expectation import em_step, empca
from reference.extraction.principal.pca import pca


def test_a_step_is_two_least_squares_problems():
    rng = np.random.default_rng(0)
    X, U = rng.normal(size=(12, 5)) + 4, rng.normal(size=(5, 3))
    G, after = em_step(X, U)
    np.testing.assert_allclose(G, np.linalg.lstsq(U, X.T)[0].T, rtol=1e-9)
    np.testing.assert_allclose(after, np.linalg.lstsq(G, X)[0].T, rtol=1e-9)


def test_by_hand():
    G, U = em_step([[1.0, 2.0], [0.0, 1.0]], [[2.0], [0.0]])
    assert (G.tolist(), U.tolist()) == ([[0.5], [0.0]], [[2.0], [4.0]])


def test_what_is_left_never_rises():
    rng = np.random.default_rng(1)
    X, U = rng.normal(size=(20, 6)), rng.normal(size=(6, 2))
    left = []
    for _ in range(15):
        G, after = em_step(X, U)
        left += [((G @ U.T - X) ** 2).sum(), ((G @ after.T - X) ** 2).sum()]
        U = after
    assert (np.diff(left) <= 1e-12).all()


@pytest.mark.parametrize(("l", "n", "m"), [(40, 5, 2), (6, 15, 3), (20, 3, 3)])
def test_as_pca(l, n, m):  # noqa: E741 (the lecture's name)
    rng = np.random.default_rng(n)
    X = rng.normal(size=(l, n)) * np.linspace(1, 3, n) + 5
    G, U, mean = empca(X, rng.normal(size=(n, m)), 400)
    expected = pca(X, m)[1]
    np.testing.assert_allclose(U.T @ U, np.eye(m), atol=1e-12)
    np.testing.assert_allclose(U @ U.T, expected @ expected.T, atol=1e-6)
    np.testing.assert_allclose(G, (X - X.mean(axis=0)) @ U, atol=1e-10)
    np.testing.assert_allclose(mean, X.mean(axis=0))


def test_steps_of_the_subspace():
    rng = np.random.default_rng(3)
    X, start = rng.normal(size=(9, 4)), rng.normal(size=(4, 2))
    for center in (True, False):
        own = X - X.mean(axis=0) * center
        spanned = np.linalg.qr(own.T @ own @ own.T @ own @ start)[0]  # each step multiplies by F^T F
        U = empca(X, start, 2, center)[1]
        np.testing.assert_allclose(U @ U.T, spanned @ spanned.T, atol=1e-10)


LINE = np.array([[0.0, 0.0], [1.0, 2.0], [2.0, 4.0]])


@pytest.mark.parametrize(
    ("named", "call"),
    [
        ("F", lambda: em_step([1.0], [[1.0]])),
        ("U", lambda: em_step(LINE, [[1.0]])),
        ("U", lambda: em_step(np.eye(2), [[1.0, 2.0], [1.0, 2.0]])),
        ("U", lambda: em_step(LINE, np.eye(2))),
        ("U", lambda: em_step(np.eye(2), np.ones((2, 3)))),
        ("F", lambda: empca(np.zeros((0, 2)), np.eye(2), 1)),
        ("start", lambda: empca(LINE, np.eye(2), 1)),
        ("start", lambda: empca(LINE, np.eye(3), 1)),
        ("steps", lambda: empca(LINE, [[1.0], [0.0]], 0)),
    ],
)
def test_bad_arguments(named, call):
    with pytest.raises(ValueError, match=f"^{named} must"):
        call()
