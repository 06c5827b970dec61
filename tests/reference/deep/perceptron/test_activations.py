"""Activations against torch and by finite differences, at 0 and far from it."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from reference.deep.perceptron.activations import (
    DERIVATIVES,
    FUNCTIONS,
    activation,
    activation_grad,
    noisy_relu,
    noisy_relu_grad,
    prelu_beta_grad,
)

TORCH = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky": functional.leaky_relu,
    "prelu": lambda x: functional.prelu(x, torch.tensor([0.25], dtype=x.dtype)),
    "softplus": functional.softplus,
    "arctan": torch.arctan,
    "softsign": functional.softsign,
    "lecun": lambda x: torch.tanh(x) + 0.1 * x,
}


def test_the_tables_have_the_same_names():
    assert list(FUNCTIONS) == list(DERIVATIVES) == list(TORCH)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("scale", [0.1, 1.0, 10.0, 1000.0])
def test_against_torch(name, scale):
    x = np.random.default_rng(int(scale)).normal(size=(7, 5)) * scale
    leaf = torch.tensor(x, requires_grad=True)
    result = TORCH[name](leaf)
    result.sum().backward()
    np.testing.assert_allclose(activation(name, x), result.detach().numpy(), rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(activation_grad(name, x), leaf.grad.numpy(), rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_derivatives_by_finite_differences(name):
    x, step = np.linspace(-3.0, 3.0, 20), 1e-5
    slope = (activation(name, x + step, a=0.3, beta=0.7) - activation(name, x - step, a=0.3, beta=0.7)) / (2 * step)
    np.testing.assert_allclose(activation_grad(name, x, a=0.3, beta=0.7), slope, rtol=1e-7, atol=1e-9)


def test_at_zero_by_section_16():
    zero = np.zeros(1)
    found = {name: activation_grad(name, zero, beta=0.7).item() for name in ("relu", "leaky", "prelu")}
    assert found == {"relu": 0.0, "leaky": 0.01, "prelu": 0.7}
    assert [activation(name, zero).item() for name in ("relu", "leaky", "prelu")] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_far_from_zero_without_warnings(name):
    far = np.array([-1000.0, 1000.0])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert np.isfinite(activation(name, far)).all()
        assert np.isfinite(activation_grad(name, far)).all()


def test_by_hand():
    assert activation("softsign", [-3.0, 1.0]).tolist() == [-0.75, 0.5]
    assert activation_grad("softsign", [-3.0, 1.0]).tolist() == [1 / 16, 0.25]
    assert activation("softplus", [-1000.0, 1000.0]).tolist() == [0.0, 1000.0]
    assert activation_grad("arctan", [2]).tolist() == [0.2]


def test_the_derivative_by_beta():
    assert prelu_beta_grad([-2, 0, 3]).tolist() == [-2.0, 0.0, 0.0]
    x = np.random.default_rng(0).normal(size=9)
    slope = (activation("prelu", x, beta=0.26) - activation("prelu", x, beta=0.24)) / 0.02
    np.testing.assert_allclose(prelu_beta_grad(x), slope, atol=1e-12)


def test_noisy_relu_by_hand():
    assert noisy_relu([0.0, 0.0], [2.0, -2.0]).tolist() == [pytest.approx(2**0.5), 0.0]
    assert noisy_relu_grad([0.0, 0.0], [2.0, -2.0]).tolist() == [pytest.approx(1 + 2 * 0.5**0.5 * 0.25), 0.0]


def test_noisy_relu_against_torch():
    rng = np.random.default_rng(3)
    x, noise = rng.normal(size=(6, 4)) * 2, rng.normal(size=(6, 4))
    leaf = torch.tensor(x, requires_grad=True)
    result = torch.relu(leaf + torch.sqrt(torch.sigmoid(leaf)) * torch.tensor(noise))
    result.sum().backward()
    np.testing.assert_allclose(noisy_relu(x, noise), result.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(noisy_relu_grad(x, noise), leaf.grad.numpy(), rtol=1e-12)


def test_the_noise_has_the_variance_sigmoid():
    x = np.full(100_000, 30.0)
    added = noisy_relu(x, np.random.default_rng(1).normal(size=x.size)) - x
    assert added.var() == pytest.approx(1.0, abs=0.03)
    x = np.full(100_000, 3.0)
    added = noisy_relu(x, np.random.default_rng(2).normal(size=x.size)) - x
    assert added.var() == pytest.approx(1 / (1 + np.exp(-3)), abs=0.03)


def test_noisy_relu_far_from_zero():
    assert noisy_relu([-1000.0, 1000.0], [3.0, 3.0]).tolist() == [0.0, 1003.0]
    assert noisy_relu_grad([-1000.0, 1000.0], [3.0, 3.0]).tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    ("named", "call"),
    [
        ("name", lambda: activation("cube", [1.0])),
        ("x", lambda: activation("relu", [np.nan])),
        ("x", lambda: activation_grad("relu", [])),
        ("a", lambda: activation("lecun", [1.0], a=np.inf)),
        ("beta", lambda: activation_grad("prelu", [1.0], beta="1")),
        ("x", lambda: prelu_beta_grad([np.inf])),
        ("noise", lambda: noisy_relu([1.0, 2.0], [1.0])),
        ("noise", lambda: noisy_relu_grad([[1.0, 2.0]], [1.0, 2.0])),
    ],
)
def test_bad_arguments_are_named(named, call):
    with pytest.raises(ValueError, match=f"^{named} must"):
        call()
