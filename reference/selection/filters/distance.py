"""The distance of a feature to the target, both standardised (lecture 10, section 45, L10.euclid).

The lecture names the measure without a formula. Without standardising it would measure units and offsets; with it, the
squared distance is ``2 n (1 - r)``, r being Pearson's correlation.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, matrix, vector


def euclid(X: ArrayLike, y: ArrayLike) -> Floats:
    """The Euclidean distance of each standardised column of ``X`` to the standardised ``y``: small is relevant.

    Standardised: mean 0, variance 1, the variance being the mean square (divided by n). What is constant becomes zeros.

    Parameters: ``X`` (n, d), objects by rows; ``y`` (n,), the target.
    Returns: distances (d,).
    Raises: ValueError naming ``X`` or ``y``.
    Complexity: O(n d).
    Source: lecture 10, section 45; lecture only.

    >>> euclid([[1.0, 9.0], [3.0, 9.0]], [5.0, 6.0]).round(3).tolist()
    [0.0, 1.414]
    """
    features = matrix("X", X)
    target = vector("y", y, len(features))
    difference = standardised(features) - standardised(target)[:, None]  # (n, d)
    distances: Floats = np.sqrt((difference**2).sum(axis=0))
    return distances


def standardised(values: Floats) -> Floats:
    """Columns, or one vector, with mean 0 and mean square 1; zeros where all values are equal.

    Whether they are equal is asked of the values themselves: the deviation of seven times 0.1 is 1e-17, not 0.
    """
    centred = values - values.mean(axis=0)
    varies = np.ptp(values, axis=0) > 0
    deviation = np.where(varies, np.sqrt((centred**2).mean(axis=0)), 1.0)
    result: Floats = np.where(varies, centred / deviation, 0.0)
    return result
