"""Mean shift against scikit-learn (which stops a window a little earlier), and cases by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import MeanShift
from sklearn.metrics import adjusted_rand_score

from reference.clustering.density.meanshift import mean_shift


def blobs(seed, m=2, sizes=(40, 30, 20)):
    rng = np.random.default_rng(seed)
    places = 8 * np.eye(3, m) + rng.normal(size=m)
    return np.repeat(places, sizes, axis=0) + rng.normal(size=(sum(sizes), m)), np.repeat(np.arange(3), sizes)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("m", "radius"), [(2, 3.0), (3, 4.0), (4, 4.5)])
def test_against_sklearn_on_groups(seed, m, radius):
    X, planted = blobs(seed, m)
    centers, labels = mean_shift(X, radius)
    found = MeanShift(bandwidth=radius).fit(X)
    assert len(centers) == len(found.cluster_centers_)
    for center in centers:
        assert np.abs(found.cluster_centers_ - center).sum(axis=1).min() < 1e-9
    assert adjusted_rand_score(labels, found.labels_) == 1
    assert adjusted_rand_score(labels, planted) > 0.9


@pytest.mark.parametrize("seed", range(6))
def test_each_centre_is_the_mean_of_its_window(seed):
    X = np.random.default_rng(seed).normal(size=(80, 2))
    centers, labels = mean_shift(X, 1.0)
    pairs = np.linalg.norm(X[:, None] - centers[None], axis=2)
    for j, center in enumerate(centers):
        np.testing.assert_allclose(X[pairs[:, j] <= 1.0].mean(axis=0), center)
    assert labels.tolist() == pairs.argmin(axis=1).tolist()
    sizes = (pairs <= 1.0).sum(axis=0)
    assert (np.diff(sizes) <= 0).all()
    apart = np.linalg.norm(centers[:, None] - centers[None], axis=2) + 10 * np.eye(len(centers))
    assert (apart > 1.0).all()


def test_by_hand():
    centers, labels = mean_shift([[0.0], [1.0], [10.0]], 2.0)
    assert (centers.tolist(), labels.tolist()) == ([[0.5], [10.0]], [0, 0, 1])
    centers, labels = mean_shift([[0.0], [1.0]], 1.0)  # the border belongs to the window
    assert (centers.tolist(), labels.tolist()) == ([[0.5]], [0, 0])
    centers, labels = mean_shift([[10.0], [0.0], [20.0]], 1.0)  # windows of one size: the order of the objects
    assert (centers.tolist(), labels.tolist()) == ([[10.0], [0.0], [20.0]], [0, 1, 2])


def test_one_move_only():
    # from 0 a window sees 0 and 2, from 2 also 4, from 4 also 5: after one move the means are 1, 2, 11/3 and 9/2
    centers, _ = mean_shift([[0.0], [2.0], [4.0], [5.0]], 2.0, 1)
    np.testing.assert_allclose(centers, [[2.0], [4.5]])


def test_one_object_duplicates_and_a_constant_feature():
    assert mean_shift([[3.0, 4.0]], 1.0)[0].tolist() == [[3.0, 4.0]]
    centers, labels = mean_shift([[1.0, 7.0]] * 4 + [[5.0, 7.0]] * 5, 0.5)
    assert (centers.tolist(), labels.tolist()) == ([[5.0, 7.0], [1.0, 7.0]], [1] * 4 + [0] * 5)


@pytest.mark.parametrize(
    ("X", "radius", "limit", "named"),
    [
        ([1.0], 1.0, 5, "X"),
        ([[np.nan]], 1.0, 5, "X"),
        ([[1.0]], 0.0, 5, "radius"),
        ([[1.0]], np.inf, 5, "radius"),
        ([[1.0]], 1.0, 0, "max_iter"),
    ],
)
def test_bad_arguments_are_named(X, radius, limit, named):
    with pytest.raises(ValueError, match=rf"^{named}"):
        mean_shift(X, radius, limit)
