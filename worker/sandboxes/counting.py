"""What the kernel counts of a control group: processor time, and what was lost to others; version 1 and 2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from grader.harness.usage import Usage, Waits
from worker.sandboxes.cgroups import counters


class Counter:
    """Of one sandbox, whose group has these folders: those of controllers, or the only one."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._waits = Waits()

    def usage(self) -> Usage | None:
        """None where the folders do not tell what was used, or the threads cannot be seen from here."""
        used = first(map(processor_seconds, self._folders))
        if used is None:
            return None
        kept = lost_seconds(self._folders)
        if kept is None and (seen := list(_tasks(self._folders))):
            kept = self._waits.look(seen, used)
        return Usage(used, kept or 0.0)


def processor_seconds(folder: Path) -> float | None:
    """What the processes of a group have used of processors, ended ones too; None where the folder does not tell."""
    with suppress(OSError):
        return int((folder / "cpuacct.usage").read_text()) / 1e9
    used = counters(folder / "cpu.stat").get("usage_usec")
    return None if used is None else used / 1e6


def lost_seconds(folders: Sequence[Path]) -> float | None:
    """How long something of a group was ready to compute, and nothing of it did: others had the processors.

    Not what the group's own limit took from it. None where the kernel keeps no pressure.
    """
    stalled = first(map(_stalled_seconds, folders))
    return None if stalled is None else stalled - max(map(_throttled_seconds, folders))


def first(told: Iterable[float | None]) -> float | None:
    return next((seconds for seconds in told if seconds is not None), None)


def _stalled_seconds(folder: Path) -> float | None:
    with suppress(OSError, ValueError):
        _, _, full = (folder / "cpu.pressure").read_text().partition("full ")
        return int(full.partition("total=")[2]) / 1e6
    return None


def _throttled_seconds(folder: Path) -> float:
    counts = counters(folder / "cpu.stat")
    return counts.get("throttled_time", 0) / 1e9 + counts.get("throttled_usec", 0) / 1e6


def _tasks(folders: Iterable[Path]) -> Iterator[int]:
    """The numbers of the group's threads, as far as they are in sight of this process."""
    for name in ("cgroup.threads", "tasks"):
        for folder in folders:
            with suppress(OSError):
                yield from (task for task in map(int, (folder / name).read_text().split()) if task)
                return
