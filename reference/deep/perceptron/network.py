"""The multilayer perceptron, forward and backward by layers (lecture 3, section 15, L03.mlp).

D. Rumelhart, G. Hinton, R. Williams, "Learning representations by back-propagating errors", Nature 323 (1986).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, matrix
from reference.checks.text import one_of
from reference.deep.perceptron.activations import FUNCTIONS, activation, activation_grad
from reference.deep.perceptron.parameters import layers


class Perceptron:
    """Layers ``Y = f(X W + b)`` one after the other; the last has no activation: ``Y = X W + b``.

    ``weights`` and ``biases`` are lists of arrays of its own. ``backward`` belongs to the last ``forward`` and makes
    the lists ``weight_gradients`` and ``bias_gradients`` anew: sums over the objects, of the last call alone.

    Parameters: ``weights``, matrices (in, out); ``biases``, vectors (out,); ``activation``, a name of `activation`,
    with its defaults for ``a`` and ``beta``.
    Returns: a network from X (n, m) to Y (n, k).
    Raises: ValueError naming ``weights``, ``biases`` or ``activation``, and ``X`` or ``dY`` of a wrong shape;
    RuntimeError for ``backward`` before ``forward``.
    Complexity: O(n w) a pass, forward or backward, for w weights; memory O(n u + w) for u units of all layers.
    Source: lecture 3, section 15; Rumelhart, Hinton, Williams 1986.

    >>> Perceptron([[[1.0]], [[2.0]]], [[-1.0], [0.5]], "relu").forward([[0.0], [3.0]]).tolist()
    [[0.5], [4.5]]
    """

    def __init__(self, weights: Sequence[ArrayLike], biases: Sequence[ArrayLike], activation: str = "tanh") -> None:
        self.weights, self.biases = layers(weights, biases)
        self.activation = one_of("activation", activation, tuple(FUNCTIONS))
        self.weight_gradients = [np.zeros_like(weight) for weight in self.weights]
        self.bias_gradients = [np.zeros_like(bias) for bias in self.biases]
        self._inputs: list[Floats] = []  # what each layer has seen
        self._sums: list[Floats] = []  # X W + b of each layer

    def forward(self, X: ArrayLike) -> Floats:
        """From X (n, m) to Y (n, k)."""
        values = matrix("X", X, len(self.weights[0]))
        self._inputs, self._sums = [], []
        for weight, bias in zip(self.weights, self.biases, strict=True):
            if self._sums:
                values = activation(self.activation, self._sums[-1])
            self._inputs.append(values)
            self._sums.append(values @ weight + bias)  # (n, out)
        return self._sums[-1].copy()

    def backward(self, dY: ArrayLike) -> Floats:
        """From the derivative of some scalar by Y (n, k) to that by X (n, m)."""
        if not self._sums:
            raise RuntimeError("call forward first")
        above = array("dY", dY, self._sums[-1].shape)
        weight_gradients, bias_gradients = [], []
        for layer in reversed(range(len(self.weights))):
            weight_gradients.append(self._inputs[layer].T @ above)  # (in, out)
            bias_gradients.append(above.sum(axis=0))
            above = above @ self.weights[layer].T  # (n, in)
            if layer > 0:
                above = above * activation_grad(self.activation, self._sums[layer - 1])
        self.weight_gradients, self.bias_gradients = weight_gradients[::-1], bias_gradients[::-1]
        return above
