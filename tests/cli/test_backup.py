"""``grader backup`` and ``grader restore``: from one installation's folder into another that is empty."""

from __future__ import annotations

import json
from contextlib import closing

from grader.store.engine import Database
from grader.store.migrations import revision, upgrade
from tests.cli.test_marking import TASK, graded


def test_the_gradebook_of_the_restored_installation_is_the_same_to_the_byte(place, run, tmp_path):
    graded(place, "anna", TASK)
    graded(place, "boris", TASK, 2)
    assert place("bonus", "add", "anna", "4", "--reason", "notes").code == 0
    file, other = tmp_path / "course.backup", tmp_path / "other"
    told = run("backup", str(file), "--data", str(place.folder), "--json")
    assert told.code == 0
    assert told.json["parts"]["tables/results.jsonl"]["rows"] == 2
    assert "files/secret" not in told.json["parts"]
    done = run("restore", str(file), "--data", str(other), "--as", "boss")
    assert done.code == 0
    assert "Restored" in done.out
    assert run("course", "show", "--data", str(other)).out == (place.folder / "course.toml").read_text()
    books = [run("gradebook", "show", "--data", str(folder), "--json").out for folder in (place.folder, other)]
    assert books[0] == books[1]
    assert json.loads(books[0])
    assert run("audit", "verify", "--data", str(other)).code == 0
    assert "restore" in run("audit", "show", "--data", str(other)).out


def test_the_secret_comes_along_only_when_it_is_asked_for_and_replaces_none(place, run, tmp_path):
    (place.folder / "secret").write_text("s" * 64)
    file, other = tmp_path / "course.backup", tmp_path / "other"
    assert run("backup", str(file), "--with-secret", "--data", str(place.folder)).code == 0
    assert run("restore", str(file), "--data", str(other)).code == 0
    assert (other / "secret").read_text() == "s" * 64
    assert (other / "secret").stat().st_mode & 0o777 == 0o600
    (other / "secret").write_text("t" * 64)
    told = run("restore", str(file), "--data", str(other), "--replace")
    assert "left as it is" in told.out
    assert (other / "secret").read_text() == "t" * 64
    assert (other / "secret.restored").read_text() == "s" * 64


def test_nothing_is_lost_by_mistake(place, run, tmp_path):
    graded(place, "anna", TASK)
    file = tmp_path / "course.backup"
    assert run("backup", str(file), "--data", str(place.folder)).code == 0
    refused = run("restore", str(file), "--data", str(place.folder))
    assert refused.code == 2
    assert "--replace" in refused.err
    tried = run("restore", str(file), "--data", str(place.folder), "--dry-run", "--json").json
    assert tried["dry_run"]
    assert tried["lost"]["results"] == tried["rows"]["results"] == 1
    older = tmp_path / "older"
    older.mkdir()
    with closing(Database(f"sqlite:///{older / 'grader.db'}")) as old:
        upgrade(old.engine, "0002")
        assert run("restore", str(file), "--data", str(older), "--dry-run").code == 0
        with old.engine.connect() as connection:
            assert revision(connection) == "0002"
    assert run("restore", str(file), "--data", str(tmp_path / "nothing"), "--dry-run").code == 0
    assert not (tmp_path / "nothing").exists()


def test_what_is_no_backup_or_cannot_be_written_is_told_in_a_line(place, run, tmp_path):
    (tmp_path / "text").write_text("no backup")
    for command in (
        ("restore", "text", "no backup"),
        ("restore", "none", "no file"),
        ("backup", "no/where", "cannot be"),
        ("backup", "text/x", "cannot be written"),
    ):
        done = run(command[0], str(tmp_path / command[1]), "--data", str(place.folder))
        assert done.code == 2
        assert command[2] in done.err
        assert "Traceback" not in done.err
