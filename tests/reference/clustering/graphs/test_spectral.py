"""Spectral clustering against scikit-learn and scipy, and on two moons."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse.csgraph import laplacian as scipy_laplacian
from sklearn.cluster import SpectralClustering
from sklearn.datasets import make_circles, make_moons
from sklearn.manifold import spectral_embedding as sklearn_embedding
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.pairwise import rbf_kernel

from reference.clustering.centers.kmeans import kmeans
from reference.clustering.graphs.spectral import (
    farthest_first,
    laplacian,
    similarity,
    spectral_clustering,
    spectral_embedding,
)


def unit_rows(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("sigma", [0.3, 1.0, 4.0])
def test_similarity_and_laplacian(seed, sigma):
    X = np.random.default_rng(seed).normal(size=(30, 3))
    W = similarity(X, sigma)
    np.testing.assert_allclose(W, rbf_kernel(X, gamma=0.5 / sigma**2) - np.eye(30), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(laplacian(W), scipy_laplacian(W, normed=True), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("k", [2, 3, 5])
def test_embedding_up_to_rotation(seed, k):
    """scikit-learn divides the rows by the roots of the degrees, which unit rows forget."""
    W = similarity(np.random.default_rng(seed).normal(size=(40, 2)), 0.7)
    rows = spectral_embedding(W, k)
    expected = unit_rows(sklearn_embedding(W, n_components=k, drop_first=False, random_state=0))
    np.testing.assert_allclose(rows @ rows.T, expected @ expected.T, atol=1e-6)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(("make", "sigma"), [(make_moons, 0.12), (lambda **to: make_circles(factor=0.4, **to), 0.12)])
def test_moons_and_circles(seed, make, sigma):
    X, planted = make(n_samples=200, noise=0.04, random_state=seed)
    labels = spectral_clustering(X, 2, sigma)
    assert adjusted_rand_score(labels, planted) == 1
    assert adjusted_rand_score(kmeans(X, X[:2])[1], planted) < 0.9
    found = SpectralClustering(2, affinity="precomputed", random_state=0).fit(similarity(X, sigma))
    assert adjusted_rand_score(labels, found.labels_) == 1


def test_each_component_gives_an_eigenvalue_of_zero_isolated_objects_too():
    W = np.zeros((6, 6))
    W[0, 1] = W[1, 0] = 0.3
    W[2, 3] = W[3, 2] = W[3, 4] = W[4, 3] = 2.0
    L = laplacian(W)
    np.testing.assert_allclose(L, scipy_laplacian(W, normed=True), atol=1e-12)
    assert (np.abs(np.linalg.eigvalsh(L)) < 1e-12).sum() == 3
    rows = spectral_embedding(W, 3)
    components = np.array([0, 0, 1, 1, 1, 2])
    np.testing.assert_allclose(rows @ rows.T, components[:, None] == components, atol=1e-9)


def test_an_isolated_object_is_a_cluster():
    X = np.vstack([np.random.default_rng(0).normal(size=(20, 2)) * 0.1, [[1e3, 1e3]]])
    assert len(set(spectral_clustering(X, 2, 1.0)[:20])) == 1
    assert spectral_clustering(X, 2, 1.0)[20] != spectral_clustering(X, 2, 1.0)[0]


def test_farthest_first_by_hand():
    assert farthest_first(np.array([[0.0], [2.0], [5.0], [9.0], [9.0]]), 3).tolist() == [[0.0], [9.0], [5.0]]
    assert farthest_first(np.ones((3, 1)), 3).tolist() == [[1.0]] * 3


def test_one_object_one_cluster_and_duplicates():
    assert spectral_clustering([[1.0, 2.0]], 1, 1.0).tolist() == [0]
    X = np.random.default_rng(1).normal(size=(10, 2))
    assert spectral_clustering(X, 1, 1.0).tolist() == [0] * 10
    labels = spectral_clustering(np.repeat([[0.0], [4.0]], 5, axis=0), 2, 1.0)
    assert len(set(labels[:5])) == len(set(labels[5:])) == 1 != len(set(labels))


@pytest.mark.parametrize(
    ("function", "arguments", "named"),
    [
        (similarity, ([1.0], 1.0), "X"),
        (similarity, ([[1.0]], 0.0), "sigma"),
        (laplacian, (np.zeros((2, 3)),), "W"),
        (laplacian, ([[0.0, 1.0], [0.5, 0.0]],), "W"),
        (laplacian, ([[0.0, -1.0], [-1.0, 0.0]],), "W"),
        (laplacian, ([[1.0]],), "W"),
        (spectral_embedding, ([[0.0]], 2), "k"),
        (spectral_embedding, ([[0.0]], 0), "k"),
        (spectral_clustering, ([[np.nan]], 1, 1.0), "X"),
        (spectral_clustering, ([[1.0]], 2, 1.0), "k"),
        (spectral_clustering, ([[1.0]], 1, -1.0), "sigma"),
    ],
)
def test_bad_arguments_are_named(function, arguments, named):
    with pytest.raises(ValueError, match=rf"^{named}"):
        function(*arguments)
