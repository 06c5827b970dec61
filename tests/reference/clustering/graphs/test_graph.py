"""Threshold graphs against scipy's connected components; any metric will do."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import cdist

from reference.clustering.graphs.graph import graph_clusters, threshold_graph


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("metric", ["euclidean", "cityblock", "chebyshev"])
@pytest.mark.parametrize("radius", [0.0, 0.2, 0.5, 1.0, 9.0])
def test_against_scipy(seed, metric, radius):
    X = np.random.default_rng(seed).normal(size=(60, 2))
    D = cdist(X, X, metric)
    count, expected = connected_components((radius >= D) & ~np.eye(60, dtype=bool), directed=False)
    labels = graph_clusters(D, radius)
    assert len(set(labels.tolist())) == count
    assert len(set(zip(labels.tolist(), expected.tolist(), strict=True))) == count
    firsts = [labels.tolist().index(c) for c in range(count)]
    assert firsts == sorted(firsts)


def test_an_edge_as_long_as_the_radius_stays():
    D = cdist([[0.0], [1.0], [3.0]], [[0.0], [1.0], [3.0]])
    assert graph_clusters(D, 1.0).tolist() == [0, 0, 1]
    assert threshold_graph(D, 2.0).tolist() == [[False, True, False], [True, False, True], [False, True, False]]


def test_one_object_duplicates_and_a_long_chain():
    assert graph_clusters([[0.0]], 0.0).tolist() == [0]
    assert graph_clusters(np.zeros((3, 3)), 0.0).tolist() == [0, 0, 0]
    line = np.arange(1500.0)
    D = np.abs(line[:, None] - line)
    assert graph_clusters(D, 1.0).tolist() == [0] * 1500
    assert D[0, 0] == 0


@pytest.mark.parametrize(
    ("D", "radius", "named"),
    [
        (np.zeros((2, 3)), 1.0, "distances"),
        (np.zeros((0, 0)), 1.0, "distances"),
        ([[0.0, 1.0], [2.0, 0.0]], 1.0, "distances"),
        ([[1.0]], 1.0, "distances"),
        ([[0.0, -1.0], [-1.0, 0.0]], 1.0, "distances"),
        ([[0.0, np.nan], [np.nan, 0.0]], 1.0, "distances"),
        ([[0.0]], -1.0, "radius"),
    ],
)
def test_bad_arguments_are_named(D, radius, named):
    for function in (threshold_graph, graph_clusters):
        with pytest.raises(ValueError, match=rf"^{named}"):
            function(D, radius)
