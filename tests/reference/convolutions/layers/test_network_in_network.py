"""Convolution of 1 by 1 as a convolution, as a product of matrices and against torch; network in network."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.convolutions.layers.convolution import conv
from reference.convolutions.layers.network_in_network import global_average, mlpconv, pointwise


def test_pointwise_is_a_convolution_and_a_product_of_matrices():
    rng = np.random.default_rng(9)
    X, W, b = rng.normal(size=(2, 3, 4, 5)), rng.normal(size=(6, 3)), rng.normal(size=6)
    made = pointwise(X, W, b)
    np.testing.assert_allclose(made, conv(X, W[:, :, None, None], b), rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(made, np.moveaxis(np.moveaxis(X, 1, -1) @ W.T + b, -1, 1), rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(pointwise(X, W), made - b[:, None, None], rtol=1e-10, atol=1e-12)


def test_mlpconv_as_torch():
    rng = np.random.default_rng(10)
    X, sizes = rng.normal(size=(2, 3, 6, 5)), [(4, 3, 3, 2), (4,), (5, 4), (5,), (2, 5), (2,)]
    values = [rng.normal(size=size) for size in sizes]
    K, b, W1, b1, W2, b2 = (torch.from_numpy(value) for value in values)
    maps = torch.relu(torch.nn.functional.conv2d(torch.from_numpy(X), K, b))
    maps = torch.relu(torch.nn.functional.conv2d(maps, W1[:, :, None, None], b1))
    maps = torch.relu(torch.nn.functional.conv2d(maps, W2[:, :, None, None], b2))
    np.testing.assert_allclose(mlpconv(X, *values), maps.numpy(), rtol=1e-10, atol=1e-12)


def test_by_hand():
    X = [[[[1, -2]], [[10, 20]]]]
    assert pointwise(X, [[1, 1], [2, 0], [0, -1]], [0, 0, 5]).tolist() == [[[[11, 18]], [[2, -4]], [[-5, -15]]]]
    assert mlpconv([[[[2, -3]]]], [[[[1]]], [[[-1]]]], [0, 0], [[1, 1]], [0], [[1]], [0]).tolist() == [[[[2, 3]]]]
    assert global_average([[[[1, 2], [3, 6]], [[0, 0], [0, 4]]]]).tolist() == [[3, 1]]


def test_a_perceptron_at_each_window():
    rng = np.random.default_rng(11)
    X, K = rng.normal(size=(1, 2, 5, 5)), rng.normal(size=(3, 2, 3, 3))
    b, W1, b1, W2, b2 = (rng.normal(size=size) for size in (3, (4, 3), 4, (2, 4), 2))
    made = mlpconv(X, K, b, W1, b1, W2, b2)
    hidden = np.maximum(0, K.reshape(3, -1) @ X[0, :, 1:4, 2:5].ravel() + b)
    expected = np.maximum(0, W2 @ np.maximum(0, W1 @ hidden + b1) + b2)
    np.testing.assert_allclose(made[0, :, 1, 2], expected, rtol=1e-10, atol=1e-12)


def test_global_average_as_torch():
    X = np.random.default_rng(12).normal(size=(3, 4, 5, 6))
    theirs = torch.nn.functional.adaptive_avg_pool2d(torch.from_numpy(X), 1)[:, :, 0, 0]
    np.testing.assert_allclose(global_average(X), theirs.numpy(), rtol=1e-10, atol=1e-12)


def test_errors():
    X = np.zeros((1, 2, 3, 3))
    for arguments, named in (
        ((np.zeros((2, 3)), np.zeros((1, 2))), "X"),
        ((X, np.zeros((1, 3))), "W"),
        ((X, np.zeros(2)), "W"),
        ((X, np.zeros((1, 2)), np.zeros(2)), "b"),
    ):
        with pytest.raises(ValueError, match=f"^{named} must"):
            pointwise(*arguments)
    with pytest.raises(ValueError, match=r"^X must"):
        global_average(np.zeros((2, 3, 4)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X", np.zeros((2, 3, 3))),
        ("K", np.zeros((1, 3, 2, 2))),
        ("b", np.zeros(2)),
        ("W1", np.zeros((4, 2))),
        ("b1", np.zeros(3)),
        ("W2", np.zeros((2, 3))),
        ("b2", np.full(2, np.nan)),
    ],
)
def test_errors_of_mlpconv(name, value):
    shapes = {"X": (1, 2, 3, 3), "K": (1, 2, 2, 2), "b": 1, "W1": (4, 1), "b1": 4, "W2": (2, 4), "b2": 2}
    good = {own: np.zeros(shape) for own, shape in shapes.items()}
    with pytest.raises(ValueError, match=f"^{name} must"):
        mlpconv(**(good | {name: value}))
