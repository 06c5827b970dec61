"""Every assignment is proved: `grader verify`, as its authors run it.

What is due at this commit is proved here: all assignments without a record that holds, and a tenth of the others.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path

import pytest

from grader.core.assignment import Assignment, load, load_all, names
from grader.core.catalogue import entries
from grader.core.mutants import FILE, mutants
from grader.harness import records
from grader.harness.folder import folder_faults
from grader.harness.grading import Ahead, Judges, judges
from grader.harness.process import ProcessSandboxes
from grader.harness.proof import prove, unforeseen
from grader.harness.sandbox import SandboxSource

ROOT = Path(__file__).resolve().parents[1]


def commit() -> str:
    """The hash of the commit that is tested; nothing outside of a repository."""
    if shutil.which("git") is None:
        return ""
    git = subprocess.run(["git", "-C", ROOT, "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return git.stdout.strip()


FOLDER = ROOT / "assignments"
SAMPLE = 3  # mutants of an assignment
DUE = records.due(load_all(FOLDER), commit())


@pytest.mark.parametrize("name", names(FOLDER))
def test_nothing_is_wrong_with_the_folder(name):
    assert folder_faults(load(name, FOLDER), ROOT) == []


@pytest.fixture(scope="module")
def parents() -> Iterator[Callable[[Assignment], tuple[Judges, SandboxSource]]]:
    """Judges and sandboxes for an assignment, those of one environment in common: taking torch in costs seconds."""
    due = [load(name, FOLDER) for name in DUE]
    with ExitStack() as stack:

        @cache
        def of_environment(environment: str) -> tuple[Judges, SandboxSource]:
            its = [assignment.name for assignment in due if assignment.environment == environment]
            ready = stack.enter_context(judges(FOLDER, its))
            return ready, stack.enter_context(closing(Ahead(ProcessSandboxes(), environment)))

        yield lambda assignment: of_environment(assignment.environment)


@pytest.mark.parametrize("name", DUE)
@pytest.mark.timeout(1200)
def test_proved(name, parents):
    assignment = load(name, FOLDER)
    proof = prove(assignment, *parents(assignment), ROOT, before=records.caught_before(assignment))
    assert proof.problems == []
    assert proof.mutants_caught == proof.mutants >= 3 * len(assignment.covers)


@pytest.mark.parametrize("name", DUE)
@pytest.mark.timeout(600)
def test_tests_that_do_not_run_a_change_do_not_see_it(name, parents):
    """A proof lets a mutant meet the tests first that run what it changes; here a sample meets every test."""
    assignment = load(name, FOLDER)
    known = mutants(assignment)
    sample = random.Random((assignment.folder / FILE).read_text()).sample(known, SAMPLE)
    assert unforeseen(assignment, *parents(assignment), ROOT, sample) == {mutant.name: [] for mutant in sample}


def test_every_covered_row_has_a_reference():
    covered = [entry for entry in entries(load_all(FOLDER), FOLDER) if entry.assignment]
    assert len(covered) >= 10
    assert [entry.id for entry in covered if entry.reference is None or entry.mutants < 3] == []
