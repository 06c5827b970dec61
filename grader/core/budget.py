"""How many submissions are left: a token bucket, counted from the moments of those that cost.

A bucket begins full. While it is not full it wins one submission every ``refill``, counted from the moment at which
it was last full; so whoever waits gets back what was spent, never more than ``burst``. Which submissions cost is not
decided here: those that were refused, or that we failed to grade, do not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from grader.core.course import Bucket
from grader.core.lateness import moment


@dataclass(frozen=True)
class Budget:
    """What is ``left`` now, and when the next one comes; None while the bucket is full, or never refilled."""

    left: int
    next_at: datetime | None = None


def budget(bucket: Bucket, spent: Iterable[datetime], now: datetime) -> Budget:
    """What is left of a bucket after submissions at these moments.

    One that was made while none was left (a broken one that was graded after all, a bucket that was made smaller)
    does not run into debt: what was our doing costs nobody the next one.
    """
    left, since = bucket.burst, None
    for at in sorted(map(moment, spent)):
        left, since = _refilled(bucket, left, since, at)
        since = at if since is None else since
        left = max(left - 1, 0)
    left, since = _refilled(bucket, left, since, moment(now))
    return Budget(left, None if since is None or bucket.refill is None else since + bucket.refill)


def _refilled(bucket: Bucket, left: int, since: datetime | None, now: datetime) -> tuple[int, datetime | None]:
    """What is left at ``now``, and since when the next one has been on its way; None: the bucket is full."""
    if since is None or bucket.refill is None:
        return left, since
    won = max((now - since) // bucket.refill, 0)
    if left + won >= bucket.burst:
        return bucket.burst, None
    return left + won, since + won * bucket.refill
