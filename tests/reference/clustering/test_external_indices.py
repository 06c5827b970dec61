"""External indices against scikit-learn, against all pairs one by one, and by hand."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from scipy.stats import entropy
from sklearn.metrics import (
    adjusted_rand_score,
    fowlkes_mallows_score,
    jaccard_score,
    matthews_corrcoef,
    mutual_info_score,
    rand_score,
)
from sklearn.metrics.cluster import contingency_matrix, pair_confusion_matrix

from reference.clustering.external.pairs import (
    adjusted_rand,
    fowlkes_mallows,
    hubert_gamma,
    jaccard,
    minkowski,
    pair_counts,
    phi,
    rand_index,
)
from reference.clustering.external.shares import goodman_kruskal, purity, variation_of_information

OF_PAIRS = (rand_index, adjusted_rand, jaccard, fowlkes_mallows, hubert_gamma, phi, minkowski)
OF_SHARES = (purity, goodman_kruskal, variation_of_information)
INDICES = {index.__name__: index for index in (*OF_PAIRS, *OF_SHARES)}

HAND_TRUE, HAND_PRED = [7, 7, 7, -2, -2, -2], [0, 0, 5, 5, 5, 3]  # 2 and 1 of one class, 2 and 1 of the other
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


@SEEDS
@pytest.mark.parametrize(("n", "classes", "clusters"), SIZES)
def test_pairs_one_by_one(seed, n, classes, clusters):
    true, pred = sample(seed, n, classes, clusters)
    same_class, same_cluster = one_by_one(true.tolist(), pred.tolist())
    found = pair_counts(true, pred)
    assert all(type(count) is int for count in found)
    expected = [(1, 1), (0, 1), (1, 0), (0, 0)]
    assert found == tuple(list(zip(same_class, same_cluster, strict=True)).count(cell) for cell in expected)


@SEEDS
@SAMPLES
def test_against_sklearn(seed, n, classes, clusters):
    true, pred = sample(seed, n, classes, clusters)
    (tn, fp), (fn, tp) = pair_confusion_matrix(true, pred).tolist()  # each pair twice
    assert tuple(2 * count for count in pair_counts(true, pred)) == (tp, fp, fn, tn)
    assert rand_index(true, pred) == pytest.approx(rand_score(true, pred))
    assert adjusted_rand(true, pred) == pytest.approx(adjusted_rand_score(true, pred))
    assert fowlkes_mallows(true, pred) == pytest.approx(fowlkes_mallows_score(true, pred))
    assert variation_of_information(true, pred) == pytest.approx(
        entropy(np.bincount(true + 4)) + entropy(np.bincount(pred)) - 2 * mutual_info_score(true, pred)
    )


@SEEDS
@SAMPLES
def test_indicators_as_two_classifications(seed, n, classes, clusters):
    """Jaccard and Matthews' correlation of binary answers, scikit-learn's, over all pairs; lengths of matrices."""
    true, pred = sample(seed, n, classes, clusters)
    same_class, same_cluster = one_by_one(true, pred)
    assert jaccard(true, pred) == pytest.approx(jaccard_score(same_class, same_cluster))
    assert phi(true, pred) == pytest.approx(matthews_corrcoef(same_class, same_cluster))
    assert phi(true, pred) == pytest.approx(np.corrcoef(same_class, same_cluster)[0, 1])
    assert hubert_gamma(true, pred) == pytest.approx(np.mean(np.multiply(same_class, same_cluster)))
    T, C = ((labels[:, None] == labels).astype(float) - np.eye(n) for labels in (true, pred))
    assert minkowski(true, pred) == pytest.approx(np.linalg.norm(T - C) / np.linalg.norm(T))


@SEEDS
@SAMPLES
def test_shares(seed, n, classes, clusters):
    true, pred = sample(seed, n, classes, clusters)
    table = contingency_matrix(true, pred)
    assert purity(true, pred) == pytest.approx(table.max(axis=0).sum() / n)
    errors = sum(1 for t, p in zip(true, pred, strict=True) if t != main_class(true, pred, p))
    assert goodman_kruskal(true, pred) == pytest.approx(errors / n)


def main_class(true, pred, cluster):
    inside = true[pred == cluster].tolist()
    return max(sorted(set(inside)), key=inside.count)


@pytest.mark.parametrize("name", INDICES)
def test_by_hand(name):
    found = INDICES[name](HAND_TRUE, HAND_PRED)
    assert type(found) is float
    assert found == pytest.approx(BY_HAND[name], rel=1e-12)
    assert pair_counts(HAND_TRUE, HAND_PRED) == (2, 2, 4, 7)


@pytest.mark.parametrize("name", INDICES)
def test_what_does_not_matter(name):
    true, pred = sample(1, 40, 4, 3)
    order = np.random.default_rng(0).permutation(40)
    value = INDICES[name](true, pred)
    assert INDICES[name](true[order], 100 - pred[order]) == pytest.approx(value, rel=1e-12)
    if name not in ("minkowski", "purity", "goodman_kruskal"):
        assert INDICES[name](pred, true) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("name", INDICES)
def test_the_same_clustering_is_the_best(name):
    true = np.array([4, 4, 1, 1, 1, 0])
    worst_is_more = name in ("minkowski", "goodman_kruskal", "variation_of_information")
    best = 0 if worst_is_more else 4 / 15 if name == "hubert_gamma" else 1
    assert INDICES[name](true, -true) == pytest.approx(best, abs=1e-15)


def test_variation_of_information_is_a_metric():
    rng = np.random.default_rng(0)
    for _ in range(200):
        a, b, c = rng.integers(3, size=(3, 7))
        sides = (variation_of_information(*pair) for pair in ((a, c), (a, b), (b, c)))
        longest, first, second = sides
        assert longest <= first + second + 1e-12


def test_extremes():
    assert adjusted_rand([0, 0, 1, 1], [0, 1, 0, 1]) == -0.5
    assert phi([0, 0, 1, 1], [0, 1, 0, 1]) == -0.5
    assert variation_of_information([0] * 8, range(8)) == pytest.approx(math.log(8))
    assert purity([0] * 8, range(8)) == 1.0
    assert purity(range(8), [0] * 8) == 1 / 8


def test_many_objects():
    """Products of pair counts do not fit into 64 bits; all pairs would not fit into memory."""
    rng = np.random.default_rng(0)
    true, pred = rng.integers(50, size=200_000), rng.integers(40, size=200_000)
    counts = pair_counts(true, pred)
    assert sum(counts) == math.comb(200_000, 2)
    assert min(counts) > 0
    assert abs(adjusted_rand(true, pred)) < 1e-3
    assert abs(phi(true, pred)) < 1e-3
    assert adjusted_rand(true, true) == 1.0
    assert phi(true, true) == pytest.approx(1.0)
    assert variation_of_information(np.arange(200_000), np.arange(200_000)[::-1]) == 0


ONE, SINGLE, SOME = [0, 0, 0, 0], [0, 1, 2, 3], [0, 0, 1, 1]


@pytest.mark.parametrize("name", INDICES)
@pytest.mark.parametrize(
    ("true", "pred", "undefined"),
    [
        ([5], [5], {index.__name__ for index in OF_PAIRS}),
        (ONE, ONE, {"adjusted_rand", "phi"}),
        (SINGLE, SINGLE, {"adjusted_rand", "jaccard", "fowlkes_mallows", "phi", "minkowski"}),
        (ONE, SINGLE, {"fowlkes_mallows", "phi"}),
        (SINGLE, ONE, {"fowlkes_mallows", "phi", "minkowski"}),
        (SOME, SINGLE, {"fowlkes_mallows", "phi"}),
        (SINGLE, SOME, {"fowlkes_mallows", "phi", "minkowski"}),
        (SOME, ONE, {"phi"}),
    ],
)
def test_where_an_index_is_not_defined(name, true, pred, undefined):
    if name in undefined:
        with pytest.raises(ValueError, match=r"^labels_true, labels_pred.*not defined"):
            INDICES[name](true, pred)
    else:
        assert math.isfinite(INDICES[name](true, pred))


@pytest.mark.parametrize("index", [pair_counts, *INDICES.values()])
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
