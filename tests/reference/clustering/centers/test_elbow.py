"""The elbow: scikit-learn's inertia, planted numbers of clusters, a geometric distance to the chord."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import KMeans

from reference.clustering.centers.elbow import elbow_curve, knee


def planted(seed, k, n=40):
    rng = np.random.default_rng(seed)
    angles = 2 * np.pi * np.arange(k) / k
    places = 10 * k * np.column_stack([np.cos(angles), np.sin(angles)])
    return np.repeat(places, n, axis=0) + rng.normal(size=(n * k, 2))


@pytest.mark.parametrize("seed", range(4))
def test_the_curve_is_the_inertia_of_sklearn(seed):
    X = np.random.default_rng(seed).normal(size=(60, 3))
    ks = [1, 2, 4, 7]
    models = {k: KMeans(k, n_init=1, random_state=seed).fit(X) for k in ks}
    curve = elbow_curve(X, ks, lambda given, k: models[k].cluster_centers_)
    np.testing.assert_allclose(curve, [models[k].inertia_ for k in ks])


@pytest.mark.parametrize("k", [3, 4, 5])
@pytest.mark.parametrize("seed", range(3))
def test_the_planted_number_is_found(seed, k):
    X = planted(seed, k)
    ks = list(range(1, 11))
    curve = elbow_curve(X, ks, lambda given, j: KMeans(j, n_init=5, random_state=0).fit(given).cluster_centers_)
    assert knee(ks, curve) == k


@pytest.mark.parametrize("seed", range(20))
def test_the_knee_against_the_perpendicular_distance(seed):
    rng = np.random.default_rng(seed)
    ks = np.cumsum(rng.integers(1, 4, size=8)).tolist()
    curve = np.sort(rng.exponential(100.0, size=8))[::-1] if seed % 2 else rng.normal(size=8)
    points = np.column_stack([ks, curve])
    chord = (points[-1] - points[0]) / np.linalg.norm(points[-1] - points[0])
    offsets = points - points[0]
    distances = np.linalg.norm(offsets - np.outer(offsets @ chord, chord), axis=1)
    assert knee(ks, curve) == ks[int(distances.argmax())]


def test_by_hand():
    assert knee([1, 2, 3, 4, 5], [16.0, 6.0, 4.0, 2.0, 0.0]) == 2
    assert knee([1, 2, 3, 4, 5], [8.0, 4.0, 4.0, 0.0, 0.0]) == 2  # as far as 4: the first
    assert elbow_curve([[0.0], [2.0], [9.0]], [1], lambda X, k: [[1.0]]).tolist() == [66.0]


def test_the_caller_clusters_once_for_each_k_and_cannot_change_x():
    X, asked = np.ones((4, 1)), []

    def spoil(given, k):
        asked.append(k)
        given += 1
        return [[1.0]] * k

    assert elbow_curve(X, [1, 3], spoil).tolist() == [0.0, 0.0]
    assert asked == [1, 3]
    assert X.tolist() == [[1.0]] * 4


@pytest.mark.parametrize("ks", [[], [0, 1], [2, 2], [3, 1], [1.5]])
def test_bad_ks_of_the_curve(ks):
    with pytest.raises(ValueError, match=r"^ks"):
        elbow_curve([[1.0]], ks, lambda X, k: [[0.0]])


@pytest.mark.parametrize(
    ("ks", "curve", "named"),
    [
        ([1, 2], [3.0, 1.0], "ks"),
        ([1, 3, 2], [3.0, 2.0, 1.0], "ks"),
        ([1, 2, 3], [3.0, 2.0], "curve"),
        ([1, 2, 3], [3.0, np.nan, 1.0], "curve"),
    ],
)
def test_bad_arguments_of_the_knee(ks, curve, named):
    with pytest.raises(ValueError, match=f"^{named}"):
        knee(ks, curve)
