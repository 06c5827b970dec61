"""The judge: runs a suite over a sandbox and returns the report.

It holds the hidden suite and the reference, and nothing else that is worth having: no database, no queue,
no Docker. Sandboxes come to it through a `SandboxSource`; progress leaves it through a callback.
"""

from __future__ import annotations

import contextlib
import io
import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import version
from typing import Any, Literal

import pytest

from grader.core.assignment import Assignment, reference_sha256
from grader.core.errors import AssignmentFault, OurFault
from grader.core.report import Report, TestResult, ToCome
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.harness.bench import SandboxBench
from grader.harness.bounds import DEFAULT
from grader.harness.recorder import Recorder
from grader.harness.sandbox import SandboxSource
from grader.harness.static import forbidden, outlines
from grader.testing import marks, plugin, scaling

OnEvent = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Order:
    """What a judge is asked for: this submission against this suite, with inputs drawn from this seed.

    Where it ``defers``, the tests that are marked as deferred do not run, and are told as still to come.
    """

    assignment: str
    submission: Submission
    suite: Literal["public", "hidden"] = "hidden"
    seed: str = "0"
    defers: bool = False
    strictness: float = 1.0  # of what is said about costs: more, or less, than a student is asked for, in a proof


def judge(order: Order, assignment: Assignment, source: SandboxSource, on_event: OnEvent) -> Report:
    """Run the suite. Raises AssignmentFault for a broken suite, OurFault for a broken machine."""
    began = time.monotonic()
    _check_limits(assignment)
    bench = SandboxBench(order.submission, assignment, source, seed=order.seed)
    recorder = Recorder(bench, order.submission, on_event, public=order.suite == "public", defers=order.defers)
    refusals = _refusals(order.submission, assignment)
    try:
        with _demands(order, on_event):
            _run_pytest(assignment, order.suite, recorder, collect_only=bool(refusals))
    finally:
        bench.close()
    tests = _refused(recorder.plans, refusals) if refusals else tuple(recorder.results)
    left_out = () if refusals else recorder.left_out
    return Report(
        assignment=assignment.name,
        suite=order.suite,
        tests=tests,
        sandbox=bench.kind,
        seconds=time.monotonic() - began,
        import_fault=bench.import_fault,
        provenance=_provenance(order, assignment, bench),
        staff_notes=tuple(recorder.staff_notes),
        to_come=ToCome(len(left_out), sum((plan.points for plan in left_out), Fraction(0))),
    )


def _demands(order: Order, on_event: OnEvent) -> contextlib.AbstractContextManager[None]:
    """What a proof asks for beyond a grading, and is told of it."""
    if order.strictness == 1:
        return contextlib.nullcontext()
    return scaling.stricter(order.strictness, lambda used: on_event({"event": "cost", "used": used}))


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
        f"--rootdir={root}",
        f"--confcutdir={root}",
        f"--config-file={os.devnull}",
        "--import-mode=importlib",
        "--strict-markers",
        "--capture=no",
        "--tb=native",
        "--no-header",
        "-pno:cacheprovider",
        "-pno:unraisableexception",  # it collects garbage five times at the end, with all of torch's objects
        *(["--collect-only"] if collect_only else []),
    ]
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
        code = pytest.main(arguments, plugins=[plugin, recorder])
    if recorder.fault is not None:
        raise recorder.fault
    nothing_yet = code == pytest.ExitCode.NO_TESTS_COLLECTED and bool(recorder.left_out)
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and not nothing_yet:
        raise AssignmentFault(f"{assignment.name}: the {suite} suite does not run: {_last_lines(shown.getvalue())}")


def _last_lines(text: str) -> str:
    return " | ".join(line.strip() for line in text.splitlines() if line.strip())[-500:]


def _refusals(submission: Submission, assignment: Assignment) -> list[str]:
    """What the submission uses and may not, as ``name (file, line n)``."""
    if not (assignment.forbidden_modules or assignment.forbidden_names):
        return []
    return [
        f"{use.name} ({submission.place(path, use.line)})"
        for path, found in outlines(dict(sorted(submission.files.items()))).items()
        for use in forbidden(found, assignment.forbidden_modules, assignment.forbidden_names)
    ]


def _refused(plans: list[marks.Plan], refusals: list[str]) -> tuple[TestResult, ...]:
    message = "the assignment forbids " + ", ".join(refusals[:5])
    return tuple(
        TestResult(
            name=plan.name,
            verdict=Verdict.REFUSED,
            points=Fraction(0),
            max_points=plan.points,
            title=plan.title,
            hint={"en": message, "ru": "в этом задании нельзя использовать " + ", ".join(refusals[:5])},
            visibility=plan.visibility,
            message=message,
        )
        for plan in plans
    )


def _provenance(order: Order, assignment: Assignment, bench: SandboxBench) -> dict[str, str]:
    """With this the report can be made again."""
    return {
        "submission_sha256": order.submission.sha256,
        "suite_sha256": assignment.suite_sha256(),
        "reference_sha256": reference_sha256(assignment),
        "seed": order.seed,
        "image": bench.image,
        "judge_python": platform.python_version(),
        "judge_numpy": version("numpy"),
        **{f"sandbox_{name}": value for name, value in bench.versions.items()},
    }


__all__ = ["Order", "OurFault", "judge"]
