"""Variance of the signal by layers, forward and backward (lecture 3, section 19, L03.signal).

X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", Artificial
Intelligence and Statistics (2010).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, matrix
from reference.checks.text import one_of

FUNCTIONS: dict[str, Callable[[Floats], Floats]] = {
    "linear": lambda z: z,
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0.0),
}
DERIVATIVES: dict[str, Callable[[Floats], Floats]] = {
    "linear": np.ones_like,
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "relu": lambda z: (z > 0).astype(float),
}


def signal(weights: Sequence[ArrayLike], X: ArrayLike, activation: str) -> Floats:
    """The variance of ``H_0 = X`` and of ``H_l = f(H_(l-1) W_l)`` for each layer, over all entries of each.

    It is the mean square of the differences from the mean of all entries.

    Parameters: ``weights``, a list of L matrices (n_in, n_out) that follow each other; ``X`` (n, m), objects by rows;
    ``activation``, linear, tanh or relu.
    Returns: floats (L + 1,), that of ``X`` first.
    Raises: ValueError naming ``weights`` (none, or they do not fit each other), ``X`` (not fit for the first) or
    ``activation``.
    Complexity: O(n w) for w weights; memory O(n u) for u units of all layers, where those of one layer would do.
    Source: lecture 3, section 19; Glorot, Bengio 2010.

    >>> signal([[[2.0]], [[-1.0]]], [[-1.0], [1.0]], "relu").tolist()
    [1.0, 1.0, 0.0]
    """
    values, _ = _forward(weights, X, activation)
    return np.array([layer.var() for layer in values])


def gradient_signal(weights: Sequence[ArrayLike], X: ArrayLike, activation: str, dY: ArrayLike) -> Floats:
    """The variance of the gradient by ``H_0``, ..., ``H_L``, over all entries of each.

    The gradient by ``H_L`` is ``dY``; the derivative of relu at 0 is 0.

    Parameters: ``weights``, ``X`` and ``activation`` as in `signal`; ``dY`` of the shape of the last layer's outputs.
    Returns: floats (L + 1,) in the order of the layers: that of the gradient by ``X`` first, that of ``dY`` last.
    Raises: ValueError naming ``weights``, ``X``, ``activation`` or ``dY``.
    Complexity: O(n w) for w weights; memory O(n u) for u units of all layers.
    Source: lecture 3, section 19; Glorot, Bengio 2010.

    >>> gradient_signal([[[2.0]], [[3.0]]], [[-1.0], [1.0]], "linear", [[0.0], [1.0]]).tolist()
    [9.0, 2.25, 0.25]
    """
    values, sums = _forward(weights, X, activation)
    gradient = array("dY", dY, values[-1].shape)
    variances = [gradient.var()]
    for matrix_of_layer, z in zip(reversed(weights), reversed(sums), strict=True):
        gradient = (gradient * DERIVATIVES[activation](z)) @ np.asarray(matrix_of_layer, dtype=float).T
        variances.append(gradient.var())
    return np.array(variances[::-1])


def _forward(weights: Sequence[ArrayLike], X: ArrayLike, activation: str) -> tuple[list[Floats], list[Floats]]:
    """The outputs of all layers, ``X`` first, and the sums before each activation."""
    function = FUNCTIONS[one_of("activation", activation, tuple(FUNCTIONS))]
    matrices = [matrix("weights", one) for one in weights]
    if not matrices:
        raise ValueError("weights must hold at least one matrix")
    values, sums = [matrix("X", X, len(matrices[0]))], []
    for one in matrices:
        if values[-1].shape[1] != len(one):
            raise ValueError("weights must follow each other: as many rows as the matrix before has columns")
        sums.append(values[-1] @ one)
        values.append(function(sums[-1]))
    return values, sums
