"""``grader check`` on machines as students have them: other settings of pytest, no Unix sockets, no `fcntl`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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
