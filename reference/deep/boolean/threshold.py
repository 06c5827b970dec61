"""Threshold units, the gates AND, OR, NOT and XOR, and nets of units (lecture 3, section 15, L03.gates).

W. McCulloch, W. Pitts, "A logical calculus of the ideas immanent in nervous activity", Bulletin of Mathematical
Biophysics 5 (1943). M. Minsky, S. Papert, "Perceptrons" (1969), show that no single unit is XOR.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, array, matrix, vector
from reference.checks.numbers import real
from reference.checks.text import one_of

Layers = list[tuple[Floats, Floats]]

GATES = {"and": ([1.0, 1.0], -1.5), "or": ([1.0, 1.0], -0.5), "not": ([-1.0], 0.5)}


def unit(X: ArrayLike, w: ArrayLike, b: float) -> Labels:
    """``[X w + b > 0]``: 1 for the objects on the side of the hyperplane to which ``w`` points, 0 for those on it.

    Parameters: ``X`` (n, m), finite; ``w`` (m,); ``b``, a number.
    Returns: ints (n,), 0 or 1.
    Raises: ValueError naming ``X``, ``w`` (another length) or ``b``.
    Complexity: O(n m).
    Source: lecture 3, section 15; McCulloch, Pitts 1943.

    >>> unit([[0, 0], [0, 1], [1, 1]], [1, 1], -1.5).tolist()
    [0, 0, 1]
    """
    objects = matrix("X", X)
    direction, shift = vector("w", w, objects.shape[1]), real("b", b)
    return (objects @ direction + shift > 0).astype(np.intp)


def gate(name: str) -> tuple[Floats, float]:
    """The unit of a logical function: ``and`` x1 + x2 - 3/2, ``or`` x1 + x2 - 1/2, ``not`` -x + 1/2.

    Parameters: ``name``, one of ``and``, ``or``, ``not``.
    Returns: ``w`` (2,) or (1,), and ``b``, for `unit`.
    Raises: ValueError naming ``name``.
    Complexity: O(1).
    Source: lecture 3, section 15; McCulloch, Pitts 1943.

    >>> gate("not")
    (array([-1.]), 0.5)
    """
    w, b = GATES[one_of("name", name, tuple(GATES))]
    return np.array(w), b


def run(layers: Sequence[tuple[ArrayLike, ArrayLike]], X: ArrayLike) -> Labels:
    """What a net of threshold units gives: each layer is ``[H W + b > 0]`` of the layer before, the first of X.

    Parameters: ``layers``, at least one pair of ``W`` (in, out) and ``b`` (out,), where a layer may have no units;
    ``X`` (n, m), finite.
    Returns: ints (n, k), 0 or 1.
    Raises: ValueError naming ``layers`` (shapes that do not fit) or ``X`` (another number of columns).
    Complexity: O(n w) for w weights; memory O(n u + w) for at most u units in a layer.
    Source: lecture 3, section 15; McCulloch, Pitts 1943.

    >>> run(xor(), [[0, 0], [0, 1], [1, 0], [1, 1]]).ravel().tolist()
    [0, 1, 1, 0]
    """
    checked = _checked(layers)
    values = matrix("X", X, checked[0][0].shape[0])
    for weight, bias in checked:
        values = (values @ weight + bias > 0).astype(float)  # (n, out)
    return values.astype(np.intp)


def xor() -> Layers:
    """A net of two layers for x1 XOR x2: units for OR and AND, and ``[or - and - 1/2 > 0]``.

    Parameters: none.
    Returns: layers for `run`, from two arguments to one output.
    Raises: nothing.
    Complexity: O(1).
    Source: lecture 3, section 15; Minsky, Papert 1969.
    """
    hidden = np.ones((2, 2)), np.array([-0.5, -1.5])
    return [hidden, (np.array([[1.0], [-1.0]]), np.array([-0.5]))]


def _checked(layers: Sequence[tuple[ArrayLike, ArrayLike]]) -> Layers:
    if not isinstance(layers, list | tuple) or not layers:
        raise ValueError("layers must be a list of at least one pair (W, b)")
    checked: Layers = []
    for layer in layers:
        if not isinstance(layer, list | tuple) or len(layer) != 2:
            raise ValueError("layers must hold pairs (W, b)")
        weight = array("layers", layer[0], (None, None), empty=True)
        if checked and len(weight) != len(checked[-1][1]):
            raise ValueError(f"layers must fit: {len(checked[-1][1])} units are followed by a W of {weight.shape}")
        checked.append((weight, array("layers", layer[1], (weight.shape[1],), empty=True)))
    return checked
