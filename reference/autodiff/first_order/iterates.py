"""What the first-order methods have in common (lecture 2, section 12): the gradient at a point, checked."""

from __future__ import annotations

from collections.abc import Callable

from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array

Gradient = Callable[[Floats], ArrayLike]


def gradient_at(gradient: Gradient, point: Floats) -> Floats:
    """The gradient at a copy of ``point``. ValueError unless it is finite and of the point's shape."""
    return array("gradient", gradient(point.copy()), point.shape)
