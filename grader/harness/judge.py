"""The judge: runs a suite over a sandbox and tells what came of each test.

It holds the hidden suite and the reference, and nothing else that is worth having: no database, no queue,
no Docker. Sandboxes come to it through a `SandboxSource`. What it finds leaves it test by test, as messages that
`grader.harness.assembly` puts together to a report: a judge may end in the middle of its work.
"""

from __future__ import annotations

import contextlib
import io
import os
import platform
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import pytest

from grader.core.assignment import Assignment, Limits
from grader.core.editions import reference_sha256, suite_sha256
from grader.core.errors import AssignmentFault, OurFault
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.harness import refusals
from grader.harness.bench import SandboxBench
from grader.harness.bounds import DEFAULT
from grader.harness.recorder import Recorder
from grader.harness.sandbox import SandboxSource
from grader.harness.watch import Watch
from grader.testing import plugin, scaling

Send = Callable[[dict[str, Any]], None]

_PLUGINS_LEFT_OUT = (
    "unraisableexception",  # it collects garbage five times at the end, with all of torch's objects
    *("cacheprovider", "debugging", "doctest", "faulthandler", "junitxml", "legacypath", "logging", "pastebin"),
    *("setuponly", "setupplan", "stepwise", "subtests", "threadexception"),
)


@dataclass(frozen=True)
class Part:
    """What is left of a suite for this judge: these tests, with what is known from the judges before it.

    ``outcomes`` tell of each test whether a value came. ``spent`` are seconds of the submission's total, ``doubts`` the
    sandboxes that somebody else may have ended.
    """

    tests: tuple[str, ...]
    outcomes: Mapping[str, bool] = field(default_factory=dict)
    spent: float = 0.0
    doubts: int = 0


@dataclass(frozen=True)
class Wanted:
    """The tests that a proof runs on a mistake: the first ones until one of them has failed, the others in any case.

    They run in this order, and what they depend on counts as passed where it does not run.
    """

    until_caught: tuple[str, ...] = ()
    always: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """What is asked for: this submission against this suite, with inputs drawn from this seed.

    Where it ``defers``, the tests that are marked as deferred do not run, and are told as still to come. Without a
    ``part`` all of the others run, or those that are ``wanted``. Of a solution that is ``traced`` it is told which
    lines each test runs; it has the longest times that there are.
    """

    assignment: str
    submission: Submission
    suite: Literal["public", "hidden"] = "hidden"
    seed: str = "0"
    defers: bool = False
    part: Part | None = None
    wanted: Wanted | None = None
    strictness: float = 1.0  # of what is said about costs, in a proof: more for what is right, less for a mistake
    traced: bool = False


def judge(order: Order, assignment: Assignment, source: SandboxSource, send: Send, watch: Watch | None = None) -> bool:
    """Run the suite; whether it was run to its end. The start of each test and its result are sent at once.

    Raises AssignmentFault for a suite that does not run at all, OurFault for a broken machine.
    """
    _check_limits(assignment)
    if order.traced:
        assignment = replace(assignment, limits=Limits(DEFAULT.call_seconds, DEFAULT.total_seconds))
    reading = _reading(order, assignment)
    refusal = reading.refusal
    bench = SandboxBench(
        reading.runs,
        assignment,
        source,
        seed=order.seed,
        part=order.part,
        partial=order.wanted is not None,
        watch=watch,
    )
    recorder = Recorder(
        bench,
        order.submission,
        send,
        public=order.suite == "public",
        defers=order.defers and not refusal,
        only=order.part.tests if order.part is not None else None,
        wanted=order.wanted,
        tells_names=order.strictness > 1,
        tells_lines=order.traced,
        provenance=_provenance(order, assignment),
    )
    try:
        with _demands(order, send):
            _run_pytest(assignment, order.suite, recorder, collect_only=bool(refusal))
    finally:
        bench.close()
    if refusal:
        recorder.settle_all(Verdict.REFUSED, message=refusal["en"], hint=refusal)
    return not recorder.gives_up


def _reading(order: Order, assignment: Assignment) -> refusals.Reading:
    """What runs of a submission; a mistake that a proof puts into a reference is not read before."""
    if order.wanted is not None or order.traced:
        return refusals.Reading(order.submission)
    return refusals.read(order.submission, assignment, known=order.part is not None)


def _demands(order: Order, send: Send) -> contextlib.AbstractContextManager[None]:
    """What a proof asks for beyond a grading, and is told of it."""
    if order.strictness == 1:
        return contextlib.nullcontext()
    return scaling.stricter(order.strictness, lambda used: send({"event": "cost", "used": used}))


def _check_limits(assignment: Assignment) -> None:
    limits = assignment.limits
    if limits.call_seconds > DEFAULT.call_seconds or limits.total_seconds > DEFAULT.total_seconds:
        raise AssignmentFault(
            f"{assignment.name}: a call may take {DEFAULT.call_seconds:.0f} s at most, a submission "
            f"{DEFAULT.total_seconds:.0f} s; its limits are {limits.call_seconds:g} and {limits.total_seconds:g}"
        )


def _run_pytest(assignment: Assignment, suite: str, recorder: Recorder, *, collect_only: bool) -> None:
    folder = assignment.suite("public" if suite == "public" else "hidden")
    root = folder.parent.parent.parent
    arguments = [
        str(folder),
        *pytest_arguments(root),
        "--strict-markers",
        *(["--collect-only"] if collect_only else []),
    ]
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
        code = pytest.main(arguments, plugins=[plugin, recorder])
    if recorder.fault is not None:
        raise recorder.fault
    nothing_yet = code == pytest.ExitCode.NO_TESTS_COLLECTED and bool(recorder.plans)
    ran = code in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) or recorder.gives_up
    if not ran and not nothing_yet:
        raise AssignmentFault(f"{assignment.name}: the {suite} suite does not run: {_last_lines(shown.getvalue())}")


def pytest_arguments(root: Path) -> list[str]:
    """How pytest is called on suites below ``root``: without anybody's settings or what suites have no use for."""
    settings = [f"--rootdir={root}", f"--confcutdir={root}", f"--config-file={os.devnull}", "--import-mode=importlib"]
    return [*settings, "--capture=no", "--tb=native", "--no-header", *(f"-pno:{name}" for name in _PLUGINS_LEFT_OUT)]


def forget_modules(folder: Path) -> None:
    """Have the files of a suite imported again: pytest takes a module of the same name for the same one."""
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None) or "").startswith(f"{folder}{os.sep}"):
            del sys.modules[name]


def _last_lines(text: str) -> str:
    return " | ".join(line.strip() for line in text.splitlines() if line.strip())[-500:]


def _provenance(order: Order, assignment: Assignment) -> dict[str, str]:
    """With this, and what is told of the sandbox, the report can be made again."""
    return {
        "submission_sha256": order.submission.sha256,
        "suite_sha256": suite_sha256(assignment),
        "reference_sha256": reference_sha256(assignment),
        "seed": order.seed,
        "judge_python": platform.python_version(),
        "judge_numpy": version("numpy"),
    }


__all__ = ["Order", "OurFault", "Part", "judge"]
