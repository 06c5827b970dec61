"""Scaling: distances given back, scikit-learn's SMACOF, steps by hand, stress that never rises."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from sklearn.manifold import smacof as sklearn_smacof

from reference.extraction.principal.pca import pca
from reference.extraction.principal.scaling import classical_mds, smacof, stress


def distances(X):
    return np.sqrt(((X[:, None] - X[None]) ** 2).sum(axis=2))


TRIANGLE = [[0, 3, 4], [3, 0, 5], [4, 5, 0]]


def test_euclidean_distances_come_back_as_principal_components():
    X = np.random.default_rng(0).normal(size=(12, 3))
    Y = classical_mds(distances(X), 3)
    np.testing.assert_allclose(distances(Y), distances(X), atol=1e-10)
    G = pca(X, 3)[0]
    np.testing.assert_allclose(Y, G * np.sign((G * Y).sum(axis=0)), atol=1e-10)
    np.testing.assert_allclose(classical_mds(distances(X), 2), Y[:, :2], atol=1e-10)


def test_by_hand():
    np.testing.assert_allclose(classical_mds([[0, 1, 5], [1, 0, 4], [5, 4, 0]], 1), [[-2], [-1], [3]], atol=1e-12)
    assert stress(TRIANGLE, [[0], [1], [2]]) == 24.0
    Y, history = smacof(TRIANGLE, [[0], [1], [2]], 1)
    np.testing.assert_allclose(Y, [[-7 / 3], [-2 / 3], [3]], rtol=1e-12)
    np.testing.assert_allclose(history, [24, 16 / 3], rtol=1e-12)


def test_against_sklearn():
    rng = np.random.default_rng(1)
    D, start = distances(rng.normal(size=(10, 4))), rng.normal(size=(10, 2))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found, _ = sklearn_smacof(D, n_components=2, init=start, n_init=1, max_iter=1, eps=0.0)[:2]
    np.testing.assert_allclose(smacof(D, start, 1)[0], found, atol=1e-8)


def test_stress_never_rises():
    rng = np.random.default_rng(2)
    noise = rng.uniform(1, 3, size=(9, 9))
    D = np.triu(noise, 1) + np.triu(noise, 1).T  # no Euclidean distances
    Y, history = smacof(D, rng.normal(size=(9, 2)), 60)
    assert (np.diff(history) <= 1e-12).all()
    assert history.shape == (61,)
    assert history[-1] == stress(D, Y)


def test_points_that_coincide_move_only_because_of_the_others():
    Y, history = smacof(TRIANGLE, [[0.0], [0.0], [3.0]], 2)
    np.testing.assert_allclose(smacof(TRIANGLE, [[0.0], [0.0], [3.0]], 1)[0], [[-4 / 3], [-5 / 3], [3]])
    assert np.isfinite(Y).all()
    assert history[0] == 3**2 + 1 + 2**2


BENT = [[0, 1, 2], [1, 0, 1], [2.5, 1, 0]]


@pytest.mark.parametrize(
    ("named", "call"),
    [
        ("D", lambda: classical_mds(np.zeros((2, 3)), 1)),
        ("D", lambda: classical_mds(BENT, 1)),
        ("D", lambda: classical_mds([[0, -1], [-1, 0]], 1)),
        ("D", lambda: classical_mds([[1, 1], [1, 0]], 1)),
        ("m", lambda: classical_mds(TRIANGLE, 3)),
        ("m", lambda: classical_mds(TRIANGLE, 0)),
        ("m", lambda: classical_mds([[0]], 1)),
        ("D", lambda: stress(BENT, np.zeros((3, 1)))),
        ("Y", lambda: stress(TRIANGLE, np.zeros((2, 1)))),
        ("start", lambda: smacof(TRIANGLE, np.zeros((2, 1)), 1)),
        ("steps", lambda: smacof(TRIANGLE, np.zeros((3, 1)), 0)),
    ],
)
def test_bad_arguments(named, call):
    with pytest.raises(ValueError, match=f"^{named} must"):
        call()
