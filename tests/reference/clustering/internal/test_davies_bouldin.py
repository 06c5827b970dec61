"""The Davies-Bouldin index and DB*."""

from __future__ import annotations

import pytest
from sklearn.metrics import davies_bouldin_score

from reference.clustering.internal.davies_bouldin import davies_bouldin, davies_bouldin_star

from .laws import *  # noqa: F403
from .laws import sample


@pytest.fixture(params=[davies_bouldin, davies_bouldin_star])
def index(request):
    return request.param


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("n", "m", "k"), [(60, 2, 3), (100, 5, 6), (15, 1, 8)])
def test_against_sklearn(seed, n, m, k):
    X, labels = sample(seed, n, m, k)
    assert davies_bouldin(X, labels) == pytest.approx(davies_bouldin_score(X, labels))
    assert davies_bouldin(X, labels) <= davies_bouldin_star(X, labels) + 1e-12
