"""Starting centres: frequencies of draws against the definition, properties, duplicates."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from reference.clustering.centers.starts import kmeans_pp, random_start


def by_definition(X, k):
    """The chance of every ordered choice of ``k`` different objects by k-means++."""
    chances = {}
    for order in permutations(range(len(X)), k):
        chance = 1 / len(X)
        for t in range(1, k):
            squares = [min(float(np.sum((x - X[c]) ** 2)) for c in order[:t]) for x in X]
            chance *= squares[order[t]] / sum(squares)
        chances[order] = chance
    return chances


def frequencies(start, X, k, draws):
    """How often each ordered choice came; the objects must differ."""
    found = {}
    for seed in range(draws):
        rows = start(X, k, np.random.default_rng(seed))
        order = tuple(int(np.flatnonzero((row == X).all(axis=1))[0]) for row in rows)
        found[order] = found.get(order, 0) + 1 / draws
    return found


@pytest.mark.parametrize("X", [[[0.0], [1.0], [3.0], [10.0]], [[0.0, 0.0], [3.0, 4.0], [1.0, 1.0], [-2.0, 5.0]]])
@pytest.mark.parametrize("k", [2, 3])
def test_plus_plus_draws_by_definition(X, k):
    X = np.array(X)
    expected, found = by_definition(X, k), frequencies(kmeans_pp, X, k, 6000)
    assert sum(expected.values()) == pytest.approx(1)
    for order, chance in expected.items():
        assert abs(found.get(order, 0) - chance) < 5 * np.sqrt(chance * (1 - chance) / 6000) + 1e-9


def test_every_set_of_random_objects_is_equally_likely():
    X = np.arange(5.0)[:, None]
    found = frequencies(random_start, X, 2, 6000)
    assert len(found) == 20
    assert all(abs(share - 1 / 20) < 0.016 for share in found.values())


@pytest.mark.parametrize("start", [random_start, kmeans_pp])
def test_all_objects_when_k_is_n(start):
    X = np.random.default_rng(0).normal(size=(7, 3)) + 1e8
    for seed in range(50):
        rows = start(X, 7, np.random.default_rng(seed))
        assert sorted(map(tuple, rows)) == sorted(map(tuple, X))


@pytest.mark.parametrize("start", [random_start, kmeans_pp])
def test_duplicates_and_constant_features(start):
    X = np.repeat([[1.0, 5.0], [2.0, 5.0]], 4, axis=0)
    for k in (1, 2, 5, 8):
        rows = start(X, k, np.random.default_rng(k))
        assert rows.shape == (k, 2)
        assert all((row == X).all(axis=1).any() for row in rows)


def test_plus_plus_takes_different_objects_before_duplicates():
    X = np.repeat([[0.1], [0.3], [7.0]], [50, 1, 3], axis=0)
    for seed in range(50):
        assert sorted(kmeans_pp(X, 3, np.random.default_rng(seed)).ravel()) == [0.1, 0.3, 7.0]


@pytest.mark.parametrize("start", [random_start, kmeans_pp])
def test_one_object_and_no_shared_memory(start):
    X = np.array([[3.0, 4.0]])
    rows = start(X, 1, np.random.default_rng(0))
    rows += 1
    assert X.tolist() == [[3.0, 4.0]]


@pytest.mark.parametrize("start", [random_start, kmeans_pp])
def test_equal_generators_give_equal_starts(start):
    X = np.random.default_rng(1).normal(size=(40, 2))
    first, again, other = (start(X, 3, np.random.default_rng(seed)) for seed in (5, 5, 6))
    assert first.tolist() == again.tolist() != other.tolist()


@pytest.mark.parametrize("start", [random_start, kmeans_pp])
@pytest.mark.parametrize(
    ("X", "k", "rng", "named"),
    [
        ([1.0, 2.0], 1, np.random.default_rng(0), "X"),
        ([[np.nan]], 1, np.random.default_rng(0), "X"),
        ([[1.0]], 0, np.random.default_rng(0), "k"),
        ([[1.0]], 2, np.random.default_rng(0), "k"),
        ([[1.0]], 1, 7, "rng"),
    ],
)
def test_bad_arguments_are_named(start, X, k, rng, named):
    with pytest.raises(ValueError, match=rf"^{named}"):
        start(X, k, rng)
