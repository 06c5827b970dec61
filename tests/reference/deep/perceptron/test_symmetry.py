"""Permuted units: the function stays, the parameters do not, against torch's layers."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.deep.perceptron.network import Perceptron
from reference.deep.perceptron.symmetry import permute_hidden

RNG = np.random.default_rng(6)
WEIGHTS = [RNG.normal(size=(2, 4)), RNG.normal(size=(4, 3)), RNG.normal(size=(3, 2))]
BIASES = [RNG.normal(size=size) for size in (4, 3, 2)]


@pytest.mark.parametrize(("layer", "order"), [(0, [2, 0, 3, 1]), (1, [1, 2, 0])])
def test_the_function_stays(layer, order):
    X = RNG.normal(size=(6, 2))
    moved = permute_hidden(WEIGHTS, BIASES, layer, order)
    np.testing.assert_allclose(Perceptron(*moved).forward(X), Perceptron(WEIGHTS, BIASES).forward(X), rtol=1e-12)
    y = torch.tensor(X)
    for number, (weight, bias) in enumerate(zip(*moved, strict=True)):
        y = torch.nn.functional.linear(y if number == 0 else torch.tanh(y), torch.tensor(weight.T), torch.tensor(bias))
    np.testing.assert_allclose(y.numpy(), Perceptron(WEIGHTS, BIASES).forward(X), rtol=1e-12)
    np.testing.assert_array_equal(moved[1][layer], BIASES[layer][order])


def test_by_hand():
    weights, biases = permute_hidden([[[1.0, 2.0, 3.0]], [[4.0], [5.0], [6.0]]], [[7, 8, 9], [0]], 0, [2, 0, 1])
    assert [one.tolist() for one in weights] == [[[3.0, 1.0, 2.0]], [[6.0], [4.0], [5.0]]]
    assert [one.tolist() for one in biases] == [[9.0, 7.0, 8.0], [0.0]]


@pytest.mark.parametrize(
    ("named", "layer", "order"),
    [
        ("layer", 2, [0, 1]),
        ("layer", -1, [0, 1]),
        ("order", 0, [0, 1, 2, 2]),
        ("order", 1, [0, 1]),
        ("order", 1, [1, 2, 3]),
    ],
)
def test_bad_arguments_are_named(named, layer, order):
    with pytest.raises(ValueError, match=f"^{named} must"):
        permute_hidden(WEIGHTS, BIASES, layer, order)
