"""k-medians against brute force over all partitions, scipy's distances, and cases by hand."""

from __future__ import annotations

from itertools import combinations, pairwise, product

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from reference.clustering.centers.kmedians import kmedians


def cost(X, centers, labels):
    return float(np.abs(X - centers[labels]).sum())


def cheapest(X, k):
    """The least sum of distances over all ways to label the objects, and the medians of that labelling."""
    best = (np.inf, None)
    for labels in product(range(k), repeat=len(X)):
        if len(set(labels)) == k:
            medians = np.array([np.median(X[np.array(labels) == j], axis=0) for j in range(k)])
            best = min(
                best, (cdist(X, medians, "cityblock")[np.arange(len(X)), labels].sum(), medians), key=lambda p: p[0]
            )
    return best


@pytest.mark.parametrize("seed", range(6))
def test_against_the_best_of_all_partitions(seed):
    """Lloyd's steps may end in a local minimum: from any start they are no cheaper, from the best one as cheap."""
    X = np.random.default_rng(seed).normal(size=(7, 2))
    for k in (1, 2, 3):
        least, medians = cheapest(X, k)
        assert all(cost(X, *kmedians(X, X[list(c)])) >= least - 1e-12 for c in combinations(range(7), k))
        assert cost(X, *kmedians(X, medians)) == pytest.approx(least)


@pytest.mark.parametrize("seed", range(4))
def test_the_best_of_all_starts_on_separated_groups(seed):
    X = np.random.default_rng(seed).normal(size=(8, 2)) + np.repeat(
        [[0.0, 0.0], [20.0, 0.0], [0.0, 20.0]], [3, 3, 2], axis=0
    )
    costs = [cost(X, *kmedians(X, X[list(chosen)])) for chosen in combinations(range(8), 3)]
    assert min(costs) == pytest.approx(cheapest(X, 3)[0])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("n", "m", "k"), [(60, 2, 3), (200, 5, 7), (30, 1, 2)])
def test_the_answer_is_a_fixed_point(seed, n, m, k):
    X = np.random.default_rng(seed).normal(size=(n, m))
    centers, labels = kmedians(X, X[:k])
    assert labels.tolist() == cdist(X, centers, "cityblock").argmin(axis=1).tolist()
    for j in range(k):
        np.testing.assert_allclose(centers[j], np.percentile(X[labels == j], 50, axis=0))


def test_one_move_step_by_step():
    rng = np.random.default_rng(9)
    X = rng.normal(size=(40, 3))
    labels = cdist(X, X[:4], "cityblock").argmin(axis=1)
    expected = np.array([np.percentile(X[labels == j], 50, axis=0) for j in range(4)])
    centers, found = kmedians(X, X[:4], 1)
    np.testing.assert_allclose(centers, expected)
    assert found.tolist() == cdist(X, expected, "cityblock").argmin(axis=1).tolist()


def test_the_objective_never_rises():
    X = np.random.default_rng(3).standard_t(2, size=(150, 2))
    costs = [cost(X, *kmedians(X, X[:5], limit)) for limit in range(1, 12)]
    assert all(later <= earlier + 1e-12 for earlier, later in pairwise(costs))


def test_the_manhattan_distance_decides():
    # (3, 3) is 6 from the first centre by Manhattan and 5 from the second; Euclid would say 4.24 and 5
    centers, labels = kmedians([[3.0, 3.0]], [[0.0, 0.0], [8.0, 3.0]], 1)
    assert labels.tolist() == [1]
    assert centers.tolist() == [[0.0, 0.0], [3.0, 3.0]]


def test_an_outlier_does_not_move_the_median():
    assert kmedians([[0.0], [1.0], [2.0], [1e9], [3.0]], [[0.0]])[0].tolist() == [[2.0]]
    assert kmedians([[0.0], [1.0], [2.0], [1e9]], [[0.0]])[0].tolist() == [[1.5]]


def test_ties_empty_clusters_duplicates_and_one_object():
    centers, labels = kmedians([[-1.0], [0.0], [1.0]], [[-1.0], [1.0], [50.0]])
    assert (centers.tolist(), labels.tolist()) == ([[-0.5], [1.0], [50.0]], [0, 0, 1])
    X = np.ones((5, 2))
    assert kmedians(X, X[:3])[1].tolist() == [0] * 5
    start = np.array([[0.0, 0.0]])
    assert kmedians([[3.0, 4.0]], start)[0].tolist() == [[3.0, 4.0]]
    assert start.tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize(
    ("X", "start", "limit", "named"),
    [
        (np.zeros(3), np.zeros((1, 1)), 5, "X"),
        (np.full((2, 2), np.nan), np.zeros((1, 2)), 5, "X"),
        (np.zeros((2, 2)), np.zeros((1, 3)), 5, "start"),
        (np.zeros((2, 2)), np.full((1, 2), np.inf), 5, "start"),
        (np.zeros((2, 2)), np.zeros((1, 2)), 0, "max_iter"),
    ],
)
def test_bad_arguments_are_named(X, start, limit, named):
    with pytest.raises(ValueError, match=rf"^{named}"):
        kmedians(X, start, limit)
