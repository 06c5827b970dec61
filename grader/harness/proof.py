"""The proof of an assignment: what `grader verify` runs and what it says.

An assignment is proved when the reference and every accepted solution get full marks on the hidden suite,
the starter gets nothing, each mutant is caught by a test, each test catches a mutant, the public tests pass
on the reference, the files that students read are all there, and the points that the statements tell add up. The
reference and the accepted solutions are graded from several seeds, since each seed draws other inputs. Tests of cost
allow what is right half as much as a student, and what is wrong twice as much: both must be told apart with room.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from grader.core.assignment import LANGUAGES, Assignment, starter_name
from grader.core.mutants import Mutant, misfits, mutants
from grader.core.report import Report, number
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.harness.folder import MUTANTS_A_ROW, folder_faults
from grader.harness.grading import Judges
from grader.harness.intake import ENTRY
from grader.harness.judge import Order
from grader.harness.mutants import ROOM, Grade, Hunt, Known
from grader.harness.points import points_that_do_not_add_up
from grader.harness.prepared import faults as call_faults
from grader.harness.reach import Lines
from grader.harness.reference import reference_files, traced_reference
from grader.harness.sandbox import SandboxSource

REFERENCE = "the reference"
SEEDS = 3
SEEDS_OF_ACCEPTED = 20  # at most, else a third of the reference's
NO_BOUNDS = 1e-3  # of what is said about costs, while a solution is traced


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
    seeds: int = 0
    useless_tests: list[str] = field(default_factory=list)
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    caught_by: dict[str, list[str]] = field(default_factory=dict)
    confirmation: dict[str, list[str]] = field(default_factory=dict)  # of these, what the next proof tries first
    room: dict[str, dict[str, float]] = field(default_factory=dict)  # a test of cost: below its bounds and above them

    def to_json(self) -> dict[str, Any]:
        return {**self.__dict__, "seconds": round(self.seconds, 2)}


def prove(
    assignment: Assignment,
    judges: Judges,
    source: SandboxSource,
    root: Path,
    *,
    seeds: int = SEEDS,
    before: Mapping[str, Sequence[str]] | None = None,
) -> Proof:
    """Prove one assignment. ``root`` is the folder in which `reference/` lies.

    ``before`` is the confirmation of an earlier proof: which tests caught each mutant. They are tried first; what does
    not hold any more is found out anew.
    """
    began = time.monotonic()
    proof = Proof(assignment.name, seeds=seeds)
    proof.problems += folder_faults(assignment, root)
    sources = reference_files(assignment, root)
    if misfits(assignment, sources):
        return proof
    grade, right = _Grades(assignment, judges, source), _right(assignment, sources)
    pool = ThreadPoolExecutor((os.cpu_count() or 1) + 1)  # a grading waits now and then
    try:
        graded = _grade_right(pool, grade, right, seeds)
        public = pool.submit(grade, right[REFERENCE], 0, "public")
        untouched = pool.submit(grade, _starter(assignment))
        answered = pool.submit(call_faults, assignment, right, source)
        tests = [test.name for test in graded[REFERENCE][0].result().tests]
        hunt = Hunt(assignment, sources, grade, tests)
        told = before or {}
        met = [pool.submit(hunt.by_tests_of_before, one, told.get(one.name, ())) for one in mutants(assignment)]
        _prove_right(proof, assignment, graded)
        proof.problems += _not_passed(f"{REFERENCE}, public tests", public.result())
        _prove_starter(proof, untouched.result())
        proof.problems += answered.result()
        hunt.learn(known_of_tests(grade.seen))
        _hunt(hunt, pool, assignment, met, lambda: _traced(grade, assignment, root))
        _prove_wrong(proof, assignment, hunt)
    finally:
        pool.shutdown(cancel_futures=True)
    proof.room = room_of_costs(grade.seen)
    proof.seconds = time.monotonic() - began
    return proof


class _Grades:
    """Grades submissions of one assignment, and keeps what was told of each. Several threads may use it."""

    def __init__(self, assignment: Assignment, judges: Judges, source: SandboxSource) -> None:
        self.seen: list[Grading] = []
        self._name = assignment.name
        self._judges = judges
        self._source = source

    def __call__(
        self, submission: Submission, seed: int = 0, suite: Literal["public", "hidden"] = "hidden", **demands: Any
    ) -> Report:
        """``demands`` are those that an `Order` knows: strictness, wanted, traced."""
        events: list[dict[str, Any]] = []
        order = Order(self._name, submission, suite, f"proof-{seed}", **demands)
        report = self._judges.grade(order, self._source, events.append)
        self.seen.append(Grading(order.strictness, events))
        return report


@dataclass(frozen=True)
class Grading:
    """One grading of a proof: how strict it was about costs, and what it told, event by event."""

    strictness: float
    events: list[dict[str, Any]]


def unforeseen(
    assignment: Assignment, judges: Judges, source: SandboxSource, root: Path, sample: Iterable[Mutant]
) -> dict[str, list[str]]:
    """Of each mutant of a sample, the tests that catch it though they do not run what it changes; none, if all is well.

    Here each mutant meets every test. A proof trusts what these runs confirm: that other tests need not be tried first.
    """
    known = traced(assignment, judges, source, root)
    grade = _Grades(assignment, judges, source)
    hunt = Hunt(assignment, reference_files(assignment, root), grade, list(known.lines))
    hunt.learn(known)
    return {
        mutant.name: [test for test in hunt.by_all_tests(mutant) if test not in hunt.related(mutant)]
        for mutant in sample
    }


def traced(assignment: Assignment, judges: Judges, source: SandboxSource, root: Path) -> Known:
    """What a traced grading of the reference tells of each test."""
    return _traced(_Grades(assignment, judges, source), assignment, root)


def _traced(grade: _Grades, assignment: Assignment, root: Path) -> Known:
    """Have the reference graded once more, so that it is told which lines each test runs."""
    grade(traced_reference(assignment, root), strictness=NO_BOUNDS, traced=True)
    return known_of_tests(grade.seen)


def room_of_costs(seen: Iterable[Grading]) -> dict[str, dict[str, float]]:
    """How far below its bounds a test of cost found what is right, and how far above them what is wrong; the least.

    What is wrong in other ways stays within the bounds.
    """
    room: dict[str, dict[str, float]] = {}
    for grading in seen:
        strictness = grading.strictness
        used: list[float] = []
        for event in grading.events if strictness > NO_BOUNDS else ():
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


def known_of_tests(seen: Iterable[Grading]) -> Known:
    """What these gradings have told of each test. One that fails while it is traced may run any line."""
    names: dict[str, set[str]] = {}
    lines: dict[str, Lines | None] = {}
    seconds: dict[str, float] = {}
    for grading in list(seen):  # others may be added meanwhile
        for event in grading.events:
            match event:
                case {"event": "names", "test": test, "names": asked}:
                    names.setdefault(test, set()).update(asked)
                case {"event": "lines", "test": test, "lines": ran}:
                    lines[test] = ran
                case {"event": "test", "name": test, "verdict": Verdict.PASSED, "seconds": took}:
                    seconds[test] = min(took, seconds.get(test, took))
                case {"event": "test", "name": test} if grading.strictness == NO_BOUNDS:
                    lines[test] = None
    return Known(names, lines, seconds)


def _grade_right(
    pool: Executor, grade: Grade, right: Mapping[str, Submission], seeds: int
) -> dict[str, list[Future[Report]]]:
    """The gradings of what must pass, each from its seeds."""
    return {
        who: [
            pool.submit(grade, submission, seed, strictness=ROOM)
            for seed in range(seeds if who == REFERENCE else min(-(-seeds // 3), SEEDS_OF_ACCEPTED))
        ]
        for who, submission in right.items()
    }


def _prove_right(proof: Proof, assignment: Assignment, graded: Mapping[str, list[Future[Report]]]) -> None:
    """The reference and the accepted solutions."""
    reports = {who: [future.result() for future in futures] for who, futures in graded.items()}
    proof.accepted = len(reports) - 1
    if not proof.accepted:
        proof.problems.append("there is no accepted solution besides the reference")
    reference = reports[REFERENCE][0]
    proof.tests, proof.max_score = len(reference.tests), number(reference.max_score)
    proof.reference_score = number(min(report.score for report in reports[REFERENCE]))
    proof.problems += _untitled(reference)
    proof.problems += points_that_do_not_add_up(assignment, proof.max_score)
    for who, its_reports in reports.items():
        failing = [list(_not_passed(who, report)) for report in its_reports]
        proof.accepted -= who != REFERENCE and any(failing)
        proof.problems += dict.fromkeys(problem for problems in failing for problem in problems)


def _starter(assignment: Assignment) -> Submission:
    name = starter_name("en")
    return Submission(name, {name: (assignment.folder / name).read_bytes()})


def _prove_starter(proof: Proof, report: Report) -> None:
    proof.starter_score = number(report.score)
    if report.score:
        passed = ", ".join(test.name for test in report.tests if test.points)
        proof.problems.append(f"the starter gets {proof.starter_score:g} points ({passed})")


def _right(assignment: Assignment, sources: dict[str, bytes]) -> dict[str, Submission]:
    """What must pass: the reference and the accepted solutions."""
    accepted = sorted((assignment.folder / "accepted").glob("*.py"))
    return {REFERENCE: Submission(ENTRY, sources)} | {
        f"accepted/{path.name}": Submission(path.name, {path.name: path.read_bytes()}) for path in accepted
    }


def _hunt(
    hunt: Hunt, pool: Executor, assignment: Assignment, met: Iterable[Future[None]], trace: Callable[[], Known]
) -> None:
    """Every mutant, once it has ``met`` the tests of before; then the tests that none of them fails."""
    for future in met:
        future.result()
    if not hunt.is_over:
        hunt.learn(trace())
        list(pool.map(hunt.by_related_tests, mutants(assignment)))
        list(pool.map(hunt.by_other_tests, mutants(assignment)))


def _prove_wrong(proof: Proof, assignment: Assignment, hunt: Hunt) -> None:
    """What the hunt has shown."""
    known = mutants(assignment)
    proof.mutants = len(known)
    proof.confirmation = hunt.confirmation()
    for mutant in known:
        caught = hunt.caught(mutant)
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
        caught = sum(any(hunt.is_of_row(test, mutant) for test in hunt.caught(mutant)) for mutant in its)
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
