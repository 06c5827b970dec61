"""Partitions against sympy, Bell's numbers and the Rand index."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score
from sympy.utilities.iterables import multiset_partitions

from reference.clustering.axioms.partitions import numbered, same_partition, set_partitions


@pytest.mark.parametrize("n", range(1, 9))
def test_all_partitions_against_sympy(n):
    found = set_partitions(n)
    assert len(found) == [1, 2, 5, 15, 52, 203, 877, 4140][n - 1]
    expected = []
    for parts in multiset_partitions(list(range(n))):
        labels = np.empty(n, dtype=int)
        for number, part in enumerate(parts):
            labels[part] = number
        expected.append(numbered(labels).tolist())
    assert found.tolist() == sorted(expected)


@pytest.mark.parametrize("seed", range(30))
def test_the_same_partition_against_the_rand_index(seed):
    rng = np.random.default_rng(seed)
    one, other = rng.integers(3, size=5), rng.integers(3, size=5)
    assert same_partition(one, other) == (adjusted_rand_score(one, other) == 1)
    assert same_partition(one, np.array([7, -2, 100])[one])
    assert same_partition(numbered(one), one)


def test_partitions_by_hand():
    assert numbered([5, 5, -1, 5, 0]).tolist() == [0, 0, 1, 0, 2]
    assert not same_partition([0, 0, 1], [0, 0, 0])
    assert not same_partition([0, 0, 0], [0, 0, 1])
    assert not same_partition([0, 1, 2], [0, 1, 1])


@pytest.mark.parametrize(
    ("function", "arguments", "named"),
    [
        (same_partition, ([0.5, 1.0], [0, 1]), "first"),
        (same_partition, ([[0]], [0]), "first"),
        (same_partition, ([], []), "first"),
        (same_partition, ([0, 1], [0]), "second"),
        (set_partitions, (0,), "n"),
    ],
)
def test_bad_arguments_are_named(function, arguments, named):
    with pytest.raises(ValueError, match=f"^{named} "):
        function(*arguments)
