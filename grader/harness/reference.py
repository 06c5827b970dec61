"""The reference as a submission: what a proof grades, and what a fault of a suite is told from a student's by.

It goes only into sandboxes that hold no submission of anybody.
"""

from __future__ import annotations

from pathlib import Path

from grader.core.assignment import Assignment
from grader.core.editions import reference_sources
from grader.core.submission import Submission
from grader.harness import tracer
from grader.harness.intake import ENTRY

TRACER = "tracer_of_lines"  # the module's name inside


def reference_files(assignment: Assignment, root: Path) -> dict[str, bytes]:
    """The reference as a submission's files: its sources below ``root``, and a module that imports what is required."""
    parts = [(name, *target.partition(":")[::2]) for name, target in assignment.required.items()]
    entry = "".join(f"from {module} import {attribute} as {name}\n" for name, module, attribute in parts)
    return {**reference_sources(assignment, root), ENTRY: entry.encode()}


def traced_reference(assignment: Assignment, root: Path) -> Submission:
    """The reference as a submission that also tells which lines each test runs."""
    files = reference_files(assignment, root)
    entry = f"from {TRACER} import importing_ends, lines_of_test\n{files[ENTRY].decode()}importing_ends()\n"
    source = Path(tracer.__file__).read_bytes()
    return Submission(ENTRY, {**files, f"{TRACER}.py": source, ENTRY: entry.encode()})


def reference_submission(assignment: Assignment, root: Path) -> Submission | None:
    """The same as a submission; None where there is no reference, as in a student's installation."""
    files = reference_files(assignment, root)
    return Submission(ENTRY, files) if len(files) > 1 else None
