"""A hidden layer of ReLUs through given points: how networks approximate any function (lecture 3, section 15, L03.mlp).

G. Cybenko, "Approximation by superpositions of a sigmoidal function", Mathematics of Control, Signals and Systems 2
(1989). ReLUs make it elementary: each is a bend of a broken line.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import vector
from reference.deep.perceptron.parameters import Layers


def interpolate(x: ArrayLike, y: ArrayLike) -> Layers:
    """Parameters of a `Perceptron` with ``"relu"`` and one hidden layer whose graph goes through the points (x_i, y_i).

    Between neighbouring points the graph is a straight line. A unit bends it at each point but the last; the weight of
    the unit is how much the slope changes there.

    Parameters: ``x`` (n,), all different, in any order; ``y`` (n,).
    Returns: weights [(1, h), (h, 1)] and biases [(h,), (1,)], with h of at most n + 1.
    Raises: ValueError naming ``x`` (equal points too) or ``y``.
    Complexity: O(n log n).
    Source: lecture 3, section 15; Cybenko 1989.

    >>> weights, biases = interpolate([0.0, 1.0, 2.0], [5.0, 6.0, 3.0])
    >>> weights[1].ravel().tolist(), biases[1].tolist()
    ([1.0, -4.0], [5.0])
    """
    places = vector("x", x)
    values = vector("y", y, len(places))
    order = np.argsort(places)
    places, values = places[order], values[order]
    if (np.diff(places) == 0).any():
        raise ValueError("x must not hold a point twice")
    if len(places) == 1:
        return [np.zeros((1, 1)), np.zeros((1, 1))], [np.zeros(1), values]
    slopes = np.diff(values) / np.diff(places)
    bends = np.diff(slopes, prepend=0.0)  # (n - 1,)
    return [np.ones((1, len(bends))), bends[:, None]], [-places[:-1], values[:1]]
