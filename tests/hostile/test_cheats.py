"""No cheat is worth a point: the hidden suite of k-means against submissions that do not even try to be right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent, indent

import pytest

from grader.core.report import Report
from grader.core.submission import Submission
from grader.harness.grading import Environment
from grader.harness.judge import Order
from grader.harness.zygote import Zygote
from tests.hostile.cheats import BODIES, HEAD, MODULES
from worker.sandboxes.bubblewrap import BubblewrapSandboxes

pytestmark = pytest.mark.bubblewrap
ASSIGNMENTS = Path(__file__).resolve().parents[2] / "assignments"
NAME = "clustering/kmeans"
CHEATS = {**{name: HEAD + indent(dedent(body).strip(), "    ") for name, body in BODIES.items()}, **MODULES}


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    started = Zygote(ASSIGNMENTS, [NAME])
    yield started
    started.close()


def graded(zygote: Zygote, source: str) -> Report:
    submission = Submission("mine.py", {"mine.py": source.encode()})
    return zygote.grade(Order(NAME, submission, "hidden", "1"), Environment(BubblewrapSandboxes(), "numpy"))


def test_the_right_solution_gets_them_all(zygote):
    report = graded(zygote, (ASSIGNMENTS / NAME / "accepted" / "with_loops.py").read_text())
    assert report.score == report.max_score > 0


@pytest.mark.parametrize("cheat", CHEATS)
def test_a_cheat_gets_nothing(zygote, cheat):
    compile(CHEATS[cheat], "mine.py", "exec")
    report = graded(zygote, CHEATS[cheat])
    assert report.score == 0, {test.name: test.message for test in report.tests if test.passed}
    assert report.max_score > 0
    assert not [note for note in report.staff_notes if "MemoryError" in note]
