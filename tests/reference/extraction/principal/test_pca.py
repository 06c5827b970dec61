"""PCA against scikit-learn, by hand, and by the lecture's corollaries."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA

from reference.extraction.principal.pca import choose, lost, pca, restore

F = np.array([[18.0, 16.0], [2.0, 4.0], [7.0, 14.0], [13.0, 6.0]])


@pytest.mark.parametrize(("l", "n", "m"), [(40, 5, 3), (6, 20, 5), (9, 1, 1), (30, 4, 4)])
def test_against_sklearn(l, n, m):  # noqa: E741 (the lecture's name)
    X = np.random.default_rng(l).normal(size=(l, n)) * np.arange(1, n + 1) + 7
    G, U, values, mean = pca(X, m)
    model = PCA(m, svd_solver="full").fit(X)
    signs = np.sign((model.components_.T * U).sum(axis=0))
    np.testing.assert_allclose(U, model.components_.T * signs, atol=1e-9)
    np.testing.assert_allclose(G, model.transform(X) * signs, atol=1e-9)
    np.testing.assert_allclose(values[:m], model.explained_variance_ * (l - 1), rtol=1e-9)
    np.testing.assert_allclose(restore(G, U, mean), model.inverse_transform(model.transform(X)), atol=1e-9)
    np.testing.assert_allclose(lost(values, m), 1 - model.explained_variance_ratio_.sum(), atol=1e-12)


def test_by_hand():
    G, U, values, mean = pca(F, 2)
    np.testing.assert_allclose(G, [[10, 0], [-10, 0], [0, 5], [0, -5]], atol=1e-12)
    np.testing.assert_allclose(U, [[0.8, -0.6], [0.6, 0.8]], atol=1e-12)
    np.testing.assert_allclose(values, [200, 50], rtol=1e-12)
    assert mean.tolist() == [10.0, 10.0]
    assert lost(values, 1) == pytest.approx(0.2)


def test_the_corollaries():
    X = np.random.default_rng(2).normal(size=(12, 30)) - 3
    G, U, values, mean = pca(X, 4)
    np.testing.assert_allclose(U.T @ U, np.eye(4), atol=1e-12)
    np.testing.assert_allclose(G.T @ G, np.diag(values[:4]), atol=1e-9)
    rest = ((restore(G, U, mean) - X) ** 2).sum()
    assert rest == pytest.approx(values[4:].sum())
    assert lost(values, 4) == pytest.approx(rest / ((X - mean) ** 2).sum())
    assert values.shape == (30,)
    assert (values >= 0).all()


def test_as_it_is():
    G, U, values, mean = pca(F, 2, center=False)
    assert mean.tolist() == [0.0, 0.0]
    np.testing.assert_allclose(values, np.linalg.svd(F)[1] ** 2, rtol=1e-10)
    np.testing.assert_allclose(G @ U.T, F, atol=1e-12)


def test_shares():
    assert [lost([8, 4, 2, 2], k) for k in range(5)] == [1.0, 0.5, 0.25, 0.125, 0.0]
    assert [choose([8, 4, 2, 2], share) for share in (1, 0.6, 0.5, 0.25, 0.2, 0.125, 0)] == [1, 1, 1, 2, 3, 3, 4]
    assert choose([5.0, 0.0], 0.0) == 1


@pytest.mark.parametrize(
    ("named", "call"),
    [
        ("F", lambda: pca([1.0, 2.0], 1)),
        ("F", lambda: pca([[np.nan, 2.0]], 1)),
        ("m", lambda: pca(F, 0)),
        ("m", lambda: pca(F, 3)),
        ("m", lambda: pca([[0, 0], [1, 2], [2, 4]], 2)),
        ("m", lambda: pca(np.ones((3, 2)), 1)),
        ("values", lambda: lost([0.0, 0.0], 1)),
        ("values", lambda: lost([1.0, 2.0], 1)),
        ("values", lambda: lost([1.0, -1.0], 1)),
        ("k", lambda: lost([1.0], 2)),
        ("share", lambda: choose([1.0], 1.5)),
        ("U", lambda: restore(np.ones((2, 1)), np.ones((3, 2)), np.ones(3))),
        ("mean", lambda: restore(np.ones((2, 1)), np.ones((3, 1)), np.ones(2))),
    ],
)
def test_bad_arguments(named, call):
    with pytest.raises(ValueError, match=f"^{named} must"):
        call()
