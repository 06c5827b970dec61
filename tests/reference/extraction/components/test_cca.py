"""Canonical correlations against scikit-learn's, an eigenvalue problem of scipy, by hand, and properties."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.linalg
from sklearn.cross_decomposition import CCA

from reference.extraction.components.cca import cca


def tables(seed, n=80, p=4, q=3):
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(n, 3))
    X = np.hstack([common, np.zeros((n, p - 3))]) * 2 + rng.normal(size=(n, p))
    Y = (common * [1.5, 0.8, 0.4])[:, :q] + rng.normal(size=(n, q))
    return X @ rng.normal(size=(p, p)) + 7.0, Y @ rng.normal(size=(q, q)) - 3.0


def test_by_hand():
    A, B, correlations = cca([[1], [5], [1], [5]], [[0], [-3], [-3], [-6]], 1)
    np.testing.assert_allclose([A[0, 0], B[0, 0], correlations[0]], [0.5, -1 / 4.5**0.5, 3 / 18**0.5])
    A, B, correlations = cca([[1], [5], [1], [5]], [[0], [-3], [-3], [-6]], 1, ridge=5)
    np.testing.assert_allclose([A[0, 0], B[0, 0], correlations[0]], [1 / 3, -1 / 9.5**0.5, 1 / 9.5**0.5])


@pytest.mark.parametrize("seed", range(4))
def test_as_sklearn(seed):
    X, Y = tables(seed)
    A, B, correlations = cca(X, Y, 2)
    model = CCA(n_components=2, tol=1e-14, max_iter=20000).fit(X, Y)
    first, second = model.transform(X, Y)
    for i, (a, b) in enumerate(zip(first.T, second.T, strict=True)):
        assert np.corrcoef(a, b)[0, 1] == pytest.approx(correlations[i], abs=1e-6)
        assert abs(np.corrcoef(a, X @ A[:, i])[0, 1]) == pytest.approx(1, abs=1e-6)
        assert abs(np.corrcoef(b, Y @ B[:, i])[0, 1]) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("ridge", [0.0, 0.7])
def test_as_a_generalised_eigenvalue_problem(ridge):
    X, Y = tables(9)
    p = X.shape[1]
    both = np.cov(np.hstack([X, Y]).T, bias=True)
    right = scipy.linalg.block_diag(both[:p, :p], both[p:, p:]) + ridge * np.eye(len(both))
    left = both - scipy.linalg.block_diag(both[:p, :p], both[p:, p:])
    values, vectors = scipy.linalg.eigh(left, right)
    A, B, correlations = cca(X, Y, 3, ridge)
    np.testing.assert_allclose(correlations, values[::-1][:3])
    for i in range(3):
        joint = vectors[:, -1 - i] * np.sqrt(2)
        joint *= np.sign(joint[np.abs(joint[:p]).argmax()])
        np.testing.assert_allclose(np.concatenate([A[:, i], B[:, i]]), joint, atol=1e-8)


def test_variates():
    X, Y = tables(3)
    A, B, correlations = cca(X, Y, 3)
    a, b = (X - X.mean(axis=0)) @ A, (Y - Y.mean(axis=0)) @ B
    np.testing.assert_allclose(a.T @ a / len(X), np.eye(3), atol=1e-9)
    np.testing.assert_allclose(b.T @ b / len(X), np.eye(3), atol=1e-9)
    np.testing.assert_allclose(a.T @ b / len(X), np.diag(correlations), atol=1e-9)
    assert (A[np.abs(A).argmax(axis=0), range(3)] > 0).all()
    assert (np.diff(correlations) < 0).all()


def test_linear_maps_change_nothing():
    X, Y = tables(4)
    rng = np.random.default_rng(0)
    moved = X @ rng.normal(size=(4, 4)) + 1e3, Y @ rng.normal(size=(3, 3)) - 1e3
    np.testing.assert_allclose(cca(*moved, 3)[2], cca(X, Y, 3)[2], rtol=1e-7)
    np.testing.assert_allclose(cca(X, X @ rng.normal(size=(4, 4)), 4)[2], 1.0)
    wide = rng.normal(size=(6, 9))
    assert cca(wide, Y[:6], 1, 0.1)[2][0] < 1


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("X", {"X": [[1.0, 1.0]] * 3}),
        ("Y", {"Y": [[1.0], [2.0]]}),
        ("Y", {"Y": [[1.0], [1.0], [1.0]]}),
        ("k", {"k": 0}),
        ("k", {"k": 2}),
        ("ridge", {"ridge": -1.0}),
    ],
)
def test_errors(name, changed):
    arguments = {"X": [[1.0, 0.0], [0.0, 2.0], [4.0, 1.0]], "Y": [[1.0], [2.0], [5.0]], "k": 1}
    with pytest.raises(ValueError, match=f"^{name} must"):
        cca(**(arguments | changed))
