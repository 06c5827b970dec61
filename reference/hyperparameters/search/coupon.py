"""How long random search waits until it has seen every category (lecture 1, section 6, L01.coupon)."""

from __future__ import annotations

import math

from reference.checks.numbers import whole


def expected_draws(n: int, seen: int = 0) -> float:
    """The expected number of uniform draws from n values until all have been seen, when ``seen`` have been already.

    A new value comes with probability (n - i) / n when i have been seen, so the wait is the sum of n / (n - i) for
    i = seen, ..., n - 1; from the beginning n * H_n. Raises ValueError naming ``n`` (below 1) or ``seen`` (not 0 to n).

    >>> expected_draws(2)
    3.0
    """
    n = whole("n", n)
    seen = whole("seen", seen, 0, n)
    return n * math.fsum(1 / left for left in range(1, n - seen + 1))
