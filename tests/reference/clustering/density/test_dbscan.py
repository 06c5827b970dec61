"""DBSCAN against scikit-learn, whose min_samples counts the object itself, and cases by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import DBSCAN

from reference.clustering.density.dbscan import dbscan


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("n", "m", "eps"), [(80, 2, 0.3), (80, 2, 0.6), (150, 3, 0.7), (60, 1, 0.05)])
@pytest.mark.parametrize("min_points", [1, 3, 6])
def test_against_sklearn(seed, n, m, eps, min_points):
    X = np.random.default_rng(seed).normal(size=(n, m))
    expected = DBSCAN(eps=eps, min_samples=min_points + 1).fit(X).labels_
    assert dbscan(X, eps, min_points).tolist() == expected.tolist()


def test_other_objects_are_counted_and_the_border_is_inside():
    X = [[0.0], [1.0], [2.0], [10.0]]
    assert dbscan(X, 1.0, 1).tolist() == [0, 0, 0, -1]
    assert dbscan(X, 1.0, 2).tolist() == [0, 0, 0, -1]
    assert dbscan(X, 1.0, 3).tolist() == [-1] * 4
    assert dbscan([[0.0, 0.0], [3.0, 4.0]], 5.0, 1).tolist() == [0, 0]


def test_a_border_object_goes_to_the_lowest_cluster_and_joins_nothing():
    X = [[4.5], [5.0], [5.5], [6.0], [4.0], [3.0], [2.0], [1.5], [1.0], [0.5]]
    expected = DBSCAN(eps=1.0, min_samples=4).fit(X).labels_
    assert dbscan(X, 1.0, 3).tolist() == expected.tolist() == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]


def test_duplicates_one_object_and_a_constant_feature():
    assert dbscan([[1.0, 2.0]] * 4 + [[9.0, 2.0]], 1e-9, 3).tolist() == [0, 0, 0, 0, -1]
    assert dbscan([[1.0]], 1.0, 1).tolist() == [-1]


def test_a_long_chain():
    assert dbscan(np.arange(3000.0)[::-1, None], 1.0, 1).tolist() == [0] * 3000


@pytest.mark.parametrize(
    ("X", "eps", "min_points", "named"),
    [
        ([1.0], 1.0, 1, "X"),
        ([[np.inf]], 1.0, 1, "X"),
        ([[1.0]], 0.0, 1, "eps"),
        ([[1.0]], -1.0, 1, "eps"),
        ([[1.0]], 1.0, 0, "min_points"),
        ([[1.0]], 1.0, 1.5, "min_points"),
    ],
)
def test_bad_arguments_are_named(X, eps, min_points, named):
    with pytest.raises(ValueError, match=rf"^{named}"):
        dbscan(X, eps, min_points)
