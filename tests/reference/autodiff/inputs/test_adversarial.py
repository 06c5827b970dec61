"""Adversarial examples: all corners of the cube, gradients written out in numpy, and the walls of a box."""

from itertools import product

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from reference.autodiff.inputs.adversarial import fgsm


def randn(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def softmax_regression(seed, features, classes):
    weight, bias = randn(seed, classes, features), randn(seed + 1, classes)
    return weight, bias, lambda x: x @ weight.T + bias


@pytest.mark.parametrize("seed", range(5))
def test_no_corner_of_the_cube_is_worse(seed):
    """A margin is linear in x: of all x' with max |x' - x| <= eps a corner is worst, and it is the one found."""
    w, x = randn(seed, 6), randn(seed + 10, 1, 6)
    model, y = lambda x: x @ w, torch.tensor([1.0]).double()
    found = fgsm(model, functional.binary_cross_entropy_with_logits, x, y, 0.3)
    corners = torch.tensor([*product([-0.3, 0.3], repeat=6)]).double() + x
    losses = torch.stack([functional.binary_cross_entropy_with_logits(model(c[None]), y) for c in corners])
    torch.testing.assert_close(found[0], corners[losses.argmax()])


@pytest.mark.parametrize("targeted", [False, True])
def test_against_the_gradient_of_softmax_regression_by_hand(targeted):
    weight, _, model = softmax_regression(3, 4, 3)
    x, y = randn(5, 7, 4), torch.tensor([0, 1, 2, 0, 1, 2, 0])
    W, X, logits = weight.numpy(), x.numpy(), model(x).numpy()
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    gradient = (chances - np.eye(3)[y.numpy()]) @ W
    expected = X + (-0.2 if targeted else 0.2) * np.sign(gradient)
    found = fgsm(model, functional.cross_entropy, x, y, 0.2, targeted=targeted)
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-12)


@pytest.mark.parametrize("eps", [0.0, 0.01, 1.0, 50.0])
def test_a_convex_loss_does_not_fall(eps):
    _, _, model = softmax_regression(1, 5, 4)
    x, y = randn(2, 9, 5), torch.arange(9) % 4
    before, after = (functional.cross_entropy(model(z), y, reduction="none") for z in (x, attacked(model, x, y, eps)))
    assert (after >= before).all()
    assert (after > before).all() == (eps > 0)


def attacked(model, x, y, eps):
    return fgsm(model, functional.cross_entropy, x, y, eps)


def test_by_hand():
    """Loss (2 x1 - 3 x2 + 0 x3)^2 at (1, 0, 5): the gradient is 4 (2, -3, 0)."""
    model = lambda x: x @ torch.tensor([2.0, -3.0, 0.0])  # noqa: E731
    x = torch.tensor([[1.0, 0.0, 5.0]])
    loss = lambda output, y: (output - y).square().sum()  # noqa: E731
    found = fgsm(model, loss, x, torch.zeros(1), 0.5)
    assert found.tolist() == [[1.5, -0.5, 5.0]]
    assert found.dtype == torch.float32
    assert fgsm(model, loss, x, torch.zeros(1), 0.5, low=-0.25, high=5).tolist() == [[1.5, -0.25, 5.0]]
    assert fgsm(model, loss, x, torch.zeros(1), 0.5, high=5.0, targeted=True).tolist() == [[0.5, 0.5, 5.0]]
    assert fgsm(model, loss, x, torch.zeros(1), 0.5, low=0.0, high=5.0).tolist() == [[1.5, 0.0, 5.0]]


def test_a_network_is_left_as_it_was():
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(8, 3))
    x, y = torch.rand(5, 1, 4, 4), torch.tensor([0, 1, 2, 1, 0])
    kept = x.clone()
    found = fgsm(network, nn.CrossEntropyLoss(), x.requires_grad_(), y, 0.1, low=0.0, high=1.0)
    assert torch.equal(x, kept)
    assert x.grad is None
    assert not found.requires_grad
    assert all(p.grad is None and p.requires_grad for p in network.parameters())
    with torch.no_grad():
        assert torch.equal(found, fgsm(network, nn.CrossEntropyLoss(), x, y, 0.1, low=0.0, high=1.0))


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"x": torch.ones(2, 3, dtype=torch.int64)}, "x"),
        ({"x": torch.ones(0, 3)}, "x"),
        ({"x": torch.full((2, 3), torch.nan)}, "x"),
        ({"x": torch.full((2, 3), 2.0), "high": 1.0}, "x"),
        ({"x": torch.full((2, 3), -2.0), "low": -1.0}, "x"),
        ({"eps": -0.1}, "eps"),
        ({"eps": float("nan")}, "eps"),
        ({"low": 1.5, "high": 0.5}, "low"),
        ({"loss": lambda output, y: output}, "loss"),
    ],
)
def test_bad_arguments(changes, name):
    arguments = {
        "model": lambda x: x,
        "loss": lambda output, y: output.sum(),
        "x": torch.ones(2, 3),
        "y": None,
        "eps": 0.1,
    }
    with pytest.raises(ValueError, match=rf"\b{name}\b"):
        fgsm(**arguments | changes)
