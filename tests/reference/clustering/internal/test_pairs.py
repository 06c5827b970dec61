"""Indices of distances within clusters among all distances."""

from __future__ import annotations

import numpy as np
import pytest

from reference.clustering.internal.pairs import c_index, gamma

from .laws import *  # noqa: F403


@pytest.fixture(params=[c_index, gamma])
def index(request):
    return request.param


def test_ties_are_not_discordant():
    X = [[0.0], [1.0], [2.0], [3.0]]
    assert gamma(X, [0, 0, 1, 1]) == 0  # 1 within; 1, 2, 2, 3 between
    assert gamma(X, [0, 1, 0, 1]) == 6 / 8  # 2 and 2 within; 1, 3, 1, 1 between
    assert c_index(X, [0, 0, 1, 1]) == 0


def test_perfect_clusters_have_c_index_and_gamma_of_exactly_zero():
    X = np.random.default_rng(1).normal(size=(30, 3)) + 100 * (np.arange(30) % 3)[:, None]
    assert c_index(X, np.arange(30) % 3) == gamma(X, np.arange(30) % 3) == 0
