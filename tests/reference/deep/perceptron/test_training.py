"""Training against torch's SGD, by hand, and on two rings."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.deep.perceptron.network import Perceptron
from reference.deep.perceptron.training import train


@pytest.mark.parametrize("clip", [None, 0.3])
def test_against_torch(clip):
    rng = np.random.default_rng(4)
    X, Y = rng.normal(size=(6, 2)), rng.normal(size=(6, 2))
    W, b = [rng.normal(size=(2, 3)), rng.normal(size=(3, 2))], [rng.normal(size=3), rng.normal(size=2)]
    net = Perceptron(W, b)
    history = train(net, X, Y, 0.2, 5, clip)

    leaves = [torch.tensor(value, requires_grad=True) for value in (*W, *b)]
    optimizer = torch.optim.SGD(leaves, lr=0.2)
    for step in range(5):
        y = torch.tanh(torch.tensor(X) @ leaves[0] + leaves[2]) @ leaves[1] + leaves[3]
        loss = torch.nn.functional.mse_loss(y, torch.tensor(Y))
        assert history[step] == pytest.approx(loss.item(), rel=1e-5)
        optimizer.zero_grad()
        loss.backward()
        if clip is not None:
            torch.nn.utils.clip_grad_norm_(leaves, clip)
        optimizer.step()
    for found, leaf in zip([*net.weights, *net.biases], leaves, strict=True):
        np.testing.assert_allclose(found, leaf.detach().numpy(), rtol=1e-5)


def test_by_hand():
    net = Perceptron([[[1.0]]], [[0.0]])
    assert train(net, [[1.0], [3.0]], [[2.0], [2.0]], 0.5, 1).tolist() == [1.0]
    assert (net.weights[0].tolist(), net.biases[0].tolist()) == ([[0.0]], [0.0])  # derivatives 2 and 0


def test_two_rings_are_learned():
    rng = np.random.default_rng(0)
    angle, inner = rng.uniform(0, 2 * np.pi, 200), np.arange(200) % 2
    X = (np.where(inner == 1, 1.0, 2.5) + rng.normal(scale=0.2, size=200))[:, None] * np.c_[
        np.cos(angle), np.sin(angle)
    ]
    net = Perceptron([rng.normal(size=(2, 16)), rng.normal(size=(16, 1)) / 4], [np.zeros(16), np.zeros(1)])
    history = train(net, X, 2.0 * inner[:, None] - 1, 0.2, 400)
    assert history[-1] < 0.2 < history[0]
    assert ((net.forward(X)[:, 0] > 0) == (inner == 1)).mean() > 0.97


@pytest.mark.parametrize(
    ("named", "arguments"),
    [
        ("X", (np.ones((4, 3)), np.ones((4, 1)), 0.1, 1)),
        ("Y", (np.ones((4, 2)), np.ones(4), 0.1, 1)),
        ("Y", (np.ones((4, 2)), np.ones((1, 1)), 0.1, 1)),
        ("rate", (np.ones((4, 2)), np.ones((4, 1)), 0.0, 1)),
        ("steps", (np.ones((4, 2)), np.ones((4, 1)), 0.1, 0)),
        ("clip", (np.ones((4, 2)), np.ones((4, 1)), 0.1, 1, 0.0)),
    ],
)
def test_bad_arguments_are_named(named, arguments):
    with pytest.raises(ValueError, match=f"^{named} must"):
        train(Perceptron([np.ones((2, 1))], [np.ones(1)]), *arguments)
