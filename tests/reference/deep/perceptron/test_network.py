"""The perceptron against torch, by hand, and by finite differences."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import torch

from reference.deep.perceptron.activations import FUNCTIONS
from reference.deep.perceptron.network import Perceptron


def random_layers(rng, sizes):
    """Weights and biases of these sizes."""
    weights = [rng.normal(size=pair) / np.sqrt(pair[0]) for pair in pairwise(sizes)]
    return weights, [rng.normal(size=size) for size in sizes[1:]]


@pytest.mark.parametrize(("name", "function"), [("tanh", torch.tanh), ("relu", torch.relu), ("sigmoid", torch.sigmoid)])
@pytest.mark.parametrize("sizes", [(3, 2), (2, 4, 1), (3, 5, 4, 2), (2, *[6] * 39, 1)])
@pytest.mark.parametrize("n", [1, 6])
def test_against_torch(name, function, sizes, n):
    rng = np.random.default_rng(sum(sizes) + n)
    weights, biases = random_layers(rng, sizes)
    X, dY = rng.normal(size=(n, sizes[0])), rng.normal(size=(n, sizes[-1]))
    net = Perceptron(weights, biases, name)

    leaves = [torch.tensor(value, requires_grad=True) for value in (X, *weights, *biases)]
    x, w, b = leaves[0], leaves[1 : len(weights) + 1], leaves[len(weights) + 1 :]
    y = x @ w[0] + b[0]
    for weight, bias in zip(w[1:], b[1:], strict=True):
        y = function(y) @ weight + bias
    y.backward(torch.tensor(dY))

    np.testing.assert_allclose(net.forward(X), y.detach().numpy(), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(net.backward(dY), x.grad.numpy(), rtol=1e-9, atol=1e-15)
    for found, leaf in zip([*net.weight_gradients, *net.bias_gradients], [*w, *b], strict=True):
        np.testing.assert_allclose(found, leaf.grad.numpy(), rtol=1e-9, atol=1e-14)


def test_by_hand():
    net = Perceptron([[[1.0, -1.0]], [[2.0], [3.0]]], [[0.0, 1.0], [0.5]], "relu")
    assert net.forward([[2.0], [-1.0]]).tolist() == [[4.5], [6.5]]  # hidden (2, 0) and (0, 2)
    assert net.backward([[1.0], [10.0]]).tolist() == [[2.0], [-30.0]]
    assert [one.tolist() for one in net.weight_gradients] == [[[4.0, -30.0]], [[2.0], [20.0]]]
    assert [one.tolist() for one in net.bias_gradients] == [[2.0, 30.0], [11.0]]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_gradients_by_finite_differences(name):
    rng = np.random.default_rng(5)
    weights, biases = random_layers(rng, (2, 3, 3, 2))
    X, dY, step = rng.normal(size=(4, 2)), rng.normal(size=(4, 2)), 1e-6
    net = Perceptron(weights, biases, name)
    net.forward(X)
    net.backward(dY)
    for kind, found in ((weights, net.weight_gradients), (biases, net.bias_gradients)):
        for layer, value in enumerate(kind):
            place, old = tuple(0 for _ in value.shape), value.flat[0]
            sides = []
            for side in (step, -step):
                value[place] = old + side
                sides.append((Perceptron(weights, biases, name).forward(X) * dY).sum())
            value[place] = old
            assert found[layer][place] == pytest.approx((sides[0] - sides[1]) / (2 * step), rel=1e-6, abs=1e-8)


def test_gradients_are_those_of_the_last_calls_alone():
    rng = np.random.default_rng(2)
    net = Perceptron(*random_layers(rng, (2, 3, 1)))
    X, dY = rng.normal(size=(5, 2)), rng.normal(size=(5, 1))
    net.forward(X)
    first = net.backward(dY), net.weight_gradients[0]
    net.forward(rng.normal(size=(2, 2)))
    net.backward(np.ones((2, 1)))
    net.forward(X)
    for _ in range(2):
        np.testing.assert_array_equal(net.backward(dY), first[0])
        np.testing.assert_array_equal(net.weight_gradients[0], first[1])


def test_bad_arguments_are_named():
    net = Perceptron([np.ones((2, 3)), np.ones((3, 1))], [np.ones(3), np.ones(1)])
    with pytest.raises(RuntimeError):
        net.backward(np.ones((1, 1)))
    with pytest.raises(ValueError, match=r"^X must"):
        net.forward(np.ones((4, 3)))
    net.forward(np.ones((4, 2)))
    with pytest.raises(ValueError, match=r"^dY must"):
        net.backward(np.ones((4, 2)))
    with pytest.raises(ValueError, match=r"^activation must"):
        Perceptron([np.ones((2, 3))], [np.ones(3)], "cube")
