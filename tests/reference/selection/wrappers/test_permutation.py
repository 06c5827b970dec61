"""Permutation importance: by hand, by scikit-learn, and a closed form for a linear model."""

import numpy as np
import pytest
from sklearn.inspection import permutation_importance as by_sklearn
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_squared_error

from reference.selection.wrappers.permutation import permutation_importance


def squared(y, p):
    return float(np.mean((y - p) ** 2))


@pytest.fixture
def data():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 4))
    y = X @ [3.0, 0.0, -1.0, 0.5] + 0.1 * rng.normal(size=200)
    return X, y, LinearRegression().fit(X, y)


def test_by_hand():
    X, y = np.array([[0.0, 7.0], [1.0, 7.0]]), np.array([0.0, 1.0])
    found = permutation_importance(lambda X: X[:, 0], squared, X, y, np.random.default_rng(0), 400)
    assert found[1] == 0
    assert found[0] == pytest.approx(0.5, abs=0.2)  # half of the shuffles exchange the two, with the loss 1


def test_sklearn(data):
    X, y, model = data
    found = permutation_importance(model.predict, mean_squared_error, X, y, np.random.default_rng(1), 200)
    expected = by_sklearn(model, X, y, scoring="neg_mean_squared_error", n_repeats=200, random_state=2).importances_mean
    np.testing.assert_allclose(found, expected, rtol=0.05, atol=0.01)


def test_a_linear_model(data):
    X, y, model = data
    found = permutation_importance(model.predict, squared, X, y, np.random.default_rng(1), 300)
    residual = y - model.predict(X)
    centred = X - X.mean(axis=0)
    expected = 2 * model.coef_**2 * centred.var(axis=0) + 2 * model.coef_ * (residual[:, None] * centred).mean(axis=0)
    np.testing.assert_allclose(found, expected, rtol=0.05, atol=0.01)


def test_questions(data):
    X, y, model = data
    given = []

    def predict(objects):
        given.append(objects)
        return model.predict(objects)

    permutation_importance(predict, squared, X, y, np.random.default_rng(0), 3)
    assert len(given) == 1 + 4 * 3
    for number, objects in enumerate(given[1:]):
        changed = np.flatnonzero((objects != X).any(axis=0))
        assert changed.tolist() == [number // 3]
        assert np.array_equal(np.sort(objects, axis=0), np.sort(X, axis=0))


@pytest.mark.parametrize(
    ("X", "y", "repeats", "name"),
    [
        ([1.0], [1.0], 5, "X"),
        ([[np.nan]], [1.0], 5, "X"),
        ([[1.0]], [1.0, 2.0], 5, "y"),
        ([[1.0]], [1.0], 0, "repeats"),
    ],
)
def test_errors(X, y, repeats, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        permutation_importance(lambda X: X[:, 0], squared, X, y, np.random.default_rng(0), repeats)
