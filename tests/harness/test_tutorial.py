"""The tutorial makes what it promises: its files, typed as they stand there, are a proved assignment."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import run

__all__ = ["run"]  # a fixture

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/tutorial/write-an-assignment.md").read_text(encoding="utf-8")
NAME = "selection/chi-square"


def test_its_files_are_a_proved_assignment(run, tmp_path, monkeypatch):
    (tmp_path / "assignments").mkdir()
    monkeypatch.setenv("GRADER_ASSIGNMENTS", str(tmp_path / "assignments"))
    (catalogue, rows), *files = re.findall(r"^`(\S+)`:\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(files) + 1 == PAGE.count("```") / 2 == 10
    (tmp_path / catalogue).write_text(rows, encoding="utf-8")
    (new,) = re.findall(r"^    grader (new .*)$", PAGE, re.MULTILINE)
    assert run(*new.split()).code == 0
    for path, text in files:
        assert (tmp_path / path).exists(), f"grader new does not make {path}"
        (tmp_path / path).write_text(text, encoding="utf-8")
    proved = run("verify", NAME, "--seeds", "1", "--json")
    assert proved.code == 0, proved.out + proved.err
    (proof,) = proved.json
    assert (proof["problems"], proof["reference_score"], proof["accepted"], proof["mutants_caught"]) == ([], 5, 1, 6)
    ours = 'lint.isort.known-first-party = ["grader", "features"]'
    settings = ["--config", str(ROOT / "pyproject.toml"), "--config", ours]
    commands = (
        ["pytest", "-q", "tests"],
        ["ruff", "check", *settings, "."],
        ["ruff", "format", "--check", *settings[:2]],
    )
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
