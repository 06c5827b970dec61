"""What is wrong with the folder of an assignment, as far as can be told without running anything.

An author would miss it before any proof: files that are not there, texts of mutants that do not fit the reference,
statements that cannot be shown or tell other points than the suite.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from grader.core import data_files, figure
from grader.core.assignment import LANGUAGES, Assignment, starter_name
from grader.core.companions import calls, questions
from grader.core.errors import AssignmentFault
from grader.core.glossary import glossary_faults
from grader.core.mutants import misfits, mutants
from grader.core.needs import needs_faults
from grader.core.statement import faults
from grader.core.terms import Term, terms
from grader.harness.reference import reference_files
from grader.harness.starters import starter_faults
from grader.testing.lint import lint_suite
from grader.testing.lint_marks import lint_marks

MUTANTS_A_ROW = 3


def folder_faults(assignment: Assignment, root: Path) -> list[str]:
    """All of it. ``root`` is the folder in which `reference/` lies."""
    return [
        *missing_files(assignment),
        *lint_suite(assignment.suite("hidden")),
        *lint_marks(assignment.suite("hidden"), assignment.required),
        *starter_faults(assignment),
        *data_files.faults(assignment.folder),
        *figure.faults(assignment),
        *_statement_faults(assignment),
        *_rows_without_mutants(assignment),
        *_incomplete(assignment),
        *misfits(assignment, reference_files(assignment, root)),
    ]


def missing_files(assignment: Assignment) -> list[str]:
    """What a student or an author would miss in the folder."""
    wanted = [
        *(starter_name(code) for code in LANGUAGES),
        "mutants.toml",
        "hidden",
        "public",
        *(f"statement.{code}.md" for code in LANGUAGES),
    ]
    return [f"{name} is missing" for name in wanted if not (assignment.folder / name).exists()]


def _statement_faults(assignment: Assignment) -> Iterable[str]:
    """What cannot be shown of the statements; nothing where the libraries that show them are not installed."""
    if find_spec("markdown_it") is None or find_spec("latex2mathml") is None:
        return
    for path in sorted(assignment.folder.glob("statement.*.md")):
        yield from (f"{path.name}: {fault}" for fault in faults(path.read_text(encoding="utf-8")))


def _incomplete(assignment: Assignment) -> Iterable[str]:
    """What later pages need and the folder does not tell: hours, prerequisites that exist, questions, terms, calls."""
    if assignment.hours is None:
        yield "hours is missing in assignment.toml: how many a student needs"
    if not assignment.covers:
        yield "[covers] is missing in assignment.toml: the rows of the catalogue, each with the names that stand for it"
    yield from needs_faults(assignment)
    unused = set(assignment.required).difference(*assignment.covers.values())
    yield from (f"[covers]: {name} stands for no row" for name in assignment.required if name in unused)
    for read in (questions, _terms, calls):
        try:
            read(assignment)
        except AssignmentFault as fault:
            yield str(fault)
    yield from glossary_faults(assignment)


def _terms(assignment: Assignment) -> list[Term]:
    return terms(assignment.name, assignment.folder)


def _rows_without_mutants(assignment: Assignment) -> list[str]:
    counts = dict.fromkeys(assignment.covers, 0)
    for mutant in mutants(assignment):
        if mutant.row not in counts:
            return [f"mutant {mutant.name} is for {mutant.row}, which the assignment does not cover"]
        counts[mutant.row] += 1
    return [
        f"{row} has {count} mutants, at least {MUTANTS_A_ROW} are needed"
        for row, count in counts.items()
        if count < MUTANTS_A_ROW
    ]
