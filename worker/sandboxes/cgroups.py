"""Control groups for sandboxes that no engine makes them for: memory, processes, CPU; version 1 and 2.

Where none can be made (no root, no delegation), `make` returns None and the caller falls back to resource
limits, which hold a process but cannot tell that memory was the cause.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from worker.sandboxes.settings import Limits

ROOT = Path("/sys/fs/cgroup")
PARENT = "grader"
PERIOD_MICROSECONDS = 100_000


@dataclass(frozen=True)
class Group:
    """One sandbox's groups: a folder a controller (version 1), or one folder (version 2)."""

    folders: tuple[Path, ...]
    events: Path  # where the kernel counts processes that it killed for memory

    def join_commands(self) -> str:
        """Shell commands that put the shell itself, and so what it runs next, into the group."""
        return "".join(f"echo $$ > {folder / 'cgroup.procs'}; " for folder in self.folders)

    def oom_kills(self) -> int:
        with suppress(OSError, ValueError):
            for line in self.events.read_text().splitlines():
                name, _, count = line.partition(" ")
                if name == "oom_kill":
                    return int(count)
        return 0

    def remove(self) -> None:
        """Kill what is still in it, and remove the folders."""
        end = time.monotonic() + 5
        for folder in self.folders:
            while folder.is_dir() and time.monotonic() < end:
                _kill_all(folder)
                try:
                    folder.rmdir()
                except OSError:
                    time.sleep(0.01)


def make(name: str, limits: Limits) -> Group | None:
    """A group with these limits, or None where this process may not make one."""
    try:
        return _make_v2(name, limits) if (ROOT / "cgroup.controllers").exists() else _make_v1(name, limits)
    except OSError:
        return None


def _make_v1(name: str, limits: Limits) -> Group:
    memory, pids, cpu = (ROOT / controller / PARENT / name for controller in ("memory", "pids", "cpu"))
    for folder in (memory, pids, cpu):
        folder.mkdir(parents=True)
    (memory / "memory.limit_in_bytes").write_text(str(limits.memory))
    with suppress(OSError):  # only where swap is accounted for
        (memory / "memory.memsw.limit_in_bytes").write_text(str(limits.memory))
    (pids / "pids.max").write_text(str(limits.processes))
    (cpu / "cpu.cfs_period_us").write_text(str(PERIOD_MICROSECONDS))
    (cpu / "cpu.cfs_quota_us").write_text(str(int(limits.cpus * PERIOD_MICROSECONDS)))
    return Group((memory, pids, cpu), memory / "memory.oom_control")


def _make_v2(name: str, limits: Limits) -> Group:
    parent = ROOT / PARENT
    parent.mkdir(exist_ok=True)
    for place in (ROOT, parent):
        (place / "cgroup.subtree_control").write_text("+memory +pids +cpu")
    folder = parent / name
    folder.mkdir()
    (folder / "memory.max").write_text(str(limits.memory))
    with suppress(OSError):
        (folder / "memory.swap.max").write_text("0")
    (folder / "pids.max").write_text(str(limits.processes))
    (folder / "cpu.max").write_text(f"{int(limits.cpus * PERIOD_MICROSECONDS)} {PERIOD_MICROSECONDS}")
    return Group((folder,), folder / "memory.events")


def _kill_all(folder: Path) -> None:
    with suppress(OSError):
        for pid in (folder / "cgroup.procs").read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), 9)
