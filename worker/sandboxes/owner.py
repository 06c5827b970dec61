"""Who started a sandbox, written on it, so that what a dead process left behind can be told from what is in use."""

from __future__ import annotations

import os
import socket
from pathlib import Path

MAX_AGE_SECONDS = 24 * 3600.0  # of a sandbox whose owner is on another machine and cannot be asked for


def me() -> str:
    """The process we are: host, boot, number and start time; no other process ever has the same."""
    return f"{socket.gethostname()}/{_boot()}/{os.getpid()}/{_started(os.getpid())}"


def is_gone(owner: str, age_seconds: float) -> bool:
    """Whether the process that ``owner`` names has ended."""
    host, boot, pid, started = (owner.split("/") + [""] * 4)[:4]
    if host != socket.gethostname():
        return age_seconds > MAX_AGE_SECONDS
    return boot != _boot() or not pid.isdigit() or _started(int(pid)) != started


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return "unknown"


def _started(pid: int) -> str:
    """The start time in clock ticks since boot (field 22 of /proc/PID/stat); empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
