"""Gates on all inputs, units by hand and against scikit-learn, nets by composition."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from sklearn.linear_model import Perceptron

from reference.deep.boolean.threshold import gate, run, unit, xor

PAIRS = np.array(list(product([0, 1], repeat=2)))


def test_gates_on_all_inputs():
    assert unit(PAIRS, *gate("and")).tolist() == [0, 0, 0, 1]
    assert unit(PAIRS, *gate("or")).tolist() == [0, 1, 1, 1]
    assert unit([[0], [1]], *gate("not")).tolist() == [1, 0]
    assert run(xor(), PAIRS).tolist() == [[0], [1], [1], [0]]


def test_points_of_the_hyperplane_are_not_above_it():
    assert unit([[1.0, 1.0], [2.0, 1.0], [0.0, 1.0]], [1.0, 1.0], -2.0).tolist() == [0, 1, 0]


def test_against_sklearn():
    rng = np.random.default_rng(0)
    X, w = rng.normal(size=(200, 3)), rng.normal(size=3)
    model = Perceptron().fit(X, unit(X, w, 0.2))
    np.testing.assert_array_equal(unit(X, model.coef_[0], model.intercept_.item()), model.predict(X))
    np.testing.assert_array_equal(run([(model.coef_.T, model.intercept_)], X)[:, 0], model.predict(X))


def test_no_single_unit_is_xor():
    grid = np.arange(-2.0, 2.1, 0.5)
    for w1, w2, b in product(grid, grid, grid):
        assert unit(PAIRS, [w1, w2], b).tolist() != [0, 1, 1, 0]


def test_layers_are_units_of_units():
    rng = np.random.default_rng(1)
    (A, a), (B, b) = layers = [
        (rng.normal(size=(4, 5)), rng.normal(size=5)),
        (rng.normal(size=(5, 2)), rng.normal(size=2)),
    ]
    X = rng.integers(2, size=(9, 4))
    hidden = np.stack([unit(X, A[:, j], a[j]) for j in range(5)], axis=1)
    outputs = np.stack([unit(hidden, B[:, j], b[j]) for j in range(2)], axis=1)
    np.testing.assert_array_equal(run(layers, X), outputs)
    assert run(layers, X).dtype.kind == "i"


def test_a_layer_without_units():
    assert run([(np.zeros((2, 0)), np.zeros(0)), (np.zeros((0, 1)), [0.5])], PAIRS).tolist() == [[1]] * 4


@pytest.mark.parametrize(
    ("named", "call"),
    [
        ("X", lambda: unit([1.0, 2.0], [1.0, 2.0], 0.0)),
        ("w", lambda: unit(PAIRS, [1.0], 0.0)),
        ("b", lambda: unit(PAIRS, [1.0, 1.0], np.nan)),
        ("name", lambda: gate("xor")),
        ("layers", lambda: run([], PAIRS)),
        ("layers", lambda: run([(np.ones((2, 3)), np.ones(2))], PAIRS)),
        ("layers", lambda: run([(np.ones((2, 3)), np.ones(3)), (np.ones((2, 1)), np.ones(1))], PAIRS)),
        ("layers", lambda: run([np.ones((2, 3))], PAIRS)),
        ("X", lambda: run(xor(), np.ones((4, 3)))),
    ],
)
def test_bad_arguments_are_named(named, call):
    with pytest.raises(ValueError, match=f"^{named} must"):
        call()
