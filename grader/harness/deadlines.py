"""When a call has had its time. This one place decides it, for every kind of sandbox.

A limit is meant in seconds of a machine that does nothing else. So while a call lasts, the kernel is asked from outside
what the sandbox has used of processors, and how long it was ready to compute while others had them (`Usage`). Those
seconds do not count: the deadline moves by them, to `STRETCH` times the limit at most. Whatever sleeps loses nothing
and ends at the plain limit; whatever computes ends once it has had the limit in processor time, in all its threads and
processes together.

What counts as lost is never more than what the kernel is sure of, and never more than what is left of the clock's time
when all that was used is taken away. So nobody gains by threads that wait for each other in their own sandbox.

This process belongs to the call as well: it serves the functions that the student's code calls, and waits for a
processor as others do. While the sandbox computes, it may be the sandbox that it waits for, and that does not count.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from grader.harness.usage import Usage

STRETCH = 5.0  # times the limit, by the clock, whatever was lost
FIRST = 1 / 50  # of the limit, until it is looked first: what is over by then costs no question, and counts as it is
LOOKS = 20  # that a whole limit is divided into
_LEAST_SECONDS = 0.01  # between two looks


@dataclass(frozen=True)
class Reading:
    """A moment: seconds of the clock within calls, and what sandbox and judge had used and lost by then."""

    clock: float
    sandbox: Usage
    judge: Usage


def lost(before: Reading, now: Reading) -> float:
    """Seconds between two readings that others had."""
    sandbox, judge = now.sandbox - before.sandbox, now.judge - before.judge
    told = sandbox.lost + max(judge.lost - sandbox.processor, 0.0)
    unused = now.clock - before.clock - sandbox.processor - judge.processor
    return max(min(told, unused), 0.0)


class Deadline:
    """Of one call: ``limit`` seconds that count. ``look`` gives a reading, or None where nobody can tell."""

    def __init__(
        self, limit: float, look: Callable[[], Reading | None], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.limit = limit
        self._look = look
        self._clock = clock
        self._began = clock()
        self._next = self._began + FIRST * limit
        self._first: Reading | None = None
        self._lost = 0.0
        self._over = False

    @property
    def step(self) -> float:
        """Seconds between two looks, at most."""
        return self.limit / LOOKS

    @property
    def counted(self) -> float:
        """Seconds that count so far; all since the last look are among them."""
        return self._clock() - self._began - self._lost

    def left(self) -> float:
        """Seconds until this must be asked again; none are left when the time is up."""
        if not self._over and self._clock() >= self._next:
            self._take(self._look())
        return 0.0 if self._over else max(self._next - self._clock(), _LEAST_SECONDS)

    def _take(self, reading: Reading | None) -> None:
        if reading is not None:
            self._first = self._first or reading
            self._lost = lost(self._first, reading)
        left = min(self.limit - self.counted, self._began + STRETCH * self.limit - self._clock())
        self._over = left <= 0
        self._next = self._clock() + min(left, self.step)
