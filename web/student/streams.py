"""How often a page that waits for a result looks, and how many may wait with a connection of their own.

An open stream holds one of the server's threads. Half of them are for streams; who comes later asks again from time to
time instead, the more seldom the farther back in line, so that a full queue leaves the rest of the site its threads.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

SOONEST, LATEST = 1.0, 15.0  # seconds after which a page that is not told by a stream asks again


class Places:
    """A number of places; who takes one gives it back once, however the stream ends."""

    def __init__(self, number: int) -> None:
        self._free = threading.BoundedSemaphore(number)

    def take(self) -> Callable[[], None] | None:
        """How to give the place back; None when there is none left."""
        if not self._free.acquire(blocking=False):
            return None
        held = threading.Lock()

        def give_back() -> None:
            if held.acquire(blocking=False):
                self._free.release()

        return give_back


def of_threads(part: float) -> Places:
    """A part of a web server's threads, as many as its settings say (`web.gunicorn_settings`)."""
    return Places(max(1, int(int(os.environ.get("GRADER_WEB_THREADS", "64")) * part)))


def ask_again(before: int | None) -> float:
    """Seconds to wait before asking again: ``before`` jobs come first, None when this one is being graded."""
    return SOONEST if before is None else min(SOONEST + before, LATEST)
