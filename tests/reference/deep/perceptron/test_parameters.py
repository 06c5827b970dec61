"""What is no list of layers, and that layers are copies."""

from __future__ import annotations

import numpy as np
import pytest

from reference.deep.perceptron.parameters import layers


def test_layers_are_copies_of_floats():
    weight, bias = np.ones((2, 3)), np.ones(3)
    weights, biases = layers([weight, [[1], [2], [3]]], [bias, [4]])
    assert [one.shape for one in weights] == [(2, 3), (3, 1)]
    assert biases[1].dtype == np.float64
    assert not np.shares_memory(weights[0], weight)
    assert not np.shares_memory(biases[0], bias)


@pytest.mark.parametrize(
    ("named", "weights", "biases"),
    [
        ("weights", [], []),
        ("weights", np.ones((1, 2, 2)), [np.ones(2)]),
        ("weights", [np.ones(2)], [np.ones(2)]),
        ("weights", [np.ones((2, 3)), np.ones((2, 1))], [np.ones(3), np.ones(1)]),
        ("biases", [np.ones((2, 3))], []),
        ("biases", [np.ones((2, 3))], [np.ones(1)]),
        ("biases", [np.ones((2, 3))], [np.full(3, np.nan)]),
    ],
)
def test_bad_arguments_are_named(named, weights, biases):
    with pytest.raises(ValueError, match=f"^{named} must"):
        layers(weights, biases)
