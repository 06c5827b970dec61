"""Nearest rows against scipy, by hand, and by a property."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from reference.text.word2vec.similarity import nearest


def test_against_scipy():
    W = np.random.default_rng(0).normal(size=(30, 4))
    order = np.argsort(cdist(W, W, "cosine") + 9 * np.eye(30), axis=1)
    for i in range(30):
        assert nearest(W, i, 7).tolist() == order[i, :7].tolist()


def test_by_hand_with_ties_and_zeros():
    W = [[0, 2], [0, 0], [0, 1], [1, 0], [0, -1], [0, 5]]
    assert nearest(W, 2, 5).tolist() == [0, 5, 1, 3, 4]
    assert nearest(W, 1, 5).tolist() == [0, 2, 3, 4, 5]


def test_lengths_do_not_matter():
    rng = np.random.default_rng(1)
    W = rng.normal(size=(12, 3))
    assert nearest(W, 0, 11).tolist() == nearest(W * rng.uniform(0.1, 10, size=(12, 1)), 0, 11).tolist()


def test_bad_arguments_are_named():
    W = np.ones((3, 2))
    for named, arguments in (
        ("W", ([1.0], 0, 1)),
        ("i", (W, 3, 1)),
        ("i", (W, -1, 1)),
        ("k", (W, 0, 3)),
        ("k", (W, 0, 0)),
    ):
        with pytest.raises(ValueError, match=f"^{named} must"):
            nearest(*arguments)
