"""Busy processors: beside them a proof finds the limits that a slow machine breaks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from grader.harness.orphans import tied

TIMES = 2  # as many processes as processors


@contextmanager
def busy(count: int | None = None) -> Iterator[None]:
    """As long as the block lasts, so many processes compute without end, by default two for each processor."""
    command = [sys.executable, "-S", "-c", "while True: pass"]
    processes = [
        subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=tied())  # noqa: PLW1509 - one system call
        for _ in range(TIMES * (os.cpu_count() or 1) if count is None else count)
    ]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()
