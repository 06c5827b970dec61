"""``grader check`` on machines as students have them: other settings of pytest, no Unix sockets, no `fcntl`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli.recognition import recognise
from grader.core.assignment import load
from grader.core.errors import BadInput
from grader.harness.intake import read

ASSIGNMENTS = Path(__file__).resolve().parents[2] / "assignments"
RIGHT = Path(__file__).resolve().parents[2] / "assignments/clustering/kmeans/accepted/with_loops.py"
WINDOWS = """
import socket, sys
del socket.AF_UNIX
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
"""


def check(path: Path, *, before: str = "", **variables: str) -> tuple[int, dict]:
    program = f"{before}\nfrom grader.cli import main; main()"
    command = [sys.executable, "-c", program, "check", "clustering/kmeans", str(path), "--json"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, env={**os.environ, **variables}
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize(
    ("name", "value"), [("PYTEST_ADDOPTS", "--maxfail=1"), ("PYTEST_ADDOPTS", "--cov=x"), ("PYTEST_PLUGINS", "missing")]
)
def test_what_students_set_for_their_own_tests_changes_nothing(tmp_path, name, value):
    wrong = tmp_path / "mine.py"
    wrong.write_text("def kmeans(X, start, max_iter=300): return None, None")
    code, report = check(wrong, **{name: value})
    assert (code, report["score"], len(report["tests"])) == (1, 0, report["max_score"])
    assert {test["verdict"] for test in report["tests"]} == {"failed"}


@pytest.mark.parametrize(
    ("language", "assignment", "sentence"),
    [("C", ["clustering/indices"], "mine.py does not define"), ("ru_RU", [], "не определены имена")],
)
def test_names_that_are_missing_are_told_and_the_other_tests_run(tmp_path, language, assignment, sentence):
    mine = tmp_path / "mine.py"
    mine.write_text("def dunn(X, labels): return 0.0\ndef xie_beni(X, labels): return 0.0\n")
    command = [sys.executable, "-c", "from grader.cli import main; main()", "check", *assignment, str(mine)]
    variables = {**os.environ, "LC_ALL": f"{language}.UTF-8"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=variables)
    assert done.returncode == 1, done.stderr
    first = done.stdout.partition("\n")[0]
    assert sentence in first
    assert "silhouette" in first
    assert "dunn" not in first


def test_it_needs_nothing_that_only_unix_has():
    code, report = check(RIGHT, before=WINDOWS)
    assert (code, report["sandbox"]) == (0, "process")
    assert report["score"] == report["max_score"] > 0


def ask(*arguments: str, before: str = "", **variables: str) -> tuple[int, str]:
    """A check that ends before anything of the student's runs: its exit code and what it says of that."""
    program = f"{before}\nfrom grader.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "check", *arguments], capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "GRADER_LANGUAGE": "en", **variables},
    )  # fmt: skip
    assert done.stdout == ""
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        ("import sys; sys.modules['torch'] = None", "needs torch, which"),
        (
            "import pathlib, sys, tempfile; folder = pathlib.Path(tempfile.mkdtemp()); sys.path.insert(0, str(folder));"
            "(folder / 'torch.py').write_text('raise OSError(\"libgomp.so.1 is missing\")')",
            "needs torch (OSError: libgomp.so.1 is missing), which",
        ),
    ],
    ids=["missing", "broken"],
)
def test_a_library_that_this_machine_lacks_is_named_with_what_installs_it(before, reason):
    starter = str(ASSIGNMENTS / "sequences/lstm/starter.py")
    code, said = ask("sequences/lstm", starter, before=before)
    assert code == 2
    assert reason in said
    assert f"Install it: {sys.executable} -m pip install torch" in said
    code, said = ask("sequences/lstm", starter, before=before, GRADER_LANGUAGE="ru")
    assert (code, "-m pip install torch" in said, "needs" in said) == (2, True, False)


def test_wrong_input_is_answered_with_what_to_do(tmp_path):
    (tmp_path / "kmeans.py").write_text("def kmeans(): ...")
    for arguments, told in (
        (("kmean", str(tmp_path / "kmeans.py")), "There is no assignment 'kmean'. Did you mean clustering/kmeans?"),
        (("clustering/kmeans",), "clustering/kmeans is an assignment: which file? grader check clustering/kmeans FILE"),
        ((str(tmp_path / "kmean.py"),), "Did you mean kmeans.py?"),
        ((str(tmp_path),), "is a folder: name a file in it."),
    ):
        code, said = ask(*arguments)
        assert (code, said.count("\n")) == (2, 1)
        assert told in said


def notebook(*cells: str) -> str:
    made = [
        {"cell_type": "code", "metadata": {}, "source": cell, "outputs": [], "execution_count": None} for cell in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.mark.parametrize(
    ("place", "cells", "expected"),
    [
        ("work.ipynb", ("import numpy as np", "def kmeans(X, start): ..."), "clustering/kmeans"),
        ("My k-Means (2).ipynb", ("x = 1",), "clustering/kmeans"),
        ("KMeans_final2.ipynb", ("x = 1",), "clustering/kmeans"),
        ("evolutionary search.ipynb", ("x = 1",), "hyperparameters/evolutionary-search"),
        ("search.ipynb", ("x = 1",), "hyperparameters/search"),
        ("researching.ipynb", ("x = 1",), None),
        ("density/solution.ipynb", ("x = 1",), None),
        ("started/density/solution.ipynb", ("x = 1",), "clustering/density"),
        ("density.ipynb", ("def kmeans(X, start): ...",), "clustering/kmeans"),
        ("lstm.ipynb", ("this is no Python",), "sequences/lstm"),
        ("work.ipynb", ("from numpy import *",), None),
    ],
)
def test_a_notebook_is_for_what_it_defines_or_is_called(tmp_path, monkeypatch, place, cells, expected):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "none"))
    monkeypatch.setenv("GRADER_LANGUAGE", "en")
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if "started" in place:
        (path.parent / "statement.md").touch()
    path.write_text(notebook(*cells))
    submission = read(path.name, path.read_bytes())
    if expected is not None:
        assert recognise(path, submission) == expected
    else:
        with pytest.raises(BadInput, match=r"^Which assignment is .* for\? Name it: grader check ASSIGNMENT "):
            recognise(path, submission)


def test_with_some_of_the_names_it_is_still_known(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "none"))
    required = list(load("clustering/indices", ASSIGNMENTS).required)
    source = "\n".join(f"def {name}(): ..." for name in required[:-1])
    assert recognise(tmp_path / "mine.py", read("mine.py", source.encode())) == "clustering/indices"
