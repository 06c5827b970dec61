"""Gradients by the input."""

import pytest
import torch
from torch import nn

from reference.autodiff.inputs.gradient import value_and_gradient


def test_value_and_gradient_leave_nothing_behind():
    layer, x = nn.Linear(2, 1), torch.tensor([1.0, 2.0], requires_grad=True)
    with torch.no_grad():
        value, gradient = value_and_gradient(lambda place: layer(place).sum() ** 2, x)
    expected = 2 * layer(x) * layer.weight[0]
    torch.testing.assert_close(gradient, expected.detach())
    assert value.item() == pytest.approx(layer(x).item() ** 2)
    assert not value.requires_grad
    assert not gradient.requires_grad
    assert x.grad is layer.weight.grad is None


def test_a_loss_that_is_no_scalar():
    with pytest.raises(ValueError, match=r"^loss must be a scalar, not of shape \(2,\)"):
        value_and_gradient(lambda place: 2 * place, torch.ones(2))
