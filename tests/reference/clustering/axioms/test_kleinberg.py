"""Kleinberg's properties: his three kinds of single linkage, each of which has two."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from reference.clustering.axioms.kleinberg import consistent, is_transformation, rich, scale_invariant
from reference.clustering.axioms.partitions import same_partition, set_partitions


def single(distances):
    return linkage(squareform(distances), "single")


def stop_at_count(k):
    return lambda distances: fcluster(single(distances), k, "maxclust")


def stop_at_distance(r):
    return lambda distances: fcluster(single(distances), r, "distance")


def stop_at_share(alpha):
    return lambda distances: fcluster(single(distances), alpha * distances.max(), "distance")


def table(rng, n):
    """Positive distances of no particular geometry, as Kleinberg allows them."""
    upper = np.triu(rng.uniform(1, 10, size=(n, n)), 1)
    return upper + upper.T


def stretched(rng, distances, labels):
    """A transformation: each distance within clusters shrinks by its own factor, each one between them grows."""
    n = len(distances)
    shrink, grow = (np.triu(f, 1) for f in (rng.uniform(0.2, 1, (n, n)), rng.uniform(1, 9, (n, n))))
    within = np.equal.outer(labels, labels)
    return distances * np.where(within, shrink + shrink.T, grow + grow.T)


def chains(n):
    """For each partition a table that shows it: neighbours in a cluster are near, all others far."""
    for labels in set_partitions(n):
        distances = np.full((n, n), 10.0)
        np.fill_diagonal(distances, 0)
        for label in set(labels.tolist()):
            for i, j in pairwise(np.flatnonzero(labels == label)):
                distances[i, j] = distances[j, i] = 1.0
        yield distances


@pytest.mark.parametrize("seed", range(10))
def test_transformations(seed):
    rng = np.random.default_rng(seed)
    labels, distances = rng.permutation([0, 0, 0, 1, 1, 2]), table(rng, 6)
    changed = stretched(rng, distances, labels)
    assert is_transformation(distances, changed, labels)
    assert is_transformation(distances, distances, labels)
    assert not is_transformation(changed, distances, labels)
    for i, j in ((0, 1), (2, 5), (3, 4)):
        wrong = changed.copy()
        wrong[i, j] = wrong[j, i] = distances[i, j] * (1.01 if labels[i] == labels[j] else 0.99)
        assert not is_transformation(distances, wrong, labels)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("n", [3, 4, 5])
def test_each_single_linkage_has_two_of_the_three(seed, n):
    """Theorem 2.2 of the paper: stopping at k clusters is not rich, at a distance not invariant, at a share not
    consistent."""
    rng = np.random.default_rng(seed)
    distances = table(rng, n)
    for cluster in (stop_at_count(2), stop_at_share(0.5)):
        assert scale_invariant(cluster, distances, [0.001, 0.3, 7.0, 1e6])
    between = float(np.median(single(distances)[:, 2]))
    assert not scale_invariant(stop_at_distance(between), distances, [0.001])
    assert not scale_invariant(stop_at_distance(between), distances, [1.0, 1e6])

    for cluster in (stop_at_count(2), stop_at_distance(between)):
        labels = cluster(distances)
        assert consistent(cluster, distances, [stretched(rng, distances, labels) for _ in range(30)])
    assert rich(stop_at_distance(2.0), list(chains(n)))
    assert rich(stop_at_share(0.5), list(chains(n)))
    assert not rich(stop_at_count(2), list(chains(n)))


def test_a_share_of_the_largest_distance_is_not_consistent():
    before = np.array([[0.0, 1.0, 4.0], [1.0, 0.0, 3.0], [4.0, 3.0, 0.0]])
    after = np.array([[0.0, 1.0, 10.0], [1.0, 0.0, 3.0], [10.0, 3.0, 0.0]])
    assert not consistent(stop_at_share(0.5), before, [before, after])
    assert consistent(stop_at_share(0.5), before, [before])


def test_changes_that_are_no_transformations_say_nothing():
    before = np.array([[0.0, 1.0, 4.0], [1.0, 0.0, 3.0], [4.0, 3.0, 0.0]])
    torn = np.array([[0.0, 9.0, 4.0], [9.0, 0.0, 3.0], [4.0, 3.0, 0.0]])
    assert not same_partition(stop_at_count(2)(before), stop_at_count(2)(torn))
    assert consistent(stop_at_count(2), before, [torn])


def test_clusterings_that_do_not_look():
    """One cluster for all, and each object alone: invariant and consistent, and as far from rich as can be."""
    distances = table(np.random.default_rng(0), 4)
    for cluster in (lambda D: np.zeros(len(D), dtype=int), lambda D: np.arange(len(D))[::-1]):
        assert scale_invariant(cluster, distances, [2.0])
        assert consistent(cluster, distances, [2 * distances, distances / 2])
        assert not rich(cluster, list(chains(4)))
        assert rich(cluster, [np.zeros((1, 1))])


def test_richness_needs_every_partition():
    tables = list(chains(4))
    for left_out in range(15):
        assert not rich(stop_at_distance(2.0), tables[:left_out] + tables[left_out + 1 :])
    assert rich(stop_at_distance(2.0), tables[::-1] + tables)


def test_a_clustering_cannot_spoil_the_distances():
    def spoil(distances):
        distances[:] = 0
        return np.arange(len(distances))

    distances = table(np.random.default_rng(1), 4)
    kept, changes = distances.copy(), [2 * distances]
    assert scale_invariant(spoil, distances, [3.0])
    assert consistent(spoil, distances, changes)
    np.testing.assert_array_equal(distances, kept)
    np.testing.assert_array_equal(changes[0], 2 * kept)


PAIR, ROW = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[0.0, 1.0]])


@pytest.mark.parametrize(
    ("function", "arguments", "named"),
    [
        (is_transformation, (ROW, PAIR, [0, 1]), "distances"),
        (is_transformation, (PAIR, np.zeros((1, 1)), [0, 1]), "changed"),
        (is_transformation, (PAIR, -PAIR, [0, 1]), "changed"),
        (is_transformation, (PAIR, PAIR, [0]), "labels"),
        (scale_invariant, (len, ROW, [1.0]), "distances"),
        (scale_invariant, (len, PAIR, []), "factors"),
        (scale_invariant, (len, PAIR, [1.0, 0.0]), "factors"),
        (consistent, (len, ROW, [PAIR]), "distances"),
        (consistent, (len, PAIR, []), "changes"),
        (consistent, (len, PAIR, [np.zeros((1, 1))]), "changes"),
        (rich, (len, []), "candidates"),
        (rich, (len, [PAIR, np.zeros((1, 1))]), "candidates"),
        (rich, (len, [ROW]), "candidates"),
    ],
)
def test_bad_arguments_are_named(function, arguments, named):
    with pytest.raises(ValueError, match=rf"^{named}"):
        function(*arguments)
