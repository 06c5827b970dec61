"""What processes have used of processors, and what others had while they waited, told by the kernel from outside.

For sandboxes that no control group counts. Those that live are counted to the nanosecond; one that has ended, by
what its parent was told of it, to the kernel's tick. One that ended unasked for, or left its family, is missing:
only a control group counts everything.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_WAITED_FOR = slice(13, 15)  # of the fields behind a process's name: what its ended children used, user and system
PRESSURE = Path("/proc/pressure/cpu")


@dataclass(frozen=True)
class Usage:
    """Seconds since some moment; only differences tell something.

    ``processor``: what was used of processors, all together. ``lost``: by the clock, how long something was ready to
    compute while others had the processors; less than the truth rather than more.
    """

    processor: float
    lost: float = 0.0

    def __add__(self, more: Usage) -> Usage:
        return Usage(self.processor + more.processor, self.lost + more.lost)

    def __sub__(self, before: Usage) -> Usage:
        return Usage(self.processor - before.processor, self.lost - before.lost)


class Family:
    """A process and its descendants, looked at now and then."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._waits = Waits()

    def usage(self) -> Usage:
        """Raises ProcessLookupError when the process has ended. Only Linux tells what was lost."""
        used = of_family(self._pid)
        if not sys.platform.startswith("linux"):
            return Usage(used)
        members = (self._pid, *_descendants(self._pid))
        tasks = (int(task.name) for pid in members for task in Path(f"/proc/{pid}/task").glob("*"))
        return Usage(used, self._waits.look(tasks, used))


class Waits:
    """What a group of threads has lost to others, summed over the looks at it.

    The kernel tells how long a thread waited for a processor, not who had it. As long as one waits, the others of its
    group may be the cause: so what they have computed meanwhile is taken away. That leaves the least that it can have
    lost to strangers, and the thread with the most of it tells for the group. Where work passes from thread to thread
    less than the truth is told, the less the more often one looks.
    """

    def __init__(self, folder: Path = Path("/proc")) -> None:
        self._folder = folder
        self._before: dict[int, tuple[float, float]] | None = None
        self._processor = 0.0
        self._lost = 0.0

    def look(self, tasks: Iterable[int], processor: float) -> float:
        """Seconds lost so far. ``processor``: what the whole group has used, ended threads too."""
        now = {task: told for task in tasks if (told := _schedule(self._folder / f"{task}/schedstat")) is not None}
        if self._before is not None:
            others = processor - self._processor
            grown = (_grown(told, self._before.get(task)) for task, told in now.items())
            self._lost += max((waited - max(others - ran, 0.0) for ran, waited in grown), default=0.0)
        self._before, self._processor = now, processor
        return self._lost


def _schedule(file: Path) -> tuple[float, float] | None:
    """Seconds that a thread ran, and that it waited for a processor; None when it has ended."""
    try:
        ran, waited, _ = map(int, file.read_text().split())
    except (OSError, ValueError):
        return None
    return ran / 1e9, waited / 1e9


def _grown(told: tuple[float, float], before: tuple[float, float] | None) -> tuple[float, float]:
    """What came since the last look; all of it where the thread began since then, maybe with another's number."""
    if before is None or told[0] < before[0] or told[1] < before[1]:
        return told
    return told[0] - before[0], told[1] - before[1]


def of_this_thread() -> Usage:
    """What this process has used of processors, and how long this thread has waited for one."""
    told = b""
    if (file := _own_schedule(os.getpid(), threading.get_native_id())) is not None:
        told = os.pread(file, 100, 0)
    return Usage(time.process_time(), int(told.split()[1]) / 1e9 if told else 0.0)


@lru_cache(maxsize=8)
def _own_schedule(process: int, thread: int) -> int | None:
    """A descriptor to read it from again and again; a fork has one of its own."""
    with suppress(OSError):
        return os.open(f"/proc/{process}/task/{thread}/schedstat", os.O_RDONLY)
    return None


def of_strangers(processor: float) -> float:
    """How long anything on this machine has waited for a processor, less what a sandbox itself has used: for one whose
    threads cannot be seen. Whatever it makes wait it can do only while it computes.
    """
    with suppress(OSError, ValueError):
        return float(PRESSURE.read_text().partition("total=")[2].split()[0]) / 1e6 - processor
    return 0.0


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
