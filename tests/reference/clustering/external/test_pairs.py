"""Indices that count pairs, against scikit-learn and against all pairs one by one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.metrics import (
    adjusted_rand_score,
    fowlkes_mallows_score,
    jaccard_score,
    matthews_corrcoef,
    rand_score,
)
from sklearn.metrics.cluster import pair_confusion_matrix

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

from .laws import *  # noqa: F403
from .laws import HAND_PRED, HAND_TRUE, SAMPLES, SEEDS, SIZES, one_by_one, sample


@pytest.fixture(params=[adjusted_rand, fowlkes_mallows, hubert_gamma, jaccard, minkowski, phi, rand_index])
def index(request):
    return request.param


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


def test_extremes():
    assert adjusted_rand([0, 0, 1, 1], [0, 1, 0, 1]) == -0.5
    assert phi([0, 0, 1, 1], [0, 1, 0, 1]) == -0.5
    assert pair_counts(HAND_TRUE, HAND_PRED) == (2, 2, 4, 7)


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


@SEEDS
@SAMPLES
def test_against_sklearn(seed, n, classes, clusters):
    true, pred = sample(seed, n, classes, clusters)
    (tn, fp), (fn, tp) = pair_confusion_matrix(true, pred).tolist()  # each pair twice
    assert tuple(2 * count for count in pair_counts(true, pred)) == (tp, fp, fn, tn)
    assert rand_index(true, pred) == pytest.approx(rand_score(true, pred))
    assert adjusted_rand(true, pred) == pytest.approx(adjusted_rand_score(true, pred))
    assert fowlkes_mallows(true, pred) == pytest.approx(fowlkes_mallows_score(true, pred))
