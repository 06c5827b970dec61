"""Divisive clustering against scikit-learn's bisecting k-means with the same start, brute force, and by hand."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from sklearn.cluster import BisectingKMeans
from sklearn.metrics import adjusted_rand_score

from reference.clustering.axioms.partitions import numbered
from reference.clustering.hierarchy.divisive import divisive, two_means


def the_same_start(objects, n_clusters, random_state):
    """What the reference starts from, written for scikit-learn."""
    first = ((objects - objects.mean(axis=0)) ** 2).sum(axis=1).argmax()
    second = ((objects - objects[first]) ** 2).sum(axis=1).argmax()
    return objects[[first, second]]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("n", "m", "k"), [(2, 1, 2), (40, 2, 3), (80, 3, 7), (60, 5, 12)])
def test_against_sklearn(seed, n, m, k):
    X = np.random.default_rng(seed).normal(size=(n, m))
    model = BisectingKMeans(k, init=the_same_start, n_init=1, tol=0, random_state=0)
    expected = model.fit(X).labels_
    assert divisive(X, k).tolist() == numbered(expected).tolist()


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("k", [2, 4, 5])
def test_planted_groups_are_found(seed, k):
    rng = np.random.default_rng(seed)
    planted = rng.permutation(np.repeat(np.arange(k), 15))
    X = 30.0 * np.column_stack([planted % 3, planted // 3]) + rng.normal(size=(len(planted), 2))
    assert divisive(X, k).tolist() == numbered(planted).tolist()


@pytest.mark.parametrize("seed", range(10))
def test_more_clusters_refine_fewer(seed):
    X = np.random.default_rng(seed).normal(size=(30, 2))
    found = [divisive(X, k) for k in range(1, 31)]
    totals = [sum(((X[labels == c] - X[labels == c].mean(axis=0)) ** 2).sum() for c in set(labels)) for labels in found]
    assert (np.diff(totals) < 0).all()
    for k, labels in enumerate(found, start=1):
        assert list(dict.fromkeys(labels.tolist())) == list(range(k))
    for coarse, fine in pairwise(found):
        assert len(set(zip(coarse.tolist(), fine.tolist(), strict=True))) == fine.max() + 1


@pytest.mark.parametrize("seed", range(10))
def test_two_separated_groups_are_the_best_split(seed):
    """Against all splits of ten objects."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(10, 2)) + np.where(rng.random((10, 1)) < 0.5, 12.0, 0.0)
    splits = [np.array(s) for s in product((0, 1), repeat=10) if s[0] == 0 and sum(s)]
    cost = [sum(((X[s == c] - X[s == c].mean(axis=0)) ** 2).sum() for c in (0, 1)) for s in splits]
    if len(set((X[:, 0] > 6).tolist())) == 2:
        assert two_means(X).tolist() == splits[int(np.argmin(cost))].tolist()


def test_the_start_is_pinned():
    """The object 4 is as near to both centres and goes to the first: to 8 (the mean is 3), or to 0 (the mean is 5)."""
    assert two_means([[0.0], [0.0], [4.0], [8.0]]).tolist() == [0, 0, 1, 1]
    assert two_means([[8.0], [4.0], [8.0], [0.0]]).tolist() == [0, 1, 0, 1]
    assert two_means([[0.0], [1.0], [2.0]]).tolist() == [0, 0, 1]
    assert two_means([[2.0], [1.0], [0.0]]).tolist() == [0, 0, 1]


def test_of_equally_wide_clusters_the_one_with_the_first_object_is_split():
    X = np.array([[100.0], [0.0], [102.0], [2.0]])
    assert divisive(X, 3).tolist() == [0, 1, 2, 1]
    assert divisive(X[[1, 0, 2, 3]], 3).tolist() == [0, 1, 1, 2]


def test_the_widest_is_not_the_largest_nor_that_of_the_highest_mean():
    X = np.array([[0.0], [0.1], [0.2], [0.3], [50.0], [56.0]])
    assert divisive(X, 3).tolist() == [0, 0, 0, 0, 1, 2]
    many = np.concatenate([np.tile([0.0, 1.0], 20), [50.0, 52.0]])[:, None]  # 10 in all, 0.25 each; 2 in all, 1 each
    assert set(divisive(many, 3)[-2:]) == {2}


def test_duplicates_one_object_and_a_constant_feature():
    assert divisive([[0.1, 2.0]] * 3, 3).tolist() == [0, 0, 0]
    assert divisive([[0.1], [0.7], [0.1], [0.7], [0.1]], 4).tolist() == [0, 1, 0, 1, 0]
    assert divisive([[5.0, 5.0]], 1).tolist() == two_means([[5.0, 5.0]]).tolist() == [0]
    X = np.random.default_rng(2).normal(size=(20, 1))
    assert divisive(np.column_stack([X, np.full(20, 3.0)]), 6).tolist() == divisive(X, 6).tolist()


def test_far_from_zero():
    X = np.random.default_rng(3).normal(size=(40, 2))
    assert divisive(X + 1e7, 6).tolist() == divisive(X, 6).tolist()
    assert adjusted_rand_score(divisive(1e-6 * X, 6), divisive(X, 6)) == 1


@pytest.mark.parametrize(
    ("function", "arguments", "named"),
    [
        (two_means, ([1.0],), "X"),
        (two_means, ([[np.inf]],), "X"),
        (divisive, ([[1.0], [np.nan]], 1), "X"),
        (divisive, ([[1.0], [2.0]], 0), "k"),
        (divisive, ([[1.0], [2.0]], 3), "k"),
    ],
)
def test_bad_arguments_are_named(function, arguments, named):
    with pytest.raises(ValueError, match=rf"^{named}"):
        function(*arguments)
