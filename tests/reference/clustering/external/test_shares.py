"""Indices of shares, against scikit-learn and counts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import entropy
from sklearn.metrics import (
    mutual_info_score,
)
from sklearn.metrics.cluster import contingency_matrix

from reference.clustering.external.shares import goodman_kruskal, purity, variation_of_information

from .laws import *  # noqa: F403
from .laws import SAMPLES, SEEDS, sample


@pytest.fixture(params=[goodman_kruskal, purity, variation_of_information])
def index(request):
    return request.param


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


def test_variation_of_information_is_a_metric():
    rng = np.random.default_rng(0)
    for _ in range(200):
        a, b, c = rng.integers(3, size=(3, 7))
        sides = (variation_of_information(*pair) for pair in ((a, c), (a, b), (b, c)))
        longest, first, second = sides
        assert longest <= first + second + 1e-12


def test_extremes():
    assert variation_of_information([0] * 8, range(8)) == pytest.approx(math.log(8))
    assert variation_of_information(np.arange(200_000), np.arange(200_000)[::-1]) == 0
    assert purity([0] * 8, range(8)) == 1.0
    assert purity(range(8), [0] * 8) == 1 / 8


@SEEDS
@SAMPLES
def test_against_sklearn(seed, n, classes, clusters):
    true, pred = sample(seed, n, classes, clusters)
    entropies = entropy(np.bincount(true + 4)) + entropy(np.bincount(pred))
    assert variation_of_information(true, pred) == pytest.approx(entropies - 2 * mutual_info_score(true, pred))
