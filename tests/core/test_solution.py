"""What students read of a reference: its modules and helpers, nothing of an assignment that is open, no suite."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from grader.core.assignment import load
from grader.core.course import Course
from grader.core.solution import solution
from tests.core.courses import item

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {
    "bank/__init__.py": '"""A bank."""',
    "bank/checks/arrays.py": "def matrix(): pass",
    "bank/shared.py": "def rows(): pass",
    "bank/one/wanted.py": (
        "from bank.checks.arrays import matrix\nfrom bank.shared import rows\nfrom bank.one.part import half as f\n"
        "from bank.two.answer import g\nfrom bank.two.steps import step\n"
        "from assignments.one.wanted.accepted import secret\n"
        "def wanted(): pass\nclass Wanted: pass"
    ),
    "bank/one/part.py": "from bank.shared import rows\ndef half(): pass",
    "bank/two/answer.py": "from bank.two.steps import step\nfrom bank.shared import rows\ndef g(): pass",
    "bank/two/steps.py": "def step(): pass",
    "assignments/one/wanted/accepted.py": "def secret(): pass",
    "assignments/one/wanted/hidden/test_it.py": "from bank.one.wanted import wanted",
}


def course(root: Path, **required: dict[str, str]) -> Course:
    """A course of these assignments, LECTURE_NAME, whose reference raises when it is run."""
    for name, source in SOURCES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"{source}\nraise SystemExit\n" if "__init__" not in name else source)
    known = load("clustering/kmeans", ROOT / "assignments")
    items = []
    for key, names in required.items():
        name = key.replace("_", "/")
        made = replace(known, name=name, folder=root / "assignments" / name, required=names)
        items.append(replace(item("a/task", 1), name=name, assignment=made))
    return Course({"en": "", "ru": ""}, UTC, tuple(items))


ONE = {"wanted": "bank.one.wanted:wanted", "f": "bank.one.part:half", "Wanted": "bank.one.wanted:Wanted"}
TWO = {"g": "bank.two.answer:g"}
READ = ["bank/one/part.py", "bank/one/wanted.py", "bank/shared.py", "bank/two/answer.py", "bank/two/steps.py"]


def read(found: Course, shown=()):
    assignment = found.items[0].assignment
    assert assignment is not None
    return solution(assignment, found, set(shown))


def test_it_is_what_is_asked_for_and_what_that_imports_without_the_assignments(tmp_path):
    found = read(course(tmp_path, one_wanted=ONE))
    assert list(found.files) == READ
    assert list(found.checks) == ["bank/checks/arrays.py"]
    assert found.helpers == ["bank/shared.py", "bank/two/answer.py", "bank/two/steps.py"]
    assert found.places == {
        "wanted": ("bank/one/wanted.py", "wanted"),
        "f": ("bank/one/part.py", "half"),
        "Wanted": ("bank/one/wanted.py", "Wanted"),
    }
    assert (found.withheld, found.waiting) == ({}, frozenset())


def test_what_an_open_assignment_asks_for_and_uses_beside_it_is_left_out(tmp_path):
    both = course(tmp_path, one_wanted=ONE, two_answer=TWO)
    found = read(both)
    assert list(found.files) == READ[:3]
    assert found.withheld == dict.fromkeys(READ[3:], ("two/answer",))
    assert found.waiting == frozenset()
    assert list(read(both, ["two/answer"]).files) == READ


def test_a_name_that_an_open_assignment_asks_for_too_waits_for_that_one(tmp_path):
    found = read(course(tmp_path, one_wanted=ONE, other_part={"half": "bank.one.part:half"}))
    assert found.waiting == {"f"}
    assert found.places["f"] is None
    assert "bank/one/part.py" not in found.files
    assert found.places["wanted"] is not None


@pytest.mark.parametrize(
    "target", ["assignments.one.wanted.accepted:secret", "bank.none:x", "bank.one.wanted:absent", "bank:x"]
)
def test_what_has_no_reference_beside_the_assignments_has_no_place(tmp_path, target):
    found = read(course(tmp_path, one_wanted={"x": target}))
    assert found.places == {"x": None}
    assert not [path for path in found.files if path.startswith("assignments")]


def test_an_object_that_a_module_only_imports_is_found_where_it_is_defined(tmp_path):
    assert read(course(tmp_path, one_wanted={"rows": "bank.one.wanted:rows"})).places == {
        "rows": ("bank/shared.py", "rows")
    }
