"""What a process and all that it has started have used of processors, told by the kernel from outside.

For sandboxes that no control group counts. Those that live are counted to the nanosecond; one that has ended, by
what its parent was told of it, to the kernel's tick. One that ended unasked for, or left its family, is missing:
only a control group counts everything.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_WAITED_FOR = slice(13, 15)  # of the fields behind a process's name: what its ended children used, user and system


def of_family(pid: int) -> float:
    """Seconds of processor time that a process and its descendants have used.

    Raises ProcessLookupError when it has ended.
    Without the files of Linux the time that has passed stands in for it: differences are then too large where
    somebody sleeps, and never too small.
    """
    if not sys.platform.startswith("linux"):
        return time.monotonic()
    try:
        used = _of_one(pid)
    except OSError:
        raise ProcessLookupError(f"process {pid} has ended") from None
    for descendant in _descendants(pid):
        with suppress(OSError):  # it has ended meanwhile
            used += _of_one(descendant)
    return used


def _of_one(pid: int) -> float:
    """With all threads, ended ones too, and with the children that it has waited for."""
    own = time.clock_gettime(~pid << 3 | 2)  # as `clock_getcpuclockid` of the C library makes the number of the clock
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return own + sum(map(int, fields[_WAITED_FOR])) / os.sysconf("SC_CLK_TCK")


def _descendants(pid: int) -> Iterator[int]:
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, children.read_text().split()):
                yield child
                yield from _descendants(child)
