"""Standardised columns against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.preprocessing import StandardScaler

from reference.sequences.hopfield import hopfield


@pytest.mark.parametrize("seed", range(3))
def test_as_scikit_learn(seed):
    X = np.random.default_rng(seed).normal(3.0, 7.0, size=(20, 4))
    np.testing.assert_allclose(hopfield(X), StandardScaler().fit_transform(X), atol=1e-12)


def test_constant_columns_and_single_objects_are_zeros():
    assert hopfield(np.array([[0.1, 1.0], [0.1, 3.0]])).tolist() == [[0.0, -1.0], [0.0, 1.0]]
    assert hopfield(np.array([[5.0, -2.0]])).tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize("X", [np.zeros(3), np.zeros((0, 2)), np.array([[np.inf]])])
def test_errors(X):
    with pytest.raises(ValueError, match="X must"):
        hopfield(X)
