"""How long random search waits until it has seen every category (lecture 1, section 6, L01.coupon)."""

from __future__ import annotations

import math

import numpy as np


def expected_draws(n: int, seen: int = 0) -> float:
    """The expected number of uniform draws from n values until all have been seen, when ``seen`` have been already.

    A new value comes with probability (n - i) / n when i have been seen, so the wait is the sum of n / (n - i) for
    i = seen, ..., n - 1; from the beginning n * H_n. Raises ValueError naming ``n`` (below 1) or ``seen`` (not 0 to n).

    >>> expected_draws(2)
    3.0
    """
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 1:
        raise ValueError(f"n must be a whole number of at least 1, not {n!r}")
    if not 0 <= seen <= n:
        raise ValueError(f"seen must lie between 0 and n, not {seen!r}")
    return n * math.fsum(1 / left for left in range(1, n - seen + 1))
