"""`grader verify` looks at the texts of all mutants before it runs anything, and fixes those it can."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from grader.harness.skeleton import Plan, write

NAME = "selection/chi2"


@pytest.fixture
def checkout(tmp_path, monkeypatch) -> Path:
    """A new assignment in whose reference a name and an operator have changed since its mutants were written."""
    (tmp_path / "assignments").mkdir()
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference/__init__.py").touch()
    write(Plan(NAME, ("L10.chi2",)), tmp_path)
    reference = tmp_path / "reference/selection/chi2.py"
    moved = reference.read_text().replace("centred", "shifted")
    reference.write_text(moved.replace("np.ptp(X, axis=0) > 0", "np.ptp(X, axis=0) != 0"))
    monkeypatch.setenv("GRADER_ASSIGNMENTS", str(tmp_path / "assignments"))
    return tmp_path


def test_all_texts_that_do_not_fit_are_told_and_nothing_is_written(run, checkout):
    file = checkout / "assignments" / NAME / "mutants.toml"
    before = file.read_bytes()
    done = run("verify", NAME)
    assert done.code == 3
    assert "in-place: its text is not in reference/selection/chi2.py" in done.err
    assert "constant-columns-forgotten: its text is not in" in done.err
    assert "verify --fix" in done.err
    assert file.read_bytes() == before


def test_what_can_be_fixed_is_and_the_rest_is_told(run, checkout):
    file = checkout / "assignments" / NAME / "mutants.toml"
    done = run("verify", "--fix", NAME)
    assert done.code == 3
    assert "the text of in-place is written anew" in done.err
    assert "constant-columns-forgotten: its text is not in" in done.err
    assert "in-place: its text is not" not in done.err
    assert "verify --fix" not in done.err
    assert 'find = "shifted = X - X.mean(axis=0)"' in file.read_text(encoding="utf-8")


def test_what_is_proved_is_recorded_and_what_is_not_is_not(run, checkout):
    reference = checkout / "reference/selection/chi2.py"
    right = reference.read_text().replace("!= 0", "> 0").replace("shifted", "centred")
    reference.write_text(right)
    record = checkout / "assignments" / NAME / "proof.toml"
    accepted = checkout / "assignments" / NAME / "accepted"
    wrong = accepted / "wrong.py"
    wrong.write_text("x = 1\n")
    assert run("verify", "--record", "--seeds", "1", NAME).code == 3
    assert not record.exists()
    wrong.unlink()
    done = run("verify", "--record", "--seeds", "2", NAME)
    assert done.code == 0, done.out + done.err
    assert tomllib.loads(record.read_text())["seeds"] == 2
