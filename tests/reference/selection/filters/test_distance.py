"""The Euclidean distance by hand, against numpy's own functions, and by its tie to the correlation."""

from __future__ import annotations

import numpy as np
import pytest

from reference.selection.filters.distance import euclid, standardised


def test_by_hand():
    X = np.array([[1.0, 9.0, 3.0], [3.0, 9.0, 1.0]])
    np.testing.assert_allclose(euclid(X, [5.0, 6.0]), [0.0, np.sqrt(2), np.sqrt(8)], atol=1e-15)


@pytest.mark.parametrize("seed", range(3))
def test_as_scipy_standardises(seed):
    from scipy.spatial.distance import cdist
    from scipy.stats import zscore

    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(20, 4)) * 100 + 7, rng.normal(size=20)
    np.testing.assert_allclose(standardised(X), zscore(X), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(euclid(X, y), cdist(zscore(X).T, zscore(y)[None])[:, 0], rtol=1e-12)
    np.testing.assert_allclose(euclid(X, y) ** 2, 2 * 20 * (1 - np.array([np.corrcoef(c, y)[0, 1] for c in X.T])))


def test_units_do_not_matter():
    rng = np.random.default_rng(3)
    X, y = rng.normal(size=(15, 3)), rng.normal(size=15)
    np.testing.assert_allclose(euclid(X * [1e-6, 1, 1e6] + 5, -3 + 2 * y), euclid(X, y), rtol=1e-7)


def test_constants():
    X = np.column_stack([np.full(7, 0.1), np.full(7, 1e9 + 0.1)])
    np.testing.assert_allclose(euclid(X, np.arange(7)), [np.sqrt(7)] * 2, rtol=1e-14)
    assert euclid(X, np.full(7, 0.1)).tolist() == [0.0, 0.0]
    assert euclid([[4]], [2]).tolist() == [0.0]


@pytest.mark.parametrize(
    ("name", "X", "y"), [("X", [1.0], [1.0]), ("X", [[np.nan]], [1.0]), ("y", [[1.0]], [1.0, 2.0])]
)
def test_errors(name, X, y):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        euclid(X, y)
