"""The linear SVM by hand, against scipy and scikit-learn, and properties."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from sklearn.svm import LinearSVC

from reference.selection.embedded.svm import gradient, linear_svm, objective


def task(seed, n=40, d=5):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) + rng.normal(size=d)
    y = np.where(X @ rng.normal(size=d) + rng.normal(size=n) > 0, 1.0, -1.0)
    y[:2] = -1, 1
    return X, y


def test_by_hand():
    for C in (0.1, 1.0, 10.0):  # w = 8 C / (1 + 16 C) is where w - 8 C (1 - 2 w) = 0
        w, b = linear_svm([[-1.0], [3.0]], [-1, 1], C)
        assert w[0] == pytest.approx(8 * C / (1 + 16 * C), rel=1e-9)
        assert b == pytest.approx(-w[0], rel=1e-9)
    w, b = linear_svm(np.zeros((3, 2)), [1, -1, 1])  # b alone: 2 (1 - b)^2 + (1 + b)^2
    assert w.tolist() == pytest.approx([0, 0])
    assert b == pytest.approx(1 / 3)


@pytest.mark.parametrize("seed", range(5))
def test_as_scipy(seed):
    X, y = task(seed)
    extended, C = np.column_stack([X, np.ones(len(X))]), 10.0 ** (seed - 2)
    w, b = linear_svm(X, y, C)
    found = minimize(objective, np.zeros(6), (extended, y, C), jac=gradient, method="BFGS", options={"gtol": 1e-7})
    np.testing.assert_allclose([*w, b], found.x, atol=1e-5)
    assert objective(np.array([*w, b]), extended, y, C) <= found.fun * (1 + 1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_as_scikit_learn_where_b_is_hardly_penalised(seed):
    X, y = task(seed)
    w, b = linear_svm(X, y, 0.5)
    other = LinearSVC(C=0.5, dual=False, tol=1e-10, intercept_scaling=1e3).fit(X, y)
    np.testing.assert_allclose([*w, b], [*other.coef_[0], other.intercept_[0]], atol=1e-4)


@pytest.mark.parametrize("seed", range(5))
def test_properties(seed):
    X, y = task(seed)
    w, b = linear_svm(X, y, 2.0)
    np.testing.assert_allclose(linear_svm(X, -y, 2.0)[0], -w, atol=1e-8)
    shifted = linear_svm(X + 7, y, 2.0)
    np.testing.assert_allclose(shifted[0], w, atol=1e-8)
    assert shifted[1] == pytest.approx(b - 7 * w.sum())
    np.testing.assert_allclose(linear_svm(np.vstack([X, X]), [*y, *y], 1.0)[0], w, atol=1e-8)


def test_hard_tasks():
    rng = np.random.default_rng(0)
    for n, d, scale, C in ((2, 9, 1.0, 1e3), (60, 3, 1e3, 1e3), (60, 3, 1e-3, 1e-3), (50, 8, 1e2, 1.0)):
        X, y = scale * (rng.normal(size=(n, d)) + 3), np.where(np.arange(n) % 2, 1.0, -1.0)
        extended = np.column_stack([X, np.ones(n)])
        w, b = linear_svm(X, y, C)
        slope = np.linalg.norm(gradient(np.array([*w, b]), extended, y, C))
        assert slope <= 1e-10 * 2 * C * np.linalg.norm(extended, axis=1).sum()


@pytest.mark.parametrize(
    ("name", "X", "y", "C"),
    [
        ("X", [1.0, 2.0], [1, -1], 1.0),
        ("X", [[1.0], [np.nan]], [1, -1], 1.0),
        ("y", [[1.0], [2.0]], [1, -1, 1], 1.0),
        ("y", [[1.0], [2.0]], [1, 0], 1.0),
        ("y", [[1.0], [2.0]], [1, 1], 1.0),
        ("C", [[1.0], [2.0]], [1, -1], 0.0),
    ],
)
def test_errors(name, X, y, C):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        linear_svm(X, y, C)
