"""k-means against scikit-learn, cases by hand, and properties."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from sklearn.cluster import KMeans

from reference.clustering.centers.kmeans import kmeans, nearest


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("n", "m", "k"), [(50, 2, 3), (200, 5, 8), (30, 1, 2), (10, 3, 10)])
def test_against_sklearn(seed, n, m, k):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, m))
    start = X[rng.choice(n, size=k, replace=False)]
    centers, labels = kmeans(X, start)
    found = KMeans(k, init=start, n_init=1, max_iter=300, tol=0, algorithm="lloyd").fit(X)
    np.testing.assert_allclose(centers, found.cluster_centers_, rtol=1e-9, atol=1e-12)
    assert labels.tolist() == found.labels_.tolist()


def test_by_hand_with_a_tie_and_an_empty_cluster():
    centers, labels = kmeans([[-1.0], [0.0], [1.0]], [[-1.0], [1.0], [50.0]])
    assert centers.tolist() == [[-0.5], [1.0], [50.0]]
    assert labels.tolist() == [0, 0, 1]


def test_duplicates_do_no_harm():
    X = np.ones((5, 2))
    centers, labels = kmeans(X, X[:3])
    assert np.isfinite(centers).all()
    assert labels.tolist() == [0] * 5


def test_the_objective_never_rises_and_labels_fit_the_centres():
    rng = np.random.default_rng(3)
    X = rng.normal(size=(100, 2))
    costs = []
    for limit in range(1, 12):
        centers, labels = kmeans(X, X[:4], limit)
        assert (labels == nearest(X, centers)).all()
        costs.append(((X - centers[labels]) ** 2).sum())
    assert all(later <= earlier + 1e-12 for earlier, later in pairwise(costs))


def test_one_object_and_untouched_arguments():
    X, start = np.array([[3.0, 4.0]]), np.array([[0.0, 0.0]])
    centers, labels = kmeans(X, start)
    assert (centers.tolist(), labels.tolist(), start.tolist()) == ([[3.0, 4.0]], [0], [[0.0, 0.0]])


@pytest.mark.parametrize(
    ("X", "start", "limit", "named"),
    [
        (np.zeros(3), np.zeros((1, 1)), 5, "X"),
        (np.zeros((0, 2)), np.zeros((1, 2)), 5, "X"),
        (np.full((2, 2), np.nan), np.zeros((1, 2)), 5, "X"),
        (np.zeros((2, 2)), np.zeros((1, 3)), 5, "start"),
        (np.zeros((2, 2)), np.full((1, 2), np.inf), 5, "start"),
        (np.zeros((2, 2)), np.zeros((1, 2)), 0, "max_iter"),
    ],
)
def test_bad_arguments_are_named(X, start, limit, named):
    with pytest.raises(ValueError, match=named):
        kmeans(X, start, limit)
