"""Silhouettes against scikit-learn and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import silhouette_samples, silhouette_score

from reference.clustering.centers.silhouette import mean_silhouette, silhouette


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("n", "m", "k"), [(30, 2, 2), (100, 5, 6), (12, 1, 8)])
def test_against_sklearn(seed, n, m, k):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, m))
    labels = np.concatenate([[0, 1], rng.integers(k, size=n - 2)]) * 5 - 3  # gaps, a negative one, often singletons
    np.testing.assert_allclose(silhouette(X, labels), silhouette_samples(X, labels), atol=1e-9)
    assert mean_silhouette(X, labels) == pytest.approx(silhouette_score(X, labels), abs=1e-9)


def test_by_hand():
    # a = 1, b = (9 + 10) / 2 for the first, b = (8 + 9) / 2 for the second; the third is as deep as a pair can be
    found = silhouette([[0.0], [1.0], [9.0], [10.0]], [0, 0, 1, 1])
    np.testing.assert_allclose(found, [8.5 / 9.5, 7.5 / 8.5, 7.5 / 8.5, 8.5 / 9.5])


def test_singletons_have_zero():
    np.testing.assert_allclose(silhouette([[0.0], [1.0], [5.0]], [7, 7, -1]), [0.8, 0.75, 0.0])
    assert silhouette([[0.0], [1.0]], [0, 1]).tolist() == [0.0, 0.0]


def test_duplicates():
    X = [[2.0], [2.0], [2.0], [2.0]]
    assert silhouette(X, [0, 0, 1, 1]).tolist() == [0.0] * 4
    assert silhouette([[2.0], [2.0], [5.0], [5.0]], [0, 0, 1, 1]).tolist() == [1.0] * 4


def test_far_from_zero():
    X = np.random.default_rng(2).normal(size=(30, 2))
    labels = np.arange(30) % 3
    np.testing.assert_allclose(silhouette(X + 1e8, labels), silhouette(X, labels), atol=1e-5)


@pytest.mark.parametrize(
    ("X", "labels", "named"),
    [
        ([1.0, 2.0], [0, 1], "X"),
        ([[1.0], [np.inf]], [0, 1], "X"),
        ([[1.0], [2.0]], [0, 0], "labels"),
        ([[1.0], [2.0]], [0, 1, 1], "labels"),
        ([[1.0], [2.0]], [0.5, 1.0], "labels"),
        ([[1.0], [2.0]], [[0], [1]], "labels"),
    ],
)
def test_bad_arguments_are_named(X, labels, named):
    with pytest.raises(ValueError, match=f"^{named}"):
        silhouette(X, labels)
    with pytest.raises(ValueError, match=f"^{named}"):
        mean_silhouette(X, labels)
