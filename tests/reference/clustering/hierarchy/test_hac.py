"""Agglomerative clustering against scipy, definitions from the members themselves, and cases by hand.

scipy leaves open which of equally near pairs it joins first, and takes no single object; those cases are by hand.
"""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy.cluster.hierarchy import cut_tree, fcluster, is_valid_linkage, linkage
from scipy.spatial.distance import pdist, squareform

from reference.clustering.axioms.partitions import same_partition
from reference.clustering.graphs.graph import graph_clusters
from reference.clustering.hierarchy.hac import cut_count, cut_height, hac

METHODS = ("single", "complete", "average", "centroid")
EQUILATERAL = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 0.75**0.5]])


def cloud(seed, n, m=3):
    return np.random.default_rng(seed).normal(size=(n, m))


def square(X, metric="euclidean"):
    return squareform(pdist(X, metric))


def members(tree):
    """The objects of every cluster of a tree."""
    n = len(tree) + 1
    found = [{i} for i in range(n)]
    for a, b in tree[:, :2].astype(int):
        found.append(found[a] | found[b])
    return found


def components(tree, joins):
    """Labels when only these rows of the tree are carried out, found as components of a graph."""
    n = len(tree) + 1
    graph = nx.Graph()
    graph.add_nodes_from(range(2 * n - 1))
    graph.add_edges_from((int(c), n + t) for t in joins for c in tree[t, :2])
    labels = np.full(n, -1)
    for number, part in enumerate(nx.connected_components(graph)):
        labels[[i for i in part if i < n]] = number
    return labels


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("n", "m"), [(2, 1), (3, 2), (25, 2), (60, 5)])
def test_the_tree_of_scipy(seed, method, n, m):
    X = cloud(seed, n, m)
    tree = hac(square(X), method)
    assert is_valid_linkage(tree)
    np.testing.assert_allclose(tree, linkage(X, method), rtol=1e-9)


@pytest.mark.parametrize("metric", ["cityblock", "chebyshev", "cosine"])
@pytest.mark.parametrize("method", ["single", "complete", "average"])
def test_any_metric(metric, method):
    X = cloud(3, 30)
    np.testing.assert_allclose(hac(square(X, metric), method), linkage(X, method, metric), rtol=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_heights_are_what_the_methods_say_of_the_members(seed):
    X = cloud(seed, 40, 2)
    D = square(X)
    say = {
        "single": lambda a, b: D[np.ix_(a, b)].min(),
        "complete": lambda a, b: D[np.ix_(a, b)].max(),
        "average": lambda a, b: D[np.ix_(a, b)].mean(),
        "centroid": lambda a, b: np.linalg.norm(X[a].mean(axis=0) - X[b].mean(axis=0)),
    }
    for method, distance in say.items():
        tree = hac(D, method)
        parts = [sorted(part) for part in members(tree)]
        expected = [distance(parts[int(a)], parts[int(b)]) for a, b in tree[:, :2]]
        np.testing.assert_allclose(tree[:, 2], expected, rtol=1e-9)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("method", METHODS)
def test_cuts_against_scipy(seed, method):
    X = cloud(seed, 40)
    tree = hac(square(X), method)
    for height in (0.0, *np.quantile(tree[:, 2], [0.1, 0.5, 0.9]), tree[20, 2], tree[:, 2].max()):
        assert same_partition(cut_height(tree, height), fcluster(tree, height, "distance"))
    for k in (1, 2, 7, 39, 40):
        found = cut_count(tree, k)
        assert same_partition(found, components(tree, range(40 - k)))
        if method != "centroid":  # scipy's cut_tree goes by the heights
            assert same_partition(found, cut_tree(tree, k)[:, 0])


@pytest.mark.parametrize("method", METHODS)
def test_labels_are_numbered_by_their_first_objects(method):
    tree = hac(square(cloud(5, 30)), method)
    for labels in (*(cut_count(tree, k) for k in range(1, 31)), *(cut_height(tree, h) for h in tree[:, 2])):
        assert list(dict.fromkeys(labels.tolist())) == list(range(labels.max() + 1))


def test_single_linkage_cut_by_height_is_the_threshold_graph():
    D = square(cloud(7, 80, 2))
    tree = hac(D, "single")
    for radius in (0.0, 0.2, 0.4, 0.8, tree[40, 2]):
        assert cut_height(tree, radius).tolist() == graph_clusters(D, radius).tolist()


def test_a_centroid_comes_nearer_and_counts_as_high_as_what_is_inside():
    tree = hac(square(EQUILATERAL * [1.0, 1.02]), "centroid")
    np.testing.assert_allclose(tree, [[0, 1, 1, 2], [2, 3, 1.02 * 0.75**0.5, 3]])
    assert cut_height(tree, 0.99).tolist() == [0, 1, 2]
    assert cut_height(tree, 1.0).tolist() == [0, 0, 0]
    assert cut_count(tree, 2).tolist() == [0, 0, 1]


@pytest.mark.parametrize("seed", range(5))
def test_inversions_happen_and_are_bounded(seed):
    """No height is below sqrt(3)/2 times the one before, which keeps the formula's root real."""
    heights = hac(square(cloud(seed, 100, 8)), "centroid")[:, 2]
    assert (np.diff(heights) < 0).any()
    assert (heights[1:] >= 0.75**0.5 * heights[:-1] - 1e-12).all()


@pytest.mark.parametrize("method", ["single", "complete"])
def test_ties_go_to_the_lowest_clusters(method):
    tree = hac(np.ones((4, 4)) - np.eye(4), method)
    assert tree.tolist() == [[0, 1, 1, 2], [2, 3, 1, 2], [4, 5, 1, 4]]
    line = square(np.array([[0.0], [1.0], [2.0], [3.0]]))
    top = 1 if method == "single" else 3
    assert hac(line, method).tolist() == [[0, 1, 1, 2], [2, 3, 1, 2], [4, 5, top, 4]]


@pytest.mark.parametrize("method", METHODS)
def test_duplicates_are_joined_at_zero(method):
    tree = hac(square(np.repeat([[0.0, 0.0], [3.0, 4.0]], [3, 2], axis=0)), method)
    assert tree[:3].tolist() == [[0, 1, 0, 2], [2, 5, 0, 3], [3, 4, 0, 2]]
    np.testing.assert_allclose(tree[3], [6, 7, 5, 5])
    assert cut_height(tree, 0.0).tolist() == [0, 0, 0, 1, 1]


def test_one_object_and_two():
    tree = hac([[0.0]])
    assert tree.shape == (0, 4)
    assert cut_count(tree, 1).tolist() == cut_height(tree, 0.0).tolist() == [0]
    assert hac([[0.0, 2.0], [2.0, 0.0]]).tolist() == [[0, 1, 2, 2]]


def test_a_constant_feature_changes_nothing():
    X = cloud(1, 20, 2)
    np.testing.assert_array_equal(hac(square(np.column_stack([X, np.full(20, 7.0)]))), hac(square(X)))


def test_a_long_chain_is_cut_without_recursion():
    n = 5000
    joins = np.column_stack([np.arange(2, n), np.arange(n, 2 * n - 2)])
    tree = np.column_stack([np.vstack([[0, 1], joins]), np.arange(1.0, n), np.arange(2.0, n + 1)])
    assert is_valid_linkage(tree)
    assert cut_count(tree, 2).tolist() == [0] * (n - 1) + [1]
    assert cut_height(tree, n).tolist() == [0] * n
    assert cut_height(tree, np.inf).tolist() == [0] * n


def test_nothing_is_changed():
    D = square(cloud(0, 10))
    kept = D.copy()
    tree = hac(D)
    again = tree.copy()
    cut_count(tree, 3)
    cut_height(tree, 1.0)
    np.testing.assert_array_equal(D, kept)
    np.testing.assert_array_equal(tree, again)


GOOD = [[0, 1, 1, 2], [2, 3, 4, 3]]


@pytest.mark.parametrize(
    ("function", "arguments", "named"),
    [
        (hac, ([[0.0, 1.0], [2.0, 0.0]],), "distances"),
        (hac, (np.zeros((2, 3)),), "distances"),
        (hac, ([[0.0]], "ward"), "method"),
        (cut_count, (np.zeros((2, 3)), 1), "tree"),
        (cut_count, ([[0, 1, np.nan, 2]], 1), "tree"),
        (cut_count, ([[0, 2, 1, 2]], 1), "tree"),
        (cut_count, ([[-1, 1, 1, 2]], 1), "tree"),
        (cut_count, ([[0, 0.5, 1, 2]], 1), "tree"),
        (cut_height, ([[0, 1, 1, 2], [0, 2, 4, 3]], 1.0), "tree"),
        (cut_count, (GOOD, 0), "k"),
        (cut_count, (GOOD, 4), "k"),
        (cut_height, (GOOD, -1.0), "height"),
        (cut_height, (GOOD, np.nan), "height"),
    ],
)
def test_bad_arguments_are_named(function, arguments, named):
    with pytest.raises(ValueError, match=rf"^{named}"):
        function(*arguments)
