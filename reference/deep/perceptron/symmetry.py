"""Hidden units in another order: the same function of other parameters (lecture 3, section 15, L03.mlp).

R. Hecht-Nielsen, "On the algebraic structure of feedforward network weight spaces", Advanced Neural Computers (1990).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import label_vector
from reference.checks.numbers import whole
from reference.deep.perceptron.parameters import Layers, layers


def permute_hidden(weights: Sequence[ArrayLike], biases: Sequence[ArrayLike], layer: int, order: ArrayLike) -> Layers:
    """Parameters of the same function, in which unit i of a hidden layer is the unit ``order[i]`` of before.

    Hidden layer 0 is the one that ``weights[0]`` leads to.

    Parameters: ``weights``, matrices (in, out); ``biases``, vectors (out,); ``layer`` from 0, below the number of
    hidden layers; ``order`` (units,), a permutation.
    Returns: weights and biases, two lists of new arrays.
    Raises: ValueError naming ``weights``, ``biases``, ``layer`` or ``order``.
    Complexity: O(w + h log h) for w weights and h units of the layer.
    Source: lecture 3, section 15; Hecht-Nielsen 1990.

    >>> permute_hidden([[[1.0, 2.0]], [[3.0], [4.0]]], [[5.0, 6.0], [7.0]], 0, [1, 0])[0][1].tolist()
    [[4.0], [3.0]]
    """
    matrices, shifts = layers(weights, biases)
    hidden = whole("layer", layer, 0, len(matrices) - 2)
    places = label_vector("order", order, len(shifts[hidden]))
    if not np.array_equal(np.sort(places), np.arange(len(places))):
        raise ValueError("order must hold each unit of the layer once")
    matrices[hidden] = matrices[hidden][:, places]
    shifts[hidden] = shifts[hidden][places]
    matrices[hidden + 1] = matrices[hidden + 1][places]
    return matrices, shifts
