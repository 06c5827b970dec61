"""The record of a proof: what it depends on, and which assignments are due."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.core import catalogue
from grader.core.assignment import RECORD, Assignment, load, load_all
from grader.core.fingerprint import modules
from grader.harness import records
from grader.harness.proof import Proof
from grader.harness.skeleton import Plan, write

NAME = "selection/chi2"
CAUGHT = {"no-root": ["test_values", "test_unchanged[chi2]"], "another": ["test_errors"]}


def proof(seeds: int = 3) -> Proof:
    return Proof(NAME, max_score=10, tests=7, mutants=4, accepted=1, seeds=seeds, seconds=7.6, confirmation=CAUGHT)


@pytest.fixture
def root(tmp_path) -> Path:
    """A checkout with one assignment and its record."""
    (tmp_path / "assignments").mkdir()
    (tmp_path / "reference").mkdir()
    write(Plan(NAME, ("L10.chi2",)), tmp_path)
    records.write(the(tmp_path), proof())
    return tmp_path


def the(root: Path) -> Assignment:
    return load(NAME, root / "assignments")


def test_a_record_tells_what_was_proved(root):
    record = records.valid(the(root))
    assert record is not None
    assert (record.points, record.tests, record.mutants, record.accepted, record.seeds) == (10, 7, 4, 1, 3)
    assert record.seconds == 8


def test_what_caught_the_mutants_is_known_after_a_change(root):
    edit(root / "reference/selection/chi2.py", "axis=0", "axis=1")
    assert records.valid(the(root)) is None
    assert records.caught_before(the(root)) == CAUGHT
    (root / "assignments" / NAME / RECORD).unlink()
    assert records.caught_before(the(root)) == {}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


CHANGES = {
    "a test": ("assignments/selection/chi2/hidden/test_chi2.py", "assert_close(", "assert_equal("),
    "a text of a mutant": ("assignments/selection/chi2/mutants.toml", "find = ", "find  = "),
    "a statement": ("assignments/selection/chi2/statement.en.md", "a", "b"),
    "a setting": ("assignments/selection/chi2/assignment.toml", "hours", "# hours"),
    "the starter": ("assignments/selection/chi2/starter.py", "raise", "return; raise"),
    "the reference": ("reference/selection/chi2.py", "axis=0", "axis=1"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_it_ends_with_any_change_that_a_proof_may_see(root, change):
    path, old, new = change
    edit(root / path, old, new)
    assert records.valid(the(root)) is None
    edit(root / path, new, old)
    assert records.valid(the(root)) is not None


def test_it_ends_with_a_change_of_a_reference_that_the_suite_alone_imports(root):
    other, test = root / "reference/selection/other.py", root / "assignments" / NAME / "hidden/test_chi2.py"
    other.write_text("x = 1\n")
    assert records.valid(the(root)) is not None
    edit(test, "import numpy", "import reference.selection.other\nimport numpy")
    records.write(the(root), proof())
    other.write_text("x = 2\n")
    assert records.valid(the(root)) is None


def test_words_for_people_and_pictures_leave_it(root):
    edit(root / "reference/selection/chi2.py", '"""', '"""More words. ')
    edit(root / "assignments/selection/chi2/hidden/test_chi2.py", "import", "# a comment\nimport")
    folder = root / "assignments" / NAME
    edit(folder / "terms.toml", "feature", "column")
    (folder / "figure.py").write_text("x = 1\n")
    for place in (folder / "figures", folder / "hidden/__pycache__"):
        place.mkdir()
        (place / "new.svg").write_text("<svg/>")
    assert records.valid(the(root)) is not None
    (folder / "hidden/figures").mkdir()
    (folder / "hidden/figures/data.csv").write_text("1\n")
    assert records.valid(the(root)) is None


@pytest.mark.parametrize("text", ["", "sha256 = 3", "no toml", "sha256 = 'x'\npoints = 1\nmore = 2\n", "\x00"])
def test_a_record_that_cannot_be_read_is_none(root, text):
    (root / "assignments" / NAME / RECORD).write_text(text)
    assert records.valid(the(root)) is None


def test_other_major_versions_of_a_library_end_it(root, monkeypatch):
    monkeypatch.setattr(records, "version", lambda name: "2.99.1")
    same = records.proof_sha256(the(root))
    monkeypatch.setattr(records, "version", lambda name: "2.1")
    assert records.proof_sha256(the(root)) == same
    monkeypatch.setattr(records, "version", lambda name: "3.0")
    assert records.proof_sha256(the(root)) != same


def test_a_record_needs_many_seeds_once(root):
    assert records.seeds_to_record(the(root)) == 300
    records.write(the(root), proof(300))
    assert records.seeds_to_record(the(root)) == 3
    records.write(the(root), proof(3))
    record = records.valid(the(root))
    assert record is not None
    assert record.seeds == 300
    edit(root / "assignments" / NAME / "assignment.toml", "hours", "trains = true\nhours")
    assert records.seeds_to_record(the(root)) == 50
    records.write(the(root), proof(3))
    assert records.valid(the(root)).seeds == 3


def test_what_has_no_record_is_due_and_a_tenth_of_the_rest_in_turn(root):
    row = next(row for row in catalogue.read(root).rows if row.startswith("L10.") and row != "L10.chi2")
    write(Plan("selection/later", (row,)), root)
    listed = load_all(root / "assignments")
    assert records.due(listed, "a commit") == [NAME, "selection/later"]
    names = [str(n) for n in range(31)]
    turns = [records.in_turn(names, f"commit {n}") for n in range(60)]
    assert {len(turn) for turn in turns} == {4}
    assert set[str]().union(*turns) == set(names)
    assert turns[7] == records.in_turn(names[::-1], "commit 7") != turns[8]
    assert records.in_turn([], "a commit") == set()


def test_all_that_suites_import_is_looked_at():
    checkout = Path(__file__).resolve().parents[2]
    looked_at = {name for module in records._PROVING for name in modules(module, checkout)}
    suites = {f"grader.testing.{path.stem}" for path in (checkout / "grader/testing").glob("[a-z]*.py")}
    assert suites <= looked_at


def test_what_needs_no_run_is_left_out_and_what_judges_is_not():
    checkout = Path(__file__).resolve().parents[2]
    looked_at = {m for one in records._PROVING for m in modules(one, checkout, but=records._NOT_PROVING)}
    assert not {"grader.harness.folder", "grader.core.glossary", "grader.testing.lint"} & looked_at
    assert {
        "grader.harness.judge",
        "grader.harness.points",
        "grader.core.companions",
        "grader.core.mutants",
    } <= looked_at
