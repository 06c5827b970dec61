"""Normal forms on all inputs against Python's own logic, margins, and by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from reference.deep.boolean.normal_forms import from_cnf, from_dnf, from_table
from reference.deep.boolean.threshold import run


def inputs(m):
    return np.array(list(product([0, 1], repeat=m)))


def margin(layers, X):
    """How near a sum of any unit comes to 0."""
    nearest = np.inf
    for weight, bias in layers:
        sums = X @ weight + bias
        nearest = min([nearest, *np.abs(sums).ravel()])
        X = sums > 0
    return nearest


def random_forms(rng, m):
    """Some terms or clauses: an argument occurs, negated or not, with a chance of a half."""
    return [
        {place: bool(rng.integers(2)) for place in range(m) if rng.random() < 0.5} for _ in range(rng.integers(1, 6))
    ]


@pytest.mark.parametrize("m", range(1, 7))
def test_forms_against_python(m):
    rng, X = np.random.default_rng(m), inputs(m)
    for _ in range(10):
        forms = random_forms(rng, m)
        dnf = [[any(all(row[i] == v for i, v in one.items()) for one in forms)] for row in X.astype(bool)]
        cnf = [[all(any(row[i] == v for i, v in one.items()) for one in forms)] for row in X.astype(bool)]
        for layers, expected in ((from_dnf(forms, m), dnf), (from_cnf(forms, m), cnf)):
            np.testing.assert_array_equal(run(layers, X), expected)
            assert margin(layers, X) >= 0.5
            assert layers[0][0].shape == (m, len(forms))


@pytest.mark.parametrize("m", [1, 2, 3])
def test_every_table(m):
    X = inputs(m)
    for table in product([0, 1], repeat=2**m):
        layers = from_table(np.array(table))
        assert run(layers, X)[:, 0].tolist() == list(table)
        assert margin(layers, X) >= 0.5
        assert layers[0][0].shape == (m, sum(table))


def test_by_hand():
    (weight, bias), (above, last) = from_dnf([{0: True, 1: True}, {1: False}], 2)
    assert (weight.tolist(), bias.tolist()) == ([[1.0, 0.0], [1.0, -1.0]], [-1.5, 0.5])
    assert (above.tolist(), last.tolist()) == ([[1.0], [1.0]], [-0.5])
    (weight, bias), (above, last) = from_cnf([{0: True, 1: True}, {1: False}], 2)
    assert (weight.tolist(), bias.tolist()) == ([[1.0, 0.0], [1.0, -1.0]], [-0.5, 0.5])
    assert (above.tolist(), last.tolist()) == ([[1.0], [1.0]], [-1.5])


def test_negation_turns_one_form_into_the_other():
    rng, X = np.random.default_rng(9), inputs(4)
    forms = random_forms(rng, 4)
    opposite = [{place: not value for place, value in one.items()} for one in forms]
    np.testing.assert_array_equal(run(from_dnf(forms, 4), X), 1 - run(from_cnf(opposite, 4), X))


def test_empty_forms():
    X = inputs(2)
    assert run(from_dnf([], 2), X).ravel().tolist() == [0] * 4
    assert run(from_dnf([{}], 2), X).ravel().tolist() == [1] * 4
    assert run(from_cnf([], 2), X).ravel().tolist() == [1] * 4
    assert run(from_cnf([{}], 2), X).ravel().tolist() == [0] * 4


@pytest.mark.parametrize(
    ("named", "call"),
    [
        ("m", lambda: from_dnf([], 0)),
        ("terms", lambda: from_dnf([{2: True}], 2)),
        ("terms", lambda: from_dnf([{-1: True}], 2)),
        ("terms", lambda: from_dnf([{0: 1}], 2)),
        ("terms", lambda: from_dnf([[0, 1]], 2)),
        ("clauses", lambda: from_cnf([{2: True}], 2)),
        ("table", lambda: from_table([0, 1, 1])),
        ("table", lambda: from_table([1])),
        ("table", lambda: from_table([0, 2])),
        ("table", lambda: from_table([0.0, 1.0])),
    ],
)
def test_bad_arguments_are_named(named, call):
    with pytest.raises(ValueError, match=f"^{named}.* must"):
        call()
