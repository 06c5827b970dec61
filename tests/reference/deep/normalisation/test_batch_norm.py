"""Batch normalisation by hand, against torch, and by finite differences."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.deep.normalisation.batch_norm import BatchNorm


def pair(rng, d, **settings):
    """A layer and torch's, with the same random gamma and beta."""
    own, other = BatchNorm(d, **settings), torch.nn.BatchNorm1d(d, **settings).double()
    own.gamma, own.beta = rng.normal(size=d), rng.normal(size=d)
    with torch.no_grad():
        other.weight.copy_(torch.from_numpy(own.gamma))
        other.bias.copy_(torch.from_numpy(own.beta))
    return own, other


def test_by_hand():
    layer = BatchNorm(1, eps=3.0, momentum=0.5)
    assert layer.forward([[1.0], [3.0]]).tolist() == [[-0.5], [0.5]]  # variance 1, root of 1 + 3
    assert (layer.running_mean.tolist(), layer.running_var.tolist()) == ([1.0], [1.5])  # unbiased: 2
    assert layer.backward([[1.0], [0.0]]).tolist() == [[0.1875], [-0.1875]]
    assert (layer.gamma_gradient.tolist(), layer.beta_gradient.tolist()) == ([-0.5], [1.0])
    layer.running_mean, layer.running_var = np.array([5.0]), np.array([1.0])
    assert layer.forward([[9.0]], train=False).tolist() == [[2.0]]


@pytest.mark.parametrize(("n", "d", "settings"), [(2, 1, {}), (5, 3, {}), (40, 6, {"eps": 0.5, "momentum": 0.3})])
def test_against_torch(n, d, settings):
    rng = np.random.default_rng(n)
    own, other = pair(rng, d, **settings)
    for train in (True, True, False, True, False):
        other.train(train)
        X, dY = 3 * rng.normal(size=(n, d)) + 2, rng.normal(size=(n, d))
        x = torch.from_numpy(X).requires_grad_()
        y = other(x)
        np.testing.assert_allclose(own.forward(X, train), y.detach().numpy(), rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(own.running_mean, other.running_mean.numpy(), rtol=1e-12)
        np.testing.assert_allclose(own.running_var, other.running_var.numpy(), rtol=1e-12)
        other.zero_grad()
        y.backward(torch.from_numpy(dY))
        np.testing.assert_allclose(own.backward(dY), x.grad.numpy(), rtol=1e-7, atol=1e-10)
        np.testing.assert_allclose(own.gamma_gradient, other.weight.grad.numpy(), rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(own.beta_gradient, other.bias.grad.numpy(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("train", [True, False])
def test_by_finite_differences(train):
    rng = np.random.default_rng(8)
    X, dY, gamma, step = rng.normal(size=(4, 2)), rng.normal(size=(4, 2)), rng.normal(size=2), 1e-6

    def new():
        layer = BatchNorm(2)
        layer.gamma = gamma
        return layer

    layer, expected = new(), np.zeros((4, 2))
    layer.forward(X, train)
    for place in np.ndindex(4, 2):
        change = np.zeros((4, 2))
        change[place] = step
        rise = new().forward(X + change, train) - new().forward(X - change, train)
        expected[place] = (rise * dY).sum() / (2 * step)
    np.testing.assert_allclose(layer.backward(dY), expected, rtol=1e-6, atol=1e-8)


def test_constant_columns_and_columns_far_from_zero():
    rng = np.random.default_rng(9)
    X = np.column_stack([np.full(6, 0.1), 1e6 + rng.normal(size=6)])
    layer = BatchNorm(2)
    y = layer.forward(X)
    np.testing.assert_allclose(y[:, 0], 0.0, atol=1e-12)
    np.testing.assert_allclose(y[:, 1].std(), 1.0, rtol=1e-3)
    assert layer.running_var[0] == pytest.approx(0.9)
    assert np.isfinite(layer.backward(rng.normal(size=(6, 2)))).all()


def test_bad_arguments_are_named():
    layer = BatchNorm(2)
    layer.forward(np.eye(2))
    for name, call in (
        ("d", lambda: BatchNorm(0)),
        ("eps", lambda: BatchNorm(2, eps=0.0)),
        ("momentum", lambda: BatchNorm(2, momentum=1.5)),
        ("X", lambda: layer.forward(np.ones((3, 1)))),
        ("X", lambda: layer.forward(np.ones((1, 2)))),
        ("X", lambda: layer.forward(np.full((3, 2), np.nan))),
        ("dY", lambda: layer.backward(np.ones((3, 2)))),
        ("dY", lambda: layer.backward(np.ones(2))),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            call()
