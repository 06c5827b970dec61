"""The mean squared error and its gradient against torch and by hand."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.autodiff.mse import mse, mse_gradient


@pytest.mark.parametrize(("n", "k"), [(1, 1), (7, 1), (1, 5), (20, 3)])
def test_against_torch(n, k):
    rng = np.random.default_rng(n * 10 + k)
    predicted, target = rng.normal(size=(n, k)), rng.normal(size=(n, k))
    given = torch.tensor(predicted, requires_grad=True)
    loss = torch.nn.functional.mse_loss(given, torch.tensor(target))
    loss.backward()
    np.testing.assert_allclose(mse(predicted, target), loss.item(), rtol=1e-13)
    np.testing.assert_allclose(mse_gradient(predicted, target), given.grad.numpy(), rtol=1e-13)


def test_by_hand():
    """(1 + 4 + 0 + 9) / 4 over two objects with two outputs."""
    predicted, target = np.array([[1, 2], [3, 4]]), np.array([[0, 4], [3, 1]])
    assert mse(predicted, target) == 3.5
    assert mse_gradient(predicted, target).tolist() == [[0.5, -1.0], [0.0, 1.5]]


def test_equal_arrays_and_far_numbers():
    target = np.full((3, 2), 1e8)
    assert mse(target, target) == 0.0
    assert not mse_gradient(target, target).any()
    assert mse(target + 0.5, target) == 0.25


@pytest.mark.parametrize(
    ("predicted", "target", "named"),
    [
        (np.zeros(3), np.zeros(3), "predicted"),
        (np.zeros((0, 2)), np.zeros((0, 2)), "predicted"),
        (np.full((2, 2), np.nan), np.zeros((2, 2)), "predicted"),
        (np.zeros((3, 1)), np.zeros(3), "target"),
        (np.zeros((3, 1)), np.zeros((3, 2)), "target"),
        (np.zeros((1, 1)), np.full((1, 1), np.inf), "target"),
    ],
)
def test_bad_arguments_are_named(predicted, target, named):
    for function in (mse, mse_gradient):
        with pytest.raises(ValueError, match=named):
            function(predicted, target)
