"""Attacks on the real assignments earn what the same programs earn without them, and hurt nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader.core.assignment import load
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.harness.bounds import DEFAULT
from grader.harness.deadlines import STRETCH
from grader.harness.intake import ENTRY
from grader.harness.reference import reference_files
from grader.harness.zygote import GRACE_SECONDS
from tests.hostile.attacks import CLASSES, FOLDER
from tests.hostile.bank import Program, programs
from tests.hostile.invariants import left, shown
from tests.hostile.lab import Lab, Outcome, lab
from tests.hostile.runs import KINDS, laboratories, of_kind, runs

ROOT = FOLDER.parents[1]
ASSIGNMENTS = ROOT / "assignments"
PROGRAMS = programs()
# What a judge may take over its warm parent. A test's own data and the reference's work are in it.
JUDGE_BYTES = DEFAULT.judge_bytes + DEFAULT.judge_reserve_bytes

RUNS = runs(PROGRAMS)
HONEST = list(dict.fromkeys((kind, program.assignment) for kind, program, _ in RUNS))


@pytest.fixture(scope="module")
def labs() -> Iterator[Callable[[str], Lab]]:
    names = sorted({program.assignment for program in PROGRAMS})
    with laboratories(lambda kind: lab(kind, ASSIGNMENTS, names)) as of:
        yield of


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("kind", "program", "repeat"),
    [of_kind(kind, program, repeat, name=f"{program.name}-{repeat}") for kind, program, repeat in RUNS],
)
def test_a_program_gets_what_it_earns_and_hurts_nobody(
    labs: Callable[[str], Lab], kind: str, program: Program, repeat: int
):
    arena = labs(kind)
    outcome = arena.upload("solution.py", program.path.read_bytes(), program.assignment, f"hostile-{repeat}")
    assert unlike(program, outcome) == [], outcome.told()
    assert outcome.judge_bytes <= JUDGE_BYTES, f"{outcome.judge_bytes >> 20} MiB over the warm parent"
    assert [*left(arena, outcome), *shown(outcome)] == []


def unlike(program: Program, outcome: Outcome) -> list[str]:
    """What came of it that it may not get."""
    report = outcome.report
    if report is None:
        return [] if "rejected" in program.verdicts else ["it was rejected"]
    missed = [test for test in report.tests if not test.passed]
    found = [f"{test.name}: {test.verdict}" for test in missed if test.verdict not in program.verdicts]
    if report.score > program.earns:
        found.append(f"it got {report.score} points and earns {program.earns}")
    seconds = sum(test.seconds for test in report.tests)
    if seconds > STRETCH * load(program.assignment, ASSIGNMENTS).limits.total_seconds + GRACE_SECONDS:
        found.append(f"its tests took {seconds:.0f} s")
    return found


@pytest.mark.parametrize(("kind", "name"), [of_kind(kind, name, name=name) for kind, name in HONEST])
def test_the_reference_gets_full_marks_after_them(labs: Callable[[str], Lab], kind: str, name: str):
    arena = labs(kind)
    submission = Submission(ENTRY, reference_files(arena.assignments[name], ROOT))
    outcome = arena.grade(submission, name)
    assert outcome.report is not None
    assert outcome.report.all_passed, outcome.told()
    assert outcome.judge_bytes <= JUDGE_BYTES, f"{outcome.judge_bytes >> 20} MiB over the warm parent"


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_a_program_says_what_it_tries_and_what_it_may_get(program: Program):
    assert program.kind in CLASSES
    assert len(program.title) >= 12
    assert program.earns >= 0
    assert program.verdicts
    assert program.verdicts <= {str(verdict) for verdict in Verdict if verdict is not Verdict.PASSED} | {"rejected"}


def test_both_kinds_of_sandbox_are_used():
    assert {kind for kind, _, _ in RUNS} == set(KINDS)
