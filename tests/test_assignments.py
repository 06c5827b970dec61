"""Every assignment is proved: `grader verify`, as its authors run it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from grader.core.assignment import load, load_all, names
from grader.core.catalogue import entries
from grader.harness.grading import Ahead, judges
from grader.harness.process import ProcessSandboxes
from grader.harness.proof import prove

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "assignments"


@pytest.mark.parametrize("name", names(FOLDER))
@pytest.mark.timeout(1200)
def test_proved(name):
    assignment = load(name, FOLDER)
    with judges(FOLDER, [name]) as ready, closing(Ahead(ProcessSandboxes(), assignment.environment)) as source:
        proof = prove(assignment, ready, source, ROOT)
    assert proof.problems == []
    assert proof.mutants_caught == proof.mutants >= 3 * len(assignment.covers)


def test_every_covered_row_has_a_reference():
    covered = [entry for entry in entries(load_all(FOLDER), FOLDER) if entry.assignment]
    assert len(covered) >= 10
    assert [entry.id for entry in covered if entry.reference is None or entry.mutants < 3] == []
