"""Probabilities as arguments: one behaviour for all references."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array
from reference.checks.shapes import Wanted

ROUNDING = 1e-6  # by which a sum of probabilities may miss 1


def distribution(name: str, values: ArrayLike, shape: Wanted | None = None, *, axis: int | None = None) -> Floats:
    """``values`` as a new array of probabilities, by the rules of `array`. ValueError names ``name``.

    All of them sum to 1, or those along each line of ``axis``, but for rounding: whoever needs more divides by the sum.

    >>> distribution("p", [[0.5, 0.5], [1.0, 0.0]], axis=1).tolist()
    [[0.5, 0.5], [1.0, 0.0]]
    """
    shares = array(name, values, shape)
    if (shares < 0).any() or (np.abs(shares.sum(axis=axis) - 1) > ROUNDING).any():
        raise ValueError(f"{name} must hold numbers of at least 0 whose sum is 1")
    return shares
