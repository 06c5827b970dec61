"""Correlations by hand, against scipy, and what leaves them as they are."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import pearsonr, rankdata, spearmanr

from reference.selection.filters.correlation import pearson, ranks, spearman


def test_by_hand():
    X = np.array([[1.0, 3.0, 7.0], [2.0, 1.0, 7.0], [3.0, 2.0, 7.0]])
    np.testing.assert_allclose(pearson(X, [1, 2, 3]), [1.0, -0.5, 0.0], atol=1e-15)
    np.testing.assert_allclose(spearman(X**5, [1, 2, 30]), [1.0, -0.5, 0.0], atol=1e-15)
    assert ranks(np.array([20.0, 10.0, 20.0, 30.0])).tolist() == [2.5, 1.0, 2.5, 4.0]


@pytest.mark.parametrize("seed", range(4))
def test_as_scipy(seed):
    rng = np.random.default_rng(seed)
    X, y = rng.integers(6, size=(25, 3)).astype(float), rng.integers(4, size=25).astype(float)
    X[:, 0] = rng.normal(size=25) + y
    np.testing.assert_allclose(pearson(X, y), [pearsonr(c, y).statistic for c in X.T], rtol=1e-10)
    np.testing.assert_allclose(spearman(X, y), [spearmanr(c, y).statistic for c in X.T], rtol=1e-10)
    assert ranks(X[:, 1]).tolist() == rankdata(X[:, 1]).tolist()


def test_lines_and_monotone_maps_change_nothing():
    rng = np.random.default_rng(5)
    X, y = rng.normal(size=(30, 3)), rng.normal(size=30)
    np.testing.assert_allclose(pearson(3 * X + 2.0**30, -2 * y), -pearson(X, y), atol=1e-6)
    np.testing.assert_allclose(spearman(np.exp(X), y**3), spearman(X, y), rtol=1e-12)
    assert np.abs(pearson(y[:, None] * [1, -5], y)).max() <= 1


def test_constants():
    X = np.column_stack([np.full(7, 0.1), np.arange(7)])
    for measure in (pearson, spearman):
        assert measure(X, np.arange(7))[0] == 0.0
        assert measure(X, np.full(7, 0.1)).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("measure", [pearson, spearman])
def test_errors(measure):
    for name, X, y in (("X", np.zeros((0, 2)), []), ("y", np.ones((2, 2)), [1.0]), ("y", np.ones((1, 1)), [np.inf])):
        with pytest.raises(ValueError, match=rf"^{name} must"):
            measure(X, y)
