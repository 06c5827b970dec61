"""Waiting for what other threads and processes do. No time that passes meanwhile says anything."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

SECONDS = 90.0
Found = TypeVar("Found")


def until(condition: Callable[[], Found], seconds: float = SECONDS) -> Found:
    """Wait until this holds; what it gave."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)
    return found
