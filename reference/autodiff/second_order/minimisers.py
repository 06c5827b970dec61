"""What the minimisers of lecture 2, section 13, share: when they stop, and what they return."""

from __future__ import annotations

from reference.checks.arrays import Floats
from reference.checks.numbers import positive, whole

Outcome = tuple[Floats, int, bool]  # the last point, the number of steps that were made, whether it is good enough


def stopping(tolerance: float, max_iter: int) -> tuple[float, int]:
    """Both arguments, once they are known to be positive. ValueError names the one that is not."""
    return positive("tolerance", tolerance), whole("max_iter", max_iter)
