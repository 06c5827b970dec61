"""A small assignment written into a folder, so that a test can say what its suite and a solution hold."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from grader.core.assignment import load
from grader.core.report import Report
from grader.core.submission import Submission
from grader.harness.grading import Environment
from grader.harness.judge import Order, Wanted
from grader.harness.sandbox import Sandboxes
from grader.harness.zygote import Zygote

NAME = "demo/small"

SETTINGS = """
kind = "task"
environment = "numpy"
[title]
en = "Small"
ru = "Малое"
[required]
f = "none:f"
[limits]
call_seconds = 2
total_seconds = 60
"""


def write(
    folder: Path, suite: str, *, settings: str = SETTINGS, probe: str | None = None, reference: str | None = None
) -> Path:
    """The folder of assignments that holds this one; its reference, if there is one, lies beside it."""
    if reference is not None:
        settings = settings.replace("none:f", "reference.small:f")
        (folder / "reference").mkdir(exist_ok=True)
        (folder / "reference" / "__init__.py").write_text("")
        (folder / "reference" / "small.py").write_text(dedent(reference))
    place = folder / "assignments" / NAME
    for part in ("hidden", "public"):
        (place / part).mkdir(parents=True, exist_ok=True)
        head = "import numpy as np, pytest\nfrom grader.testing import *\n"
        (place / part / "test_small.py").write_text(head + dedent(suite))
    (place / "assignment.toml").write_text(settings)
    if probe is not None:
        (place / "probe.py").write_text(dedent(probe))
    return folder / "assignments"


def grade(
    folder: Path,
    sandboxes: Sandboxes,
    solution: str,
    *,
    suite: str = "hidden",
    seed: str = "1",
    defers: bool = False,
    wanted: Wanted | None = None,
) -> Report:
    """The report on a solution, by a forked judge."""
    zygote = Zygote(folder)
    try:
        source = Environment(sandboxes, load(NAME, folder).environment)
        submission = Submission("mine.py", {"mine.py": dedent(solution).encode()})
        return zygote.grade(Order(NAME, submission, suite, seed, defers, wanted=wanted), source)  # type: ignore[arg-type]
    finally:
        zygote.close()


def verdicts(report: Report) -> dict[str, str]:
    return {test.name: str(test.verdict) for test in report.tests}
