"""Scatter within clusters and between them."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import calinski_harabasz_score

from reference.clustering.internal.scatter import calinski_harabasz, cohesion, score_function, separation

from .laws import *  # noqa: F403
from .laws import sample


@pytest.fixture(params=[calinski_harabasz, cohesion, score_function, separation])
def index(request):
    return request.param


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("n", "m", "k"), [(60, 2, 3), (100, 5, 6), (15, 1, 8)])
def test_against_sklearn(seed, n, m, k):
    X, labels = sample(seed, n, m, k)
    assert calinski_harabasz(X, labels) == pytest.approx(calinski_harabasz_score(X, labels))
    assert cohesion(X, labels) + separation(X, labels) == pytest.approx(((X - X.mean(axis=0)) ** 2).sum())


def test_the_score_function_of_far_clusters():
    X = np.array([[0.0], [1.0], [1e6], [1e6 + 1]])
    assert score_function(X, [0, 0, 1, 1]) == 1.0
    assert score_function(1e3 * X[[0, 2, 1, 3]], [0, 0, 1, 1]) == 0.0
