"""The mean squared error of many outputs, and its gradient (lecture 2, section 9, L02.mse)."""

from __future__ import annotations

from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array, matrix


def mse(predicted: ArrayLike, target: ArrayLike) -> float:
    """``1 / (n k) * sum_ij (predicted_ij - target_ij)^2`` over n objects with k outputs each.

    Parameters: ``predicted`` and ``target`` (n, k).
    Returns: a float, in the squared units of the outputs.
    Raises: ValueError naming ``predicted`` or ``target`` (another shape).
    Complexity: O(n k).
    Source: lecture 2, section 9; lecture only.

    >>> mse([[1.0, 2.0]], [[0.0, 4.0]])
    2.5
    """
    return float((differences(predicted, target) ** 2).mean())


def mse_gradient(predicted: ArrayLike, target: ArrayLike) -> Floats:
    """The derivative of `mse` by each predicted number: ``2 / (n k) * (predicted - target)``.

    Parameters: as in `mse`.
    Returns: (n, k).
    Raises: as in `mse`.
    Complexity: as in `mse`.
    Source: lecture 2, section 9; lecture only.
    """
    difference = differences(predicted, target)
    return 2.0 * difference / difference.size


def differences(predicted: ArrayLike, target: ArrayLike) -> Floats:
    """``predicted - target``; the shapes must be equal, since numpy would broadcast (n,) against (n, 1)."""
    given = matrix("predicted", predicted)
    return given - array("target", target, given.shape)
