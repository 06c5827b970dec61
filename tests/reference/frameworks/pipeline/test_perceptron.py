"""The pipeline and its search by hand, against a loop over folds, and by what scaling must not change."""

import warnings

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import accuracy_score
from sklearn.model_selection import GridSearchCV, StratifiedKFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier

from reference.frameworks.pipeline.perceptron import accuracy, pipeline, summarise, tuned

GRID = {"net__alpha": [1000.0, 0.1], "net__hidden_layer_sizes": [(3,), (6,)]}


@pytest.fixture(autouse=True)
def no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def rings(seed, n):
    rng = np.random.default_rng(seed)
    y, angle = rng.integers(2, size=n), rng.uniform(0, 2 * np.pi, size=n)
    radius = 1 + y + 0.15 * rng.normal(size=n)
    return np.stack([1000 * radius * np.cos(angle), 0.01 * radius * np.sin(angle) + 7], axis=1), y


def test_the_pipeline_is_a_network_on_standardised_features():
    (X, y), (new, _) = rings(0, 60), rings(1, 20)
    found = pipeline((5, 4), 0.2, 3).fit(X, y).predict_proba(new)
    net = MLPClassifier((5, 4), alpha=0.2, solver="lbfgs", random_state=3)
    net.fit((X - X.mean(axis=0)) / X.std(axis=0), y)
    expected = net.predict_proba((new - X.mean(axis=0)) / X.std(axis=0))
    np.testing.assert_allclose(found, expected, atol=1e-3)


def test_units_do_not_matter():
    (X, y), (new, _) = rings(0, 60), rings(1, 20)
    one = pipeline(alpha=1.0).fit(X, y).predict_proba(new)
    other = pipeline(alpha=1.0).fit(X * 1024, y).predict_proba(new * 1024)
    np.testing.assert_allclose(one, other, atol=1e-3)


def test_the_search_as_a_loop_over_folds():
    X, y = rings(2, 75)
    table = summarise(tuned(X, y, GRID, folds=4, seed=5))["table"]
    parts = StratifiedKFold(4, shuffle=True, random_state=5)
    settings = [(alpha, hidden) for alpha in (1000.0, 0.1) for hidden in ((3,), (6,))]
    assert len(table) == 4
    for row, (alpha, hidden) in zip(table, settings, strict=True):
        assert row["setting"] == {"net__alpha": alpha, "net__hidden_layer_sizes": hidden}
        expected = cross_val_score(pipeline(hidden, alpha, 5), X, y, cv=parts)
        assert row["folds"] == pytest.approx(expected.tolist())
        assert row["mean"] == pytest.approx(expected.mean())


def test_what_is_found_by_hand():
    """Four objects, of which the nearest one, but not the two nearest, has the same class in each fold."""
    X, y = np.array([[0.0], [1.0], [10.0], [11.0]]), np.array([0, 0, 1, 1])
    found = summarise(GridSearchCV(KNeighborsClassifier(), {"n_neighbors": [2, 1]}, cv=2).fit(X, y))
    assert found["best"] in ({"n_neighbors": 1}, {"n_neighbors": 2})
    assert found["score"] == 1.0
    assert found["table"][1] == {"setting": {"n_neighbors": 1}, "folds": [1.0, 1.0], "mean": 1.0}
    search = GridSearchCV(DummyClassifier(), {"strategy": ["constant"], "constant": [1]}, cv=2).fit(X, y)
    assert summarise(search)["score"] == 0.5
    assert accuracy(search, X[:3], y[:3]) == pytest.approx(1 / 3)


def test_a_fold_has_its_own_scaler():
    """One object far away flattens its feature for all folds that train on it, and for no other."""
    rng = np.random.default_rng(0)
    y = np.arange(60) % 2
    X = np.stack([2.0 * y - 1 + 0.1 * rng.normal(size=60), rng.normal(size=60)], axis=1)
    X[0, 0] = 1e9
    (row,) = summarise(tuned(X, y, {"net__alpha": [1.0]}))["table"]
    assert sorted(row["folds"])[-1] >= 0.95
    assert sorted(row["folds"])[1] < 0.8


def test_the_best_pipeline_is_fitted_to_all_objects():
    (X, y), (new, labels) = rings(3, 60), rings(4, 200)
    search = tuned(X, y, GRID, seed=1)
    again = pipeline(seed=1).set_params(**search.best_params_).fit(X, y)
    assert (search.predict(new) == again.predict(new)).all()
    assert accuracy(search, new, labels) == accuracy_score(labels, again.predict(new))
    assert accuracy(search, new, labels) > 0.9


@pytest.mark.parametrize(
    ("given", "name"),
    [({"hidden": ()}, "hidden"), ({"hidden": (3, 0)}, "hidden"), ({"alpha": -1.0}, "alpha"), ({"seed": -1}, "seed")],
)
def test_settings_are_checked(given, name):
    with pytest.raises(ValueError, match=name):
        pipeline(**given)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"X": np.zeros((0, 2))}, "X"),
        ({"X": np.full((4, 2), np.nan)}, "X"),
        ({"y": np.zeros(3)}, "y"),
        ({"folds": 1}, "folds"),
        ({"seed": -1}, "seed"),
    ],
)
def test_data_are_checked(given, name):
    arguments = {"X": np.ones((4, 2)), "y": np.array([0, 0, 1, 1]), "grid": GRID, "folds": 2, "seed": 0, **given}
    with pytest.raises(ValueError, match=rf"^{name} must"):
        tuned(**arguments)
    if name in ("X", "y"):
        with pytest.raises(ValueError, match=rf"^{name} must"):
            accuracy(tuned(**{**arguments, "X": rings(0, 8)[0], "y": np.arange(8) % 2}), arguments["X"], arguments["y"])
