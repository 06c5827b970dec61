"""A new assignment is proved as it stands, passes the linter, and takes nobody's place."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from grader.core.assignment import RECORD, load
from grader.core.errors import BadInput
from grader.harness.grading import Ahead, judges
from grader.harness.process import ProcessSandboxes
from grader.harness.proof import prove
from grader.harness.skeleton import Plan, write
from grader.harness.zygote import folder_state, reference_packages
from tests.cli.conftest import run

__all__ = ["run"]  # a fixture

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "assignments").mkdir()
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference/__init__.py").touch()
    return tmp_path


def test_it_is_proved_as_it_stands(checkout):
    plan = Plan("selection/chi-square", ("L10.chi2", "L10.gini"), kind="lab")
    write(plan, checkout)
    assignment = load(plan.name, checkout / "assignments")
    assert (assignment.kind, assignment.covers) == ("lab", {"L10.chi2": ("chi2",), "L10.gini": ("gini",)})
    with judges(checkout / "assignments") as ready, closing(Ahead(ProcessSandboxes(), "numpy")) as source:
        proof = prove(assignment, ready, source, checkout)
    assert proof.problems == []
    assert (proof.max_score, proof.mutants_caught, proof.accepted) == (10, 10, 1)


OWN = """references = "algebra_reference"
[[lecture]]
number = 1
package = "spaces"
title = { en = "SVD of \\"spaces\\"", ru = "SVD" }
[lecture.rows]
"A1.rank" = { en = "The \\"rank\\" \\\\ of", ru = "Ранг «1»" }
"A1.max" = { en = "Maximum", ru = "Максимум" }
"""


@pytest.mark.parametrize(
    ("environment", "name", "row", "function", "library"),
    [("sklearn", "spaces/max", "A1.max", "max_", "numpy"), ("torch", "spaces/rank", "A1.rank", "rank", "torch")],
)
def test_in_a_course_of_one_s_own_it_is_proved_in_every_environment(
    run, tmp_path, monkeypatch, environment, name, row, function, library
):
    """The assignments lie in a folder of another name, with a catalogue and a package of references of their own."""
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks/catalogue.toml").write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("GRADER_ASSIGNMENTS", "tasks")
    monkeypatch.chdir(tmp_path)
    assert run("new", "clustering/kmeans", "--row", "L09.kmeans").code == 2
    assert run("new", name, "--row", row, "--environment", environment).code == 0
    assert load(name, tmp_path / "tasks").required == {function: f"algebra_reference.spaces.{function}:{function}"}
    for path in (f"algebra_reference/spaces/{function}.py", f"tasks/{name}/starter.ru.py", f"tasks/{name}/accepted"):
        files = [tmp_path / path] if path.endswith(".py") else (tmp_path / path).glob("*.py")
        assert all(f"import {library}" in file.read_text(encoding="utf-8") for file in files), path
    proved = run("verify", name, "--seeds", "1", "--json")
    assert proved.code == 0, proved.out + proved.err
    (proof,) = proved.json
    assert (proof["problems"], proof["reference_score"], proof["mutants_caught"]) == ([], 5, 5)
    (listed,) = [entry for entry in run("catalogue", "--json").json if entry["id"] == row]
    assert listed["reference"] == f"algebra_reference/spaces/{function}.py"
    oracle = [sys.executable, "-m", "pytest", "-q", "tests"]
    done = subprocess.run(oracle, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_change_of_references_of_one_s_own_is_noticed_and_one_of_a_record_is_not(tmp_path):
    assignments = tmp_path / "assignments"
    assignments.mkdir()
    (assignments / "catalogue.toml").write_text(OWN, encoding="utf-8")
    write(Plan("spaces/rank", ("A1.rank",)), tmp_path)
    packages = reference_packages(assignments)
    assert packages == {"reference", "algebra_reference"}
    before = folder_state(assignments, packages)
    (assignments / "spaces/rank" / RECORD).write_text("seeds = 3\n")  # no judge reads it
    assert folder_state(assignments, packages) == before
    with (tmp_path / "algebra_reference/spaces/rank.py").open("a") as file:
        file.write("# longer\n")
    assert folder_state(assignments, packages) != before


def test_its_oracle_tests_pass_and_the_linter_has_nothing_to_say(checkout):
    write(Plan("selection/chi2", ("L10.chi2",)), checkout)
    assert "Lecture 10: " in (checkout / "reference/selection/__init__.py").read_text()
    ours = 'lint.isort.known-first-party = ["grader", "reference"]'
    settings = ["--config", str(ROOT / "pyproject.toml"), "--config", ours]
    for command in (
        ["ruff", "check", *settings],
        ["ruff", "format", "--check", *settings[:2]],
        ["pytest", "-q", "tests"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command, *(["."] if command[0] == "ruff" else [])],
            cwd=checkout,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": str(checkout), "PATH": "/usr/bin:/bin"},
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "rows", "told"),
    [
        ("nothing/chi2", ("L10.chi2",), "hyperparameters, autodiff"),
        ("selection/Chi2", ("L10.chi2",), "lower-case"),
        ("selection/../chi2", ("L10.chi2",), "lower-case"),
        ("selection/chi2", (), "--row"),
        ("selection/chi2", ("L10.chi2", "L10.chi2"), "twice"),
        ("selection/chi2", ("L09.kmeans",), "L10.chi2"),
    ],
)
def test_what_cannot_be_is_told(checkout, name, rows, told):
    with pytest.raises(BadInput, match=told):
        write(Plan(name, rows), checkout)
    assert [path.name for path in checkout.rglob("*.py")] == ["__init__.py"]


def test_nothing_is_overwritten_and_no_row_belongs_to_two(checkout):
    write(Plan("selection/chi2", ("L10.chi2",)), checkout)
    with pytest.raises(BadInput, match=r"L10.chi2 \(selection/chi2\)"):
        write(Plan("selection/other", ("L10.chi2",)), checkout)
    starter = checkout / "assignments/selection/chi2/starter.py"
    starter.write_text("mine")
    with pytest.raises(BadInput, match="already there"):
        write(Plan("selection/chi2", ("L10.gini",)), checkout)
    assert starter.read_text() == "mine"
