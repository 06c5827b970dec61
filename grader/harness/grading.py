"""Grading one submission in one call: with a forked judge where there is `fork`, else in this process.

In this process only a student's own check runs, with the public tests: there is nothing to hide then.
"""

from __future__ import annotations

import os
import secrets
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

from grader.core.assignment import load
from grader.core.errors import AssignmentFault
from grader.core.report import Report
from grader.harness.assembly import Assembly, OnEvent
from grader.harness.judge import Order, forget_modules, judge
from grader.harness.sandbox import Sandbox, Sandboxes, SandboxSource

_FOR_OTHER_TESTS = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")  # what students have set for tests of their own


class Judges(Protocol):
    """Something that has a submission judged; `grader.harness.zygote.Zygote` is one."""

    def grade(self, order: Order, source: SandboxSource, on_event: OnEvent = ...) -> Report: ...


class Environment:
    """A source of sandboxes of one environment, started when they are asked for."""

    def __init__(self, sandboxes: Sandboxes, environment: str) -> None:
        self._sandboxes = sandboxes
        self._environment = environment

    def acquire(self) -> Sandbox:
        return self._sandboxes.start(self._environment)


class Ahead:
    """The same, with the next few started ahead: a proof uses many sandboxes, one after another.

    Those that are processes of this machine come from one warm parent, where there is `fork`.
    """

    def __init__(self, sandboxes: Sandboxes, environment: str, count: int = 2) -> None:
        self._start, self._after = _starting(sandboxes, environment)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="ahead")
        self._coming = deque(self._threads.submit(self._start) for _ in range(count))

    def acquire(self) -> Sandbox:
        self._coming.append(self._threads.submit(self._start))
        return self._coming.popleft().result()

    def close(self) -> None:
        """End those that nobody has used."""
        self._threads.shutdown(cancel_futures=True)
        for future in self._coming:
            if not future.cancelled() and future.exception() is None:
                future.result().close()
        self._after()


def _starting(sandboxes: Sandboxes, environment: str) -> tuple[Callable[[], Sandbox], Callable[[], None]]:
    """How to start one, and what to do when no more are wanted."""
    if sandboxes.kind != "process" or not hasattr(os, "fork") or sandboxes.problems(environment):
        return partial(sandboxes.start, environment), lambda: None
    from grader.harness.forked import ForkedSandboxes

    forked = ForkedSandboxes(environment)
    return forked.start, forked.close


class HereAndNow:
    """Judges in this process, without a warm parent: no `fork` needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def grade(self, order: Order, source: SandboxSource, on_event: OnEvent = lambda event: None) -> Report:
        for setting in _FOR_OTHER_TESTS:
            os.environ.pop(setting, None)
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        assembly = Assembly(order, on_event)
        assignment = load(order.assignment, self.folder)
        try:
            judge(order, assignment, source, assembly.take)
        finally:
            forget_modules(assignment.folder)
        for test, told in assembly.suspects.items():  # nobody can be asked here whether the reference does better
            raise AssignmentFault(f"{test}: {told}")
        return assembly.report()


@contextmanager
def judges(folder: Path, only: Sequence[str] = ()) -> Iterator[Judges]:
    """Judges for the assignments of a folder, or for some of them (quicker to warm), as long as the block lasts."""
    if not hasattr(os, "fork"):
        yield HereAndNow(folder)
        return
    from grader.harness.zygote import Zygote

    zygote = Zygote(folder, only)
    try:
        yield zygote
    finally:
        zygote.close()


def fresh_seed() -> str:
    """A seed for a grading that nobody has to repeat unless the report tells it."""
    return secrets.token_hex(8)
