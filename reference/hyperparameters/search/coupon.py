"""How long random search waits until it has seen every category (lecture 1, section 6, L01.coupon)."""

from __future__ import annotations

import math

from reference.checks.numbers import whole


def expected_draws(n: int, seen: int = 0) -> float:
    """The expected number of uniform draws from n values until all have been seen, when some have been already.

    A new value comes with probability (n - i) / n when i have been seen, so the wait is the sum of n / (n - i) for
    i = seen, ..., n - 1; from the beginning n * H_n.

    Parameters: ``n``, the number of values; ``seen``, from 0 to n.
    Returns: a number of draws, a float.
    Raises: ValueError naming ``n`` or ``seen``.
    Complexity: O(n - seen); memory O(1).
    Source: lecture 1, section 6; lecture only.

    >>> expected_draws(2)
    3.0
    """
    n = whole("n", n)
    seen = whole("seen", seen, 0, n)
    return n * math.fsum(1 / left for left in range(1, n - seen + 1))
