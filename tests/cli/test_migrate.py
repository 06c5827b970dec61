"""``grader migrate``: today's tables, and logins of their own for the services."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from grader.store.engine import Database
from grader.store.migrations import is_current, upgrade
from tests.services import as_login, fresh_postgres


@pytest.fixture
def logins(tmp_path: Path) -> Path:
    folder = tmp_path / "logins"
    folder.mkdir()
    for part in ("web", "worker", "sweeper"):
        (folder / part).write_text(f"*:5432:grader:grader_{part}:of-{part}\n")
    return folder


@pytest.mark.postgres
def test_an_older_database_is_brought_up_to_date_and_gets_its_logins(postgres_server, run, logins, monkeypatch):
    url = fresh_postgres(postgres_server)
    monkeypatch.setenv("GRADER_DATABASE", url)
    with closing(Database(url)) as database:
        upgrade(database.engine, "0001")
        done = run("migrate", "--logins", str(logins))
        assert done.code == 0
        assert "brought there from 0001" in done.out
        assert "worker logs in as grader_worker" in done.out
        assert is_current(database.engine)
        assert "up to date" in run("migrate", "--logins", str(logins)).out
    for part in ("web", "worker", "sweeper"):
        monkeypatch.setenv("GRADER_DATABASE", as_login(url, part))
        findings = {one["what"]: one["fine"] for one in json.loads(run("doctor", "--json").out)}
        assert findings["database"], part


@pytest.mark.postgres
def test_who_is_not_the_owner_is_told_so(postgres_server, run, logins, monkeypatch, place, tmp_path):
    url = fresh_postgres(postgres_server)
    monkeypatch.setenv("GRADER_DATABASE", url)
    assert run("migrate", "--logins", str(logins)).code == 0
    file = tmp_path / "file"
    assert place("backup", str(file), actor=None).code == 0
    monkeypatch.setenv("GRADER_DATABASE", as_login(url, "web"))
    for command in (["restore", str(file), "--replace"], ["migrate", "--logins", str(logins)]):
        done = run(*command)
        assert done.code == 4
        assert "owner" in done.err
        assert "Traceback" not in done.err


def test_what_cannot_be_done_is_told_in_a_line(place, run, logins, tmp_path):
    assert "up to date" in run("migrate", "--data", str(place.folder)).out
    for command, told in (
        (["--data", str(tmp_path / "none")], "no installation"),
        (["--data", str(place.folder), "--logins", str(logins)], "Only PostgreSQL"),
        (["--data", str(place.folder), "--logins", str(tmp_path)], "cannot be read"),
    ):
        done = run("migrate", *command)
        assert done.code == 2
        assert told in done.err
