"""Blocks and their compositions against torch, and what they remember."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import torch

from reference.autodiff.graphs.blocks import Linear, Map, Parallel, Sequential


def tanh():
    return Map(np.tanh, lambda x: 1 - np.tanh(x) ** 2)


def network(rng, sizes):
    """Linear blocks of these sizes with tanh between them, and what torch needs for the same."""
    weights = [rng.normal(size=pair) for pair in pairwise(sizes)]
    biases = [rng.normal(size=size) for size in sizes[1:]]
    return [Linear(w, b) for w, b in zip(weights, biases, strict=True)], weights, biases


@pytest.mark.parametrize("sizes", [(3, 2), (2, 4, 1), (3, 5, 4, 2)])
@pytest.mark.parametrize("n", [1, 6])
def test_a_network_against_torch(sizes, n):
    rng = np.random.default_rng(sum(sizes))
    linear, weights, biases = network(rng, sizes)
    blocks = [linear[0]]
    for block in linear[1:]:
        blocks.append(Sequential([tanh(), block]))  # a composition within a composition
    model = Sequential(blocks)
    X, dY = rng.normal(size=(n, sizes[0])), rng.normal(size=(n, sizes[-1]))

    given = [torch.tensor(value, requires_grad=True) for value in (X, *weights, *biases)]
    x, w, b = given[0], given[1 : len(weights) + 1], given[len(weights) + 1 :]
    y = x @ w[0] + b[0]
    for one, other in zip(w[1:], b[1:], strict=True):
        y = torch.tanh(y) @ one + other
    y.backward(torch.tensor(dY))

    np.testing.assert_allclose(model.forward(X), y.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(model.backward(dY), x.grad.numpy(), rtol=1e-10, atol=1e-13)
    for block, one, other in zip(linear, w, b, strict=True):
        np.testing.assert_allclose(block.weight_gradient, one.grad.numpy(), rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(block.bias_gradient, other.grad.numpy(), rtol=1e-10, atol=1e-13)


def test_parallel_blocks_against_torch():
    rng = np.random.default_rng(5)
    W, b, X, dY = rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    model = Parallel([Map(np.sin, np.cos), Sequential([Linear(W, b), tanh()]), Map(lambda x: x, np.ones_like)])
    x = torch.tensor(X, requires_grad=True)
    y = torch.sin(x) + torch.tanh(x @ torch.tensor(W) + torch.tensor(b)) + x
    y.backward(torch.tensor(dY))
    np.testing.assert_allclose(model.forward(X), y.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(model.backward(dY), x.grad.numpy(), rtol=1e-12)


def test_finite_differences_of_a_composition():
    rng = np.random.default_rng(6)
    model = Sequential([Parallel([tanh(), Map(np.exp, np.exp)]), Map(np.sin, np.cos)])
    X, dY, step = rng.normal(size=(2, 3)), rng.normal(size=(2, 3)), 1e-6
    model.forward(X)
    found = model.backward(dY)
    for place in np.ndindex(X.shape):
        nudge = np.zeros_like(X)
        nudge[place] = step
        slope = ((model.forward(X + nudge) - model.forward(X - nudge)) * dY).sum() / (2 * step)
        assert abs(found[place] - slope) < 1e-8


def test_backward_speaks_of_the_last_forward_and_can_be_repeated():
    block = Linear([[2.0], [3.0]], [1.0])
    block.forward([[9.0, 9.0]])
    assert block.forward([[1.0, 4.0], [0.0, 1.0]]).tolist() == [[15.0], [4.0]]
    for _ in range(2):
        assert block.backward([[1.0], [10.0]]).tolist() == [[2.0, 3.0], [20.0, 30.0]]
        assert block.weight_gradient.tolist() == [[1.0], [14.0]]
        assert block.bias_gradient.tolist() == [11.0]


@pytest.mark.parametrize(
    "make", [lambda: Linear([[1.0]], [0.0]), tanh, lambda: Sequential([tanh()]), lambda: Parallel([tanh()])]
)
def test_backward_before_forward(make):
    with pytest.raises(RuntimeError, match="forward"):
        make().backward(np.ones((1, 1)))


def used(block, X, dY):
    block.forward(X)
    block.backward(dY)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: Linear(np.zeros(3), np.zeros(3)), "weight"),
        (lambda: Linear(np.zeros((3, 2)), np.zeros(3)), "bias"),
        (lambda: Linear(np.zeros((3, 2)), np.zeros((1, 2))), "bias"),
        (lambda: used(Linear(np.zeros((3, 2)), np.zeros(2)), np.zeros((4, 2)), np.zeros((4, 2))), "X"),
        (lambda: used(Linear(np.zeros((3, 2)), np.zeros(2)), np.zeros((4, 3)), np.zeros((1, 2))), "dY"),
        (lambda: used(tanh(), np.zeros((4, 3)), np.zeros(3)), "dY"),
        (lambda: Sequential([]), "blocks"),
        (lambda: Parallel([]), "blocks"),
    ],
)
def test_bad_arguments_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
