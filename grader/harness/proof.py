"""The proof of an assignment: what `grader verify` runs and what it says.

An assignment is proved when the reference and every accepted solution get full marks on the hidden suite,
the starter gets nothing, each mutant is caught by a test, each test catches a mutant, the public tests pass
on the reference, the files that students read are all there, and the points that the statements tell add up. The
reference and the accepted solutions are graded from several seeds, since each seed draws other inputs. Tests of cost
allow what is right half as much as a student, and what is wrong twice as much: both must be told apart with room.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from grader.core import data_files
from grader.core.assignment import LANGUAGES, Assignment, starter_name
from grader.core.assignment import names as all_names
from grader.core.companions import questions, terms
from grader.core.errors import AssignmentFault
from grader.core.mutants import Mutant, misfits, mutants
from grader.core.report import Report, number
from grader.core.statement import faults
from grader.core.submission import Submission
from grader.harness.grading import Judges
from grader.harness.intake import ENTRY
from grader.harness.judge import Order, Wanted
from grader.harness.mutants import ROOM, Grade, Hunt
from grader.harness.reference import reference_files
from grader.harness.sandbox import SandboxSource
from grader.harness.starters import starter_faults
from grader.testing.lint import lint_suite

SEEDS = 3
MUTANTS_A_ROW = 3
POINTS_HEADINGS = ("points", "баллы")


@dataclass
class Proof:
    """What was found. ``problems`` is empty when the assignment is proved."""

    assignment: str
    max_score: float = 0
    reference_score: float = 0
    starter_score: float = 0
    accepted: int = 0
    mutants: int = 0
    mutants_caught: int = 0
    tests: int = 0
    useless_tests: list[str] = field(default_factory=list)
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    caught_by: dict[str, list[str]] = field(default_factory=dict)
    room: dict[str, dict[str, float]] = field(default_factory=dict)  # a test of cost: below its bounds and above them

    def to_json(self) -> dict[str, Any]:
        return {**self.__dict__, "seconds": round(self.seconds, 2)}


def prove(assignment: Assignment, judges: Judges, source: SandboxSource, root: Path, *, seeds: int = SEEDS) -> Proof:
    """Prove one assignment. ``root`` is the folder in which `reference/` lies."""
    began = time.monotonic()
    proof = Proof(assignment.name)
    proof.problems += missing_files(assignment) + lint_suite(assignment.suite("hidden"))
    proof.problems += starter_faults(assignment)
    proof.problems += data_files.faults(assignment.folder)
    proof.problems += _statement_faults(assignment)
    proof.problems += _rows_without_mutants(assignment)
    proof.problems += _incomplete(assignment)
    sources = reference_files(assignment, root)
    if unfit := misfits(assignment, sources):
        proof.problems += unfit
        return proof
    seen: list[tuple[float, list[dict[str, Any]]]] = []

    def grade(
        submission: Submission,
        seed: int = 0,
        suite: Literal["public", "hidden"] = "hidden",
        strictness: float = 1.0,
        wanted: Wanted | None = None,
    ) -> Report:
        events: list[dict[str, Any]] = []
        order = Order(assignment.name, submission, suite, f"proof-{seed}", wanted=wanted, strictness=strictness)
        report = judges.grade(order, source, events.append)
        seen.append((strictness, events))
        return report

    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        _prove_right(proof, assignment, pool, grade, sources, seeds)
        _prove_wrong(proof, assignment, pool, grade, sources, names_of_tests(seen))
    finally:
        pool.shutdown(cancel_futures=True)
    proof.room = room_of_costs(seen)
    proof.seconds = time.monotonic() - began
    return proof


def room_of_costs(seen: Iterable[tuple[float, list[dict[str, Any]]]]) -> dict[str, dict[str, float]]:
    """How far below its bounds a test of cost found what is right, and how far above them what is wrong; the least.

    ``seen`` are the strictness and the events of gradings. What is wrong in other ways stays within the bounds.
    """
    room: dict[str, dict[str, float]] = {}
    for strictness, events in seen:
        used: list[float] = []
        for event in events:
            if event["event"] == "cost":
                used.append(event["used"])
            elif event["event"] == "test":
                side = "below" if strictness > 1 else "above"
                factors = [1 / share if strictness > 1 else share for share in used]
                if factors and (strictness > 1 or min(factors) > 1):
                    known = room.setdefault(event["name"], {})
                    known[side] = round(min(known.get(side, float("inf")), *factors), 2)
                used = []
    return room


def names_of_tests(seen: Iterable[tuple[float, list[dict[str, Any]]]]) -> dict[str, set[str]]:
    """Of each test, the required names that it asked for in one of these gradings."""
    names: dict[str, set[str]] = {}
    for _, events in seen:
        for event in events:
            if event["event"] == "names":
                names.setdefault(event["test"], set()).update(event["names"])
    return names


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


def points_told(statement: str) -> float | None:
    """The sum of the table whose last column is headed "points"; None when there is none."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in statement.splitlines()]
    heads = [number for number, row in enumerate(rows) if len(row) > 1 and row[-1] in POINTS_HEADINGS]
    if not heads:
        return None
    total = 0.0
    for row in rows[heads[-1] + 2 :]:
        if len(row) < 2 or not re.fullmatch(r"[0-9.]+", row[-1]):
            break
        total += float(row[-1])
    return total


def _points_that_do_not_add_up(assignment: Assignment, max_score: float) -> Iterable[str]:
    for code in LANGUAGES:
        path = assignment.folder / f"statement.{code}.md"
        told = points_told(path.read_text()) if path.exists() else max_score
        if told is None:
            yield f"{path.name} has no table of points (its last column is headed {' or '.join(POINTS_HEADINGS)})"
        elif told != max_score:
            yield f"{path.name} tells {told:g} points, the hidden suite has {max_score:g}"


def _incomplete(assignment: Assignment) -> Iterable[str]:
    """What later pages need and the folder does not tell: hours, prerequisites that exist, questions, terms."""
    if assignment.hours is None:
        yield "hours is missing in assignment.toml: how many a student needs"
    if not assignment.covers:
        yield "[covers] is missing in assignment.toml: the rows of the catalogue, each with the names that stand for it"
    known = set(all_names(assignment.folder.parents[1])) - {assignment.name}
    yield from (f"needs: there is no other assignment {name}" for name in assignment.needs if name not in known)
    unused = set(assignment.required).difference(*assignment.covers.values())
    yield from (f"[covers]: {name} stands for no row" for name in assignment.required if name in unused)
    for read in (questions, terms):
        try:
            read(assignment)
        except AssignmentFault as fault:
            yield str(fault)


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


def _prove_right(
    proof: Proof, assignment: Assignment, pool: Executor, grade: Grade, sources: dict[str, bytes], seeds: int
) -> None:
    """The reference, the accepted solutions, and the public tests."""
    run = partial(pool.submit, grade)
    right = {"the reference": Submission(ENTRY, sources)}
    for path in sorted((assignment.folder / "accepted").glob("*.py")):
        right[f"accepted/{path.name}"] = Submission(path.name, {path.name: path.read_bytes()})
    proof.accepted = len(right) - 1
    if not proof.accepted:
        proof.problems.append("there is no accepted solution besides the reference")
    public = run(right["the reference"], 0, "public")
    running = {
        who: [run(submission, seed, strictness=ROOM) for seed in range(seeds)] for who, submission in right.items()
    }
    reports = {who: [future.result() for future in futures] for who, futures in running.items()}
    reference = reports["the reference"][0]
    proof.tests, proof.max_score = len(reference.tests), number(reference.max_score)
    proof.reference_score = number(min(report.score for report in reports["the reference"]))
    proof.problems += _untitled(reference)
    proof.problems += _points_that_do_not_add_up(assignment, proof.max_score)
    for who, graded in reports.items():
        failing = [list(_not_passed(who, report)) for report in graded]
        proof.accepted -= who != "the reference" and any(failing)
        proof.problems += dict.fromkeys(problem for problems in failing for problem in problems)
    proof.problems += _not_passed("the reference, public tests", public.result())


def _prove_wrong(
    proof: Proof,
    assignment: Assignment,
    pool: Executor,
    grade: Grade,
    sources: dict[str, bytes],
    names: Mapping[str, set[str]],
) -> None:
    """The starter, and every mutant; then the tests that none of them fails."""
    untouched = Submission("starter.py", {"starter.py": (assignment.folder / "starter.py").read_bytes()})
    starter = grade(untouched)
    proof.starter_score = number(starter.score)
    if starter.score:
        passed = ", ".join(t.name for t in starter.tests if t.points)
        proof.problems.append(f"the starter gets {proof.starter_score:g} points ({passed})")
    hunt = Hunt(assignment, sources, grade, [test.name for test in starter.tests], names)
    known = mutants(assignment)
    proof.mutants = len(known)
    list(pool.map(hunt.by_related_tests, known))
    list(pool.map(hunt.by_other_tests, known))
    for mutant in known:
        caught = sorted(hunt.caught[mutant.name], key=hunt.tests.index)
        proof.mutants_caught += bool(caught)
        proof.caught_by[mutant.name] = caught
        proof.problems += [] if caught else [f"no test catches the mutant {mutant.name}"]
        proof.problems += [f"mutant {mutant.name}: {told}" for told in hunt.notes.get(mutant.name, ())]
    proof.problems += _rows_not_proved(assignment, hunt, known)
    proof.useless_tests = hunt.useless
    if proof.useless_tests:
        proof.problems.append(f"no mutant fails {', '.join(proof.useless_tests)}")


def _rows_not_proved(assignment: Assignment, hunt: Hunt, known: Iterable[Mutant]) -> Iterable[str]:
    """The rows of whose mutants too few are caught by tests that ask for the row's names."""
    for row, its_names in assignment.covers.items():
        its = [mutant for mutant in known if mutant.row == row]
        caught = sum(any(hunt.is_of_row(test, mutant) for test in hunt.caught[mutant.name]) for mutant in its)
        if caught < MUTANTS_A_ROW <= len(its):
            yield (
                f"{row} is not proved: tests that ask for {' or '.join(its_names)} catch {caught} of its {len(its)} "
                f"mutants, at least {MUTANTS_A_ROW} are needed"
            )


def _not_passed(who: str, report: Report) -> Iterable[str]:
    if report.import_fault is not None:
        return [f"{who} cannot be imported: {report.import_fault.traceback.strip().splitlines()[-1:]}"]
    return [f"{who} fails {t.name}: {t.verdict} {t.message}" for t in report.tests if not t.passed]


def _untitled(report: Report) -> Iterable[str]:
    for test in report.tests:
        for what, texts in (("title", test.title), ("hint", test.hint)):
            if any(not texts.get(code) for code in LANGUAGES):
                yield f"{test.name} has no {what} in both languages"
