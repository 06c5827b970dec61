"""Residual blocks by hand, against torch, and where the gradient would vanish without them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.deep.perceptron.network import Perceptron
from reference.deep.perceptron.residual import Residual


def test_by_hand():
    block = Residual(Perceptron([[[3.0]]], [[1.0]]))
    assert block.forward([[2.0], [0.0]]).tolist() == [[9.0], [1.0]]
    assert block.backward([[1.0], [10.0]]).tolist() == [[4.0], [40.0]]
    assert block.inner.weight_gradients[0].tolist() == [[2.0]]


def test_nested_blocks_against_torch():
    rng = np.random.default_rng(1)
    A, b, X, dY = rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
    block = Residual(Residual(Perceptron([A, A], [b, b])))
    x = torch.tensor(X, requires_grad=True)
    weight, bias = torch.tensor(A), torch.tensor(b)
    y = x + x + (torch.tanh(x @ weight + bias) @ weight + bias)
    y.backward(torch.tensor(dY))
    np.testing.assert_allclose(block.forward(X), y.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(block.backward(dY), x.grad.numpy(), rtol=1e-12)


def test_the_gradient_does_not_vanish():
    net = Perceptron([np.full((2, 2), 0.1)] * 40, [np.zeros(2)] * 40)
    block, X, dY = Residual(net), np.ones((1, 2)), np.ones((1, 2))
    block.forward(X)
    np.testing.assert_allclose(block.backward(dY), dY, atol=1e-12)
    assert np.abs(net.backward(dY)).max() < 1e-12


@pytest.mark.parametrize("columns", [1, 2])
def test_bad_arguments_are_named(columns):
    block = Residual(Perceptron([np.ones((3, columns))], [np.ones(columns)]))
    with pytest.raises(ValueError, match=r"^inner must"):
        block.forward(np.ones((4, 3)))
    with pytest.raises(ValueError, match=r"^X must"):
        block.forward(np.ones(3))
