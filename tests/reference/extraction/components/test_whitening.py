"""Whitening against numpy's powers of matrices and scikit-learn's PCA, by hand, and properties."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA

from reference.extraction.components.whitening import inverse_root, whiten


def test_by_hand():
    Z, V, mean = whiten([[1, 0], [5, 0], [1, 8], [5, 8]])
    assert mean.tolist() == [3, 4]
    assert V.tolist() == [[0.5, 0], [0, 0.25]]
    assert Z.tolist() == [[-1, -1], [1, -1], [-1, 1], [1, 1]]


@pytest.mark.parametrize(("n", "k"), [(30, 1), (30, 4), (5, 4), (400, 3)])
def test_white_and_symmetric(n, k):
    rng = np.random.default_rng(n + k)
    X = rng.normal(size=(n, k)) @ rng.normal(size=(k, k)) + 100.0
    Z, V, mean = whiten(X)
    np.testing.assert_allclose(Z.mean(axis=0), 0, atol=1e-7)
    np.testing.assert_allclose(Z.T @ Z / n, np.eye(k), atol=1e-7)
    np.testing.assert_allclose(V, V.T)
    np.testing.assert_allclose(Z, (X - mean) @ V.T)
    np.testing.assert_allclose(V @ np.atleast_2d(np.cov(X.T, bias=True)) @ V, np.eye(k), atol=1e-7)


def test_as_the_components_of_sklearn_turned_back():
    X = np.random.default_rng(0).normal(size=(50, 3)) * [1.0, 2.0, 5.0]
    pca = PCA(whiten=True).fit(X)
    turned = pca.transform(X) * np.sqrt(50 / 49) @ pca.components_
    np.testing.assert_allclose(whiten(X)[0], turned)


def test_a_root():
    rng = np.random.default_rng(1)
    C = rng.normal(size=(5, 4))
    C = C.T @ C
    root = inverse_root("C", C)
    np.testing.assert_allclose(root @ root, np.linalg.inv(C))


@pytest.mark.parametrize(
    "X", [[1.0, 2.0], [[1.0, np.nan]], [[1.0, 2.0], [3.0, 5.0]], [[1.0, 2.0]] * 9, [[i, 2 * i] for i in range(9)]]
)
def test_errors(X):
    with pytest.raises(ValueError, match=r"^X must"):
        whiten(X)
