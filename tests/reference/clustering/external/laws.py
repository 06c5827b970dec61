"""What every external index keeps: a case by hand, what does not matter, the best value, errors.

A test module says which indices they are.
"""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest

HAND_TRUE, HAND_PRED = [7, 7, 7, -2, -2, -2], [0, 0, 5, 5, 5, 3]  # 2 and 1 of one class, 2 and 1 of the other
OF_PAIRS = {"rand_index", "adjusted_rand", "jaccard", "fowlkes_mallows", "hubert_gamma", "phi", "minkowski"}
ONE, SINGLE, SOME = [0, 0, 0, 0], [0, 1, 2, 3], [0, 0, 1, 1]
BY_HAND = {
    "rand_index": 9 / 15,
    "adjusted_rand": (2 - 24 / 15) / (5 - 24 / 15),
    "jaccard": 2 / 8,
    "fowlkes_mallows": 2 / math.sqrt(24),
    "hubert_gamma": 2 / 15,
    "phi": (2 * 7 - 2 * 4) / math.sqrt(4 * 6 * 9 * 11),
    "minkowski": math.sqrt(6) / math.sqrt(6),
    "purity": 5 / 6,
    "goodman_kruskal": 1 / 6,
    "variation_of_information": (2 * math.log(1.5) + 2 * math.log(3) + 4 * math.log(1.5) + math.log(3)) / 6,
}


def sample(seed, n, classes, clusters):
    """Two clusterings that agree on two thirds of the objects."""
    rng = np.random.default_rng(seed)
    true = np.concatenate([np.arange(classes), rng.integers(classes, size=n - classes)])
    pred = np.where(rng.random(n) < 0.67, true % clusters, rng.integers(clusters, size=n))
    return true * 3 - 4, 10 - pred


SIZES = [(30, 3, 3), (50, 5, 2), (40, 2, 8), (25, 12, 11), (2, 1, 1)]
SEEDS = pytest.mark.parametrize("seed", range(6))
SAMPLES = pytest.mark.parametrize(("n", "classes", "clusters"), SIZES[:-1])


def one_by_one(true, pred):
    """The two indicators for each pair of objects."""
    pairs = list(combinations(range(len(true)), 2))
    return [true[i] == true[j] for i, j in pairs], [pred[i] == pred[j] for i, j in pairs]


def test_by_hand(index):
    found = index(HAND_TRUE, HAND_PRED)
    assert type(found) is float
    assert found == pytest.approx(BY_HAND[index.__name__], rel=1e-12)


def test_what_does_not_matter(index):
    true, pred = sample(1, 40, 4, 3)
    order = np.random.default_rng(0).permutation(40)
    value = index(true, pred)
    assert index(true[order], 100 - pred[order]) == pytest.approx(value, rel=1e-12)
    if index.__name__ not in ("minkowski", "purity", "goodman_kruskal"):
        assert index(pred, true) == pytest.approx(value, rel=1e-12)


def test_the_same_clustering_is_the_best(index):
    true = np.array([4, 4, 1, 1, 1, 0])
    worst_is_more = index.__name__ in ("minkowski", "goodman_kruskal", "variation_of_information")
    best = 0 if worst_is_more else 4 / 15 if index.__name__ == "hubert_gamma" else 1
    assert index(true, -true) == pytest.approx(best, abs=1e-15)


@pytest.mark.parametrize(
    ("true", "pred", "undefined"),
    [
        ([5], [5], OF_PAIRS),
        (ONE, ONE, {"adjusted_rand", "phi"}),
        (SINGLE, SINGLE, {"adjusted_rand", "jaccard", "fowlkes_mallows", "phi", "minkowski"}),
        (ONE, SINGLE, {"fowlkes_mallows", "phi"}),
        (SINGLE, ONE, {"fowlkes_mallows", "phi", "minkowski"}),
        (SOME, SINGLE, {"fowlkes_mallows", "phi"}),
        (SINGLE, SOME, {"fowlkes_mallows", "phi", "minkowski"}),
        (SOME, ONE, {"phi"}),
    ],
)
def test_where_an_index_is_not_defined(index, true, pred, undefined):
    if index.__name__ in undefined:
        with pytest.raises(ValueError, match=r"^labels_true, labels_pred.*not defined"):
            index(true, pred)
    else:
        assert math.isfinite(index(true, pred))


@pytest.mark.parametrize(
    ("true", "pred", "named"),
    [
        ([], [], "labels_true"),
        ([[0], [1]], [0, 1], "labels_true"),
        ([0.5, 1.0], [0, 1], "labels_true"),
        ([0, 1], ["a", "b"], "labels_pred"),
        ([0, 1], [0, 1, 1], "labels_pred"),
        ([0, 1], [], "labels_pred"),
    ],
)
def test_bad_arguments_are_named(index, true, pred, named):
    with pytest.raises(ValueError, match=f"^{named} "):
        index(true, pred)
