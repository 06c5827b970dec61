"""The limit that all judges of a worker have together, where a control group can be made.

Each judge is bounded by itself (`grader.harness.watch`); this is for what that does not count, and for many at once.
Where no group can be made, as in a container without privileges, the container's own limit stands in.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from grader.harness.bounds import DEFAULT
from worker.sandboxes import cgroups, folders
from worker.sandboxes.settings import MIB, Limits

PARENT_BYTES = 2048 * MIB  # what the warm parent itself may need: the libraries, the references, every suite
PROCESSES = 256

log = logging.getLogger("grader.worker")


@contextmanager
def confined(concurrency: int, root: Path | None = None) -> Iterator[Callable[[int], None]]:
    """A function that puts a process, and what it forks from then on, into the group, as long as the block lasts."""
    root = root or folders.default_root()
    folder = folders.make(root)
    cgroups.remove(partial(folders.is_abandoned, root=root))
    group = cgroups.make(folder.place, _limits(concurrency))
    if group is None:
        log.warning("no control group can be made for the judges: the limits of this machine or container hold them")
    try:
        yield group.add if group is not None else lambda pid: None
    finally:
        if group is not None:
            group.remove()
        folder.remove()


def _limits(concurrency: int) -> Limits:
    each = DEFAULT.judge_bytes + DEFAULT.judge_reserve_bytes
    return Limits(memory=PARENT_BYTES + concurrency * each, processes=PROCESSES, cpus=float(os.cpu_count() or 1))
