"""Variances by layers: by hand, against torch's graph, and by what the schemes are made for."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import torch

from reference.deep.normalisation.initialisation import init
from reference.deep.normalisation.signal import gradient_signal, signal

OF_TORCH = {"linear": lambda z: z, "tanh": torch.tanh, "relu": torch.relu}


def test_by_hand():
    weights, X = [np.array([[1.0, -1.0]]), np.array([[1.0], [2.0]])], np.array([[2.0], [-2.0]])
    # H_1 is [[2, 0], [0, 2]], H_2 is [[2], [4]]
    assert signal(weights, X, "relu").tolist() == [4.0, 1.0, 1.0]
    # by H_2: [1, 3]; by H_1: [[1, 2], [3, 6]]; by X: 1 and -6
    assert gradient_signal(weights, X, "relu", [[1.0], [3.0]]).tolist() == [12.25, 3.5, 1.0]


@pytest.mark.parametrize("activation", list(OF_TORCH))
@pytest.mark.parametrize("sizes", [(3, 4), (5, 2, 7, 3), (1, 1, 1), (4, 4, 4, 4, 4)])
def test_against_torch(activation, sizes):
    rng = np.random.default_rng(len(sizes))
    weights = [rng.normal(size=shape) for shape in pairwise(sizes)]
    X, dY = rng.normal(size=(6, sizes[0])) + 1, rng.normal(size=(6, sizes[-1]))
    layers = [torch.from_numpy(X).requires_grad_()]
    for matrix in weights:
        layers.append(OF_TORCH[activation](layers[-1] @ torch.from_numpy(matrix)))
    gradients = torch.autograd.grad(layers[-1], layers, torch.from_numpy(dY))
    expected = [float(layer.detach().var(correction=0)) for layer in layers]
    np.testing.assert_allclose(signal(weights, X, activation), expected, rtol=1e-10)
    expected = [float(gradient.var(correction=0)) for gradient in gradients]
    np.testing.assert_allclose(gradient_signal(weights, X, activation, dY), expected, rtol=1e-10)


def test_thirty_layers():
    """He holds the signal of relu and its gradient, 1/n loses both by half a layer; 1/n holds those of linear."""
    rng = np.random.default_rng(5)
    X, dY = rng.normal(size=(50, 100)), rng.normal(size=(50, 100))
    he, lecun = ([init(scheme, 100, 100, rng) for _ in range(30)] for scheme in ("he_in", "lecun"))
    assert 0.1 < signal(he, X, "relu")[-1] < 10
    assert 0.1 < gradient_signal(he, X, "relu", dY)[0] < 10
    assert signal(lecun, X, "relu")[-1] < 1e-6
    assert gradient_signal(lecun, X, "relu", dY)[0] < 1e-6
    assert 0.1 < signal(lecun, X, "linear")[-1] < 10


def test_the_derivative_of_relu_at_zero_is_zero():
    assert gradient_signal([np.eye(2)], np.zeros((3, 2)), "relu", np.arange(6.0).reshape(3, 2)).tolist()[0] == 0.0


def test_bad_arguments_are_named():
    weights, X, dY = [np.ones((2, 3)), np.ones((3, 1))], np.ones((4, 2)), np.ones((4, 1))
    for name, call in (
        ("weights", lambda: signal([], X, "relu")),
        ("weights", lambda: signal([weights[0], weights[0]], X, "relu")),
        ("weights", lambda: signal([np.ones(2)], X, "relu")),
        ("X", lambda: signal(weights, np.ones((4, 3)), "relu")),
        ("activation", lambda: signal(weights, X, "sigmoid")),
        ("activation", lambda: gradient_signal(weights, X, "Relu", dY)),
        ("dY", lambda: gradient_signal(weights, X, "relu", np.ones((4, 3)))),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            call()
