"""`grader doctor` where a course runs: its database and its workers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from grader.cli import doctor
from grader.store import workers
from grader.store.engine import Database
from grader.store.migrations import upgrade
from grader.store.workers import Note


@pytest.fixture(autouse=True)
def no_engine(monkeypatch):
    """What sandboxes work here is asked elsewhere."""
    monkeypatch.setattr(doctor, "_sandboxes", lambda: [("bubblewrap, numpy", True, "")])


@pytest.fixture
def database(tmp_path):
    opened = Database(f"sqlite:///{tmp_path / 'grader.db'}")
    upgrade(opened.engine)
    yield opened
    opened.close()


def findings(run, tmp_path) -> dict[str, tuple[bool, str]]:
    done = run("doctor", "--json", "--data", str(tmp_path))
    assert done.code == 0
    return {row["what"]: (row["fine"], row["detail"]) for row in done.json}


def test_workers_are_told_with_what_ails_them(run, tmp_path, database):
    now = datetime.now(UTC)
    with database.writing() as session:
        for name, state, reason, seen in (
            ("h:1", "ready", "", now),
            ("h:2", "ill", "no engine", now),
            ("h:3", "ready", "", now - timedelta(hours=1)),
        ):
            note = Note(name, "h", ("numpy",), "docker", now, state, reason, {"numpy": 1})
            workers.note(session, note, seen)
    found = findings(run, tmp_path)
    assert found["database"][0]
    assert found["worker h:1"][0]
    assert found["worker h:1"][1].startswith("ready; docker; numpy; spares ready: numpy: 1; seen ")
    assert not found["worker h:2"][0]
    assert found["worker h:2"][1].endswith("no engine")
    assert not found["worker h:3"][0]
    assert found["worker h:3"][1].startswith("lost;")


def test_no_worker_and_older_tables_are_told(run, tmp_path, database):
    assert not findings(run, tmp_path)["workers"][0]
    with database.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '0002'"))
    assert findings(run, tmp_path)["database"] == (
        False,
        "its tables are not today's: run `grader migrate`",
    )


def test_a_database_that_does_not_answer_is_told(run, tmp_path):
    (tmp_path / "grader.db").write_bytes(b"no database at all, " * 100)
    assert findings(run, tmp_path)["database"] == (False, "does not answer (DatabaseError)")


def test_where_no_course_runs_nothing_is_said_of_one(run, tmp_path):
    assert "database" not in findings(run, tmp_path)
