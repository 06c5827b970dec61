"""Control groups for sandboxes that no engine makes them for: memory, processes, CPU; version 1 and 2.

Where none can be made (no root, no delegation), `make` returns None and the caller falls back to resource
limits, which hold a process but cannot tell that memory was the cause.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.harness.sandbox import Oom
from worker.sandboxes.settings import MIB, Limits

ROOT = Path("/sys/fs/cgroup")
PARENT = "grader"
BESIDE = "unified"  # version 2 without controllers
PERIOD_MICROSECONDS = 100_000
REMOVE_SECONDS = 5.0
NEAR = 2 * MIB  # the kernel takes memory for a group in batches


@dataclass(frozen=True)
class Group:
    """One sandbox's groups: a folder a controller (version 1), or one folder (version 2).

    Where version 2 is mounted beside version 1, for systemd, there is one in it too: there the kernel keeps pressure.
    """

    folders: tuple[Path, ...]

    def join_commands(self) -> str:
        """Shell commands that put the shell itself, and so what it runs next, into the group."""
        return "".join(f"echo $$ > '{folder}/cgroup.procs'; " for folder in self.folders)

    def add(self, pid: int) -> None:
        """Put a process that runs already into the group; what it needed until then is not counted here."""
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(pid))

    def oom(self) -> Oom:
        """Whether processes in it were killed for memory, and whose ran out."""
        return oom(self.folders[0])  # that of memory, or the only one

    def remove(self) -> None:
        """Kill what is still in it, and remove the folders."""
        end = time.monotonic() + REMOVE_SECONDS
        for folder in self.folders:
            while folder.is_dir() and time.monotonic() < end:
                _kill_all(folder)
                try:
                    folder.rmdir()
                except OSError:
                    time.sleep(0.01)


def oom(folder: Path) -> Oom:
    """Whether processes of a group were killed for memory: since its own limit was reached, or the machine's ran out.

    Version 2 counts how often the limit was the reason. Version 1 counts only who was killed; but where the limit was
    the reason, use has come as near to it as the kernel counts.
    """
    counts = counters(folder / "memory.events") or counters(folder / "memory.oom_control")
    if not counts.get("oom_kill"):
        return ""
    if "oom" in counts:
        return "limit" if counts["oom"] else "machine"
    try:
        most, limit = (int((folder / f"memory.{name}_in_bytes").read_text()) for name in ("max_usage", "limit"))
    except (OSError, ValueError):
        return "either"
    return "limit" if most > limit - NEAR else "machine"


def counters(file: Path) -> dict[str, int]:
    """A file of the kernel with a name and a number a line; empty where there is none."""
    with suppress(OSError, ValueError):
        return {name: int(count) for name, count in map(str.split, file.read_text().splitlines())}
    return {}


def group_name(place: str) -> str:
    """The name of the group of the sandbox whose folder is at ``place``."""
    return place.replace("/", ".")


def place_of(name: str) -> str:
    return name.replace(".", "/")


def make(place: str, limits: Limits) -> Group | None:
    """A group with these limits, or None where this process may not make one."""
    group = Group(tuple(parent / group_name(place) for parent in _parents()))
    try:
        for folder in group.folders:
            _prepare(folder.parent)
            folder.mkdir()
        for name, value in _values(limits).items():
            _set(group, name, value)
    except OSError:
        group.remove()
        return None
    return group


def existing() -> dict[str, Group]:
    """The groups that were made and not removed, by the places of their sandboxes."""
    names = {folder.name for parent in _parents() if parent.is_dir() for folder in parent.iterdir() if folder.is_dir()}
    return {place_of(name): Group(tuple(parent / name for parent in _parents())) for name in names}


def remove(abandoned: Callable[[str], bool]) -> None:
    """Remove the groups of the places that are abandoned."""
    for place, group in existing().items():
        if abandoned(place):
            group.remove()


def _unified() -> bool:
    return (ROOT / "cgroup.controllers").exists()


def _parents() -> list[Path]:
    if _unified():
        return [ROOT / PARENT]
    folders = [ROOT / controller for controller in ("memory", "pids", "cpu", "cpuacct", BESIDE)]
    return [folder / PARENT for folder in dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir())]


def _prepare(parent: Path) -> None:
    """Make the folder that holds the groups; in version 2 it must pass the controllers on."""
    parent.mkdir(exist_ok=True)
    if _unified():
        for place in (ROOT, parent):
            (place / "cgroup.subtree_control").write_text("+memory +pids +cpu")


def _values(limits: Limits) -> dict[str, str]:
    """What is written into the files of a group, in this order; `?` where the machine may not have the file."""
    quota = int(limits.cpus * PERIOD_MICROSECONDS)
    if _unified():
        return {
            "memory.max": str(limits.memory),
            "memory.swap.max?": "0",
            "pids.max": str(limits.processes),
            "cpu.max": f"{quota} {PERIOD_MICROSECONDS}",
        }
    return {
        "memory.limit_in_bytes": str(limits.memory),
        "memory.memsw.limit_in_bytes?": str(limits.memory),
        "pids.max": str(limits.processes),
        "cpu.cfs_period_us": str(PERIOD_MICROSECONDS),
        "cpu.cfs_quota_us": str(quota),
    }


def _set(group: Group, name: str, value: str) -> None:
    files = [folder / name.rstrip("?") for folder in group.folders]
    found = [file for file in files if file.exists()]
    if not found and not name.endswith("?"):
        raise FileNotFoundError(files[0])
    for file in found:
        file.write_text(value)


def _kill_all(folder: Path) -> None:
    with suppress(OSError):
        for pid in (folder / "cgroup.procs").read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), 9)
