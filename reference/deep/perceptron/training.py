"""Gradient descent on the mean squared error of a network (lecture 3, section 15, L03.mlp)."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, matrix
from reference.checks.numbers import positive, whole
from reference.deep.perceptron.clipping import clip_global


class Network(Protocol):
    """What can be trained. ``backward`` makes the lists of gradients anew."""

    weights: list[Floats]
    biases: list[Floats]
    weight_gradients: list[Floats]
    bias_gradients: list[Floats]

    def forward(self, X: Floats) -> Floats: ...

    def backward(self, dY: Floats) -> Floats: ...


def train(net: Network, X: ArrayLike, Y: ArrayLike, rate: float, steps: int, clip: float | None = None) -> Floats:
    """Steps of gradient descent on ``1 / (n k) sum_ij (net(X)_ij - Y_ij)^2``, each over all objects.

    A step changes ``net.weights`` and ``net.biases`` by ``- rate`` times the gradient, which is clipped to the norm
    ``clip`` before, all arrays together, unless ``clip`` is None.

    Parameters: ``net``, with what a `Perceptron` has; ``X`` (n, m); ``Y`` (n, k); ``rate`` above 0; ``steps`` of at
    least 1; ``clip``, None or above 0.
    Returns: the error before each step (steps,).
    Raises: ValueError naming ``X``, ``Y`` (another shape than the output's), ``rate``, ``steps`` or ``clip``.
    Complexity: O(n w) a step for a net of w weights; memory O(steps), and that of a pass forward and backward.
    Source: lecture 3, section 15; lecture only.
    """
    inputs, rate, steps = matrix("X", X), positive("rate", rate), whole("steps", steps)
    targets = matrix("Y", Y)
    bound = None if clip is None else positive("clip", clip)
    history = np.empty(steps)
    for step in range(steps):
        outputs = net.forward(inputs)
        difference = outputs - array("Y", targets, outputs.shape)
        history[step] = (difference**2).mean()
        net.backward(2.0 * difference / difference.size)
        _descend(net, rate, bound)
    return history


def _descend(net: Network, rate: float, bound: float | None) -> None:
    gradients = [*net.weight_gradients, *net.bias_gradients]
    if bound is not None:
        gradients = clip_global(gradients, bound)
    moved = [old - rate * gradient for old, gradient in zip([*net.weights, *net.biases], gradients, strict=True)]
    net.weights, net.biases = moved[: len(net.weights)], moved[len(net.weights) :]
