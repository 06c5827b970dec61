"""What bounds a judge in time and memory: a submission chooses the values that it computes with.

A judge compares what came back, and runs the suite's functions that the student's code calls: one power of two large
integers, or one product of two long arrays, would keep it for hours or take all memory, within a single call of
compiled code that no exception interrupts. So the kernel bounds it: a timer of processor time whose signal keeps its
default action, which ends the process, and a limit on its data, over which an allocation fails. Whoever serves the
judge learns how it ended, and has another one go on with the next test (`grader.harness.supervisor`).

Processor time is what counts: a judge that waits for a processor on a busy machine has not used any.
"""

from __future__ import annotations

import signal
from contextlib import suppress
from pathlib import Path

from grader.harness.bounds import DEFAULT

try:
    import resource
except ImportError:  # not on Windows, where no judge is forked
    resource = None  # type: ignore[assignment]

OVERRUN = "SIGPROF"  # the name of the signal that ends a judge whose time is up


class Watch:
    """Bounds nothing: for a judge inside a student's own process, on the student's own machine."""

    def allow(self, seconds: float) -> None:
        """From now on this process may compute for ``seconds``, until it is allowed anew."""

    def rest(self) -> None:
        """What follows is our own: collecting tests, sending results."""

    def loosen(self) -> None:
        """Memory is short: give way, so that this can be told. The judge leaves afterwards."""


class KernelWatch(Watch):
    """Bounds this process, for good; made by a judge that was forked for one submission."""

    def __init__(self, *, data_bytes: int = DEFAULT.judge_bytes) -> None:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        self._most = _data_bytes() + data_bytes
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        self._limit_data(self._most)

    def allow(self, seconds: float) -> None:
        signal.setitimer(signal.ITIMER_PROF, max(seconds, 0.01))

    def rest(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0.0)

    def loosen(self) -> None:
        self._limit_data(self._most + DEFAULT.judge_reserve_bytes)

    def _limit_data(self, size: int) -> None:
        """The soft limit alone, so that it can be loosened."""
        with suppress(ValueError, OSError):  # somebody has set a lower one: then that holds
            resource.setrlimit(resource.RLIMIT_DATA, (size, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _data_bytes() -> int:
    """What this process counts as data now: a fork has its parent's libraries and their arrays."""
    with suppress(OSError, ValueError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 1 << 32  # where the kernel does not tell
