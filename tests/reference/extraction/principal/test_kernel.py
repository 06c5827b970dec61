"""Kernel PCA against scikit-learn, by hand, and against PCA of features written out."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import KernelPCA

from reference.extraction.principal.kernel import kernel_pca, kernel_transform
from reference.extraction.principal.pca import pca


def gaussian(X, Y):
    return np.exp(-0.3 * ((X[:, None] - Y[None]) ** 2).sum(axis=2))


def test_against_sklearn():
    rng = np.random.default_rng(0)
    X, new = rng.normal(size=(25, 3)), rng.normal(size=(6, 3))
    model = KernelPCA(4, kernel="precomputed", eigen_solver="dense").fit(gaussian(X, X))
    Z, A, values = kernel_pca(gaussian(X, X), 4)
    signs = np.sign((model.eigenvectors_ * A).sum(axis=0))
    np.testing.assert_allclose(values, model.eigenvalues_, rtol=1e-10)
    np.testing.assert_allclose(Z, model.transform(gaussian(X, X)) * signs, atol=1e-10)
    moved = kernel_transform(gaussian(new, X), gaussian(X, X), A, values)
    np.testing.assert_allclose(moved, model.transform(gaussian(new, X)) * signs, atol=1e-10)


def test_by_hand():
    K = np.outer([0.0, 1.0, 5.0], [0.0, 1.0, 5.0])
    Z, A, values = kernel_pca(K, 1)
    np.testing.assert_allclose(Z, [[-2], [-1], [3]], atol=1e-12)
    np.testing.assert_allclose(A, np.array([[-2], [-1], [3]]) / np.sqrt(14), atol=1e-12)
    np.testing.assert_allclose(values, [14], rtol=1e-12)
    np.testing.assert_allclose(kernel_transform([[0.0, 4.0, 20.0]], K, A, values), [[2.0]], atol=1e-12)


def test_the_features_of_a_quadratic_kernel():
    rng = np.random.default_rng(1)
    X, new = rng.normal(size=(15, 2)), rng.normal(size=(4, 2))

    def features(P):
        return np.column_stack([P[:, 0] ** 2, np.sqrt(2) * P[:, 0] * P[:, 1], P[:, 1] ** 2])

    Z, A, values = kernel_pca((X @ X.T) ** 2, 3)
    G, U, eigenvalues, mean = pca(features(X), 3)
    signs = np.sign((G * Z).sum(axis=0))
    np.testing.assert_allclose(Z, G * signs, atol=1e-10)
    np.testing.assert_allclose(values, eigenvalues, rtol=1e-10)
    found = kernel_transform((new @ X.T) ** 2, (X @ X.T) ** 2, A, values)
    np.testing.assert_allclose(found, (features(new) - mean) @ U * signs, atol=1e-10)
    np.testing.assert_allclose(kernel_transform((X @ X.T) ** 2, (X @ X.T) ** 2, A, values), Z, atol=1e-10)


def test_negative_eigenvalues_are_left_out():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(12, 2))
    K = gaussian(X, X) - 5 * np.outer(X[:, 0], X[:, 0])
    values = kernel_pca(K, 3)[2]
    assert (values > 0).all()
    assert (np.diff(values) < 0).all()


K = np.diag([1.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("named", "call"),
    [
        ("K", lambda: kernel_pca(np.ones((2, 3)), 1)),
        ("K", lambda: kernel_pca([[1.0, 2.0], [3.0, 4.0]], 1)),
        ("m", lambda: kernel_pca(K, 3)),
        ("m", lambda: kernel_pca(K, 0)),
        ("m", lambda: kernel_pca(-K, 1)),
        ("K_new", lambda: kernel_transform(np.ones((1, 2)), K, np.ones((3, 1)), [1.0])),
        ("K", lambda: kernel_transform(np.ones((1, 2)), np.ones((2, 3)), np.ones((3, 1)), [1.0])),
        ("A", lambda: kernel_transform(np.ones((1, 3)), K, np.ones((2, 1)), [1.0])),
        ("values", lambda: kernel_transform(np.ones((1, 3)), K, np.ones((3, 1)), [1.0, 2.0])),
        ("values", lambda: kernel_transform(np.ones((1, 3)), K, np.ones((3, 1)), [0.0])),
    ],
)
def test_bad_arguments(named, call):
    with pytest.raises(ValueError, match=f"^{named} must"):
        call()
