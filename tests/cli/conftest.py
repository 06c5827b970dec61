"""An installation in a folder, as `grader up` leaves it, and the command line on it, in this process."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from grader.cli import main
from grader.store import people
from grader.store.engine import Database
from tests.in_force import put_in_force, small_course
from tests.services import sqlite_with_tables


@dataclass
class Done:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Place:
    """The installation's folder and database; calling it runs a command in the instructor's name."""

    folder: Path
    database: Database
    run: Callable[..., Done]

    def __call__(self, *args: str, actor: str | None = "boss") -> Done:
        extra = ["--data", str(self.folder), *(["--as", actor] if actor else [])]
        return self.run(*args, *extra)


@pytest.fixture
def run(monkeypatch, capsys) -> Callable[..., Done]:
    def command(*args: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["grader", *args])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Done(int(ended.value.code or 0), printed.out, printed.err)

    return command


@pytest.fixture
def place(tmp_path: Path, run, monkeypatch) -> Place:
    monkeypatch.delenv("GRADER_DATABASE", raising=False)
    now = datetime.now(UTC)
    database = sqlite_with_tables(tmp_path / "grader.db")
    (tmp_path / "course.toml").write_text(small_course(now), encoding="utf-8")
    put_in_force(database, tmp_path / "course.toml")
    with database.writing() as session:
        for login, role, group in (
            ("anna", "student", "M1"), ("boris", "student", "M2"),
            ("tutor", "assistant", ""), ("boss", "instructor", ""),
        ):  # fmt: skip
            people.add_user(session, login, login.title(), role=role, group=group, password=None, now=now)
    yield Place(tmp_path, database, run)
    database.close()
