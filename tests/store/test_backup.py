"""A backup holds a whole course and gives it back, from either kind of database into either."""

from __future__ import annotations

import hashlib
import json
import random
import threading
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, func, select, text
from sqlalchemy.orm import Session

from grader.core.errors import BadInput, OurFault
from grader.core.gradebook import Record
from grader.store import audit, backup, courses, inputs, jobs, people
from grader.store.backup import restoring
from grader.store.backup.rows import LEFT_OUT, plain, tables
from grader.store.engine import Database
from grader.store.migrations import revision, upgrade
from grader.store.models import AuditEntry, Blob, InputKey, Job, Result, Submission, User
from grader.store.records import records
from tests.crowd import Size, fill
from tests.services import fresh_postgres
from tests.store.test_jobs import NOW, claim, report, upload
from tests.store.test_migrations import ROWS
from tests.waiting import until

GOES_ON = {"users": {"session_version", "record_version"}, "jobs": {"fence", "state", "lease_until", "lease_owner"}}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Another database, empty, of each kind in turn."""
    sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'other.db'}"
    with closing(Database(url if sqlite else fresh_postgres(request.getfixturevalue("postgres_server")))) as opened:
        upgrade(opened.engine)
        yield opened


@pytest.fixture
def full(database: Database) -> Database:
    """A course with marks of all kinds, files, a running job and an audit log."""
    fill(database, ["clustering/kmeans", "audio/fourier"], Size(20, 2, 2))
    _, running = upload(database, text="def kmeans(): 'ё'".encode())
    upload(database, "boris")
    assert claim(database, running)
    with database.writing() as session:
        for number in range(3):
            audit.append(session, "boss", "test", f"subject {number}", None, {"n": number, "ё": "1/3"}, now=NOW)
    return database


def written(database: Database, folder: Path) -> Path:
    backup.write(database, folder / "course.backup", {"secret": b"title"}, NOW)
    return folder / "course.backup"


def restore(database: Database, path: Path, **options: Any) -> backup.Restored:
    chosen = {"replace": False, "dry_run": False, "actor": "boss", "now": NOW + timedelta(days=1), **options}
    with backup.opened(path) as opened:
        return backup.restore(database, opened, **chosen)


def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything, but for what goes on from before and for the entry that tells of a restore."""
    found = {}
    with database.engine.connect() as connection:
        for table in tables():
            kept = [column for column in table.columns if column.name not in GOES_ON.get(table.name, ())]
            listed = connection.execute(select(*kept).order_by(*table.primary_key.columns)).all()
            found[table.name] = [tuple(row) for row in listed if "restore" not in row]
    return found


def marks(session: Session) -> dict[str, Record]:
    """What every mark is counted from; attempts in the order of their time."""
    found = records(session, people.listed(session))
    for record in found.values():
        for attempts in record.attempts.values():
            attempts.sort(key=lambda attempt: attempt.submission)
    return found


def test_everything_comes_back_in_either_kind_of_database(full, other, tmp_path):
    restore(other, written(full, tmp_path))
    assert rows(other) == rows(full)
    with full.reading() as before, other.reading() as after:
        assert marks(after) == marks(before)
        assert audit.first_break(after) is None
        assert audit.last(after).action == "restore"


def test_the_course_file_of_a_backup_from_before_it_was_a_row_is_in_force(sqlite, tmp_path):
    backup.write(sqlite, tmp_path / "course.backup", {"course.toml": "[title]  # ё".encode()}, NOW)
    restore(sqlite, tmp_path / "course.backup")
    with sqlite.reading() as session:
        assert [(one.number, one.text) for one in courses.versions(session)] == [(1, "[title]  # ё")]


def test_it_is_for_its_owner_alone_and_holds_the_files_that_it_was_given(full, tmp_path):
    path = written(full, tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    with backup.opened(path) as opened:
        assert opened.file("secret") == b"title"
        assert opened.file("course.toml") is None
        assert opened.count("submissions") == 82
    assert [path.name for path in tmp_path.glob("*.backup*")] == ["course.backup"]


def test_while_others_write_it_holds_one_moment(database, other, tmp_path):
    """Each submission with its job and its files: the restore would fail without them."""
    upload(database)
    done = threading.Event()

    def write() -> None:
        for number in range(10_000):
            if done.is_set():
                return
            upload(database, f"user{number}", f"x = {number}".encode())

    writer = threading.Thread(target=write)
    writer.start()
    try:
        paths = [written(database, tmp_path / str(turn)) for turn in range(5) if not (tmp_path / str(turn)).mkdir()]
    finally:
        done.set()
        writer.join()
    restore(other, paths[-1])
    with other.reading() as session:
        submissions = session.scalar(select(func.count()).select_from(Submission))
        assert submissions == session.scalar(select(func.count()).select_from(Job)) > 0


def flipped(content: bytes) -> bytes:
    at = content.index(b"tables/users.jsonl") + 40
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def with_manifest(**changes: Any) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | changes).encode()
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)

    return change


def with_users(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Another content of a part, and the old hash."""

    def changed(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["tables/users.jsonl"] = change(parts["tables/users.jsonl"])
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)

    return changed


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda path: path.write_bytes(flipped(path.read_bytes())), "damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:-100]), "damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), "damaged"),
        (lambda path: path.write_bytes(b"a text"), "no backup"),
        (lambda path: path.write_bytes(b""), "no backup"),
        (lambda path: path.unlink(), "no file"),
        (with_users(lambda part: part.replace(b"anna", b"eve")), "tables/users.jsonl is not what was written"),
        (with_manifest(format=2), "format 2"),
        (with_manifest(revision="9999"), "newer grader"),
        (with_manifest(parts={"tables/none.jsonl": {"sha256": ""}}), "is missing"),
        (with_manifest(parts=7), "no backup"),
    ],
)
def test_what_is_damaged_or_newer_is_refused_and_changes_nothing(sqlite, tmp_path, damage, told):
    upload(sqlite)
    path = written(sqlite, tmp_path)
    upload(sqlite, "boris")
    before = rows(sqlite)
    damage(path)
    with pytest.raises(BadInput, match=told):
        restore(sqlite, path, replace=True)
    assert rows(sqlite) == before


def test_a_broken_audit_log_is_refused(full, other, tmp_path):
    before = rows(other)
    with full.writing() as session:
        session.get_one(AuditEntry, 2).subject = "another"
    with pytest.raises(BadInput, match="broken at entry 2"):
        restore(other, written(full, tmp_path))
    assert rows(other) == before


def test_what_is_there_is_lost_only_when_that_is_said(database, tmp_path):
    upload(database)
    path = written(database, tmp_path)
    upload(database, "boris")
    with pytest.raises(BadInput, match="not empty"):
        restore(database, path)
    told = restore(database, path, dry_run=True)
    assert (told.rows["users"], told.lost["users"]) == (1, 2)
    assert len(rows(database)["users"]) == 2
    restore(database, path, replace=True)
    assert [row[1] for row in rows(database)["users"]] == ["anna"]
    with database.reading() as session:
        assert audit.last(session).before["rows"]["users"] == 2


def test_a_worker_from_before_stores_nothing_into_what_was_restored_and_log_ins_end(database, tmp_path):
    submission_id, job_id = upload(database)
    held = claim(database, job_id, "old")
    path = written(database, tmp_path)
    with database.reading() as session:
        version = session.scalars(select(User.session_version)).one()
    restore(database, path, replace=True)
    with database.writing() as session:
        assert not jobs.finish(session, held, report(), NOW)
    with database.reading() as session:
        assert session.scalars(select(User.session_version)).one() > version
    later = claim(database, job_id, "new", NOW + timedelta(days=2))
    assert later is not None
    with database.writing() as session:
        assert jobs.finish(session, later, report(), NOW)
        assert not jobs.finish(session, held, report(0), NOW)
    with database.reading() as session:
        assert session.scalars(select(Result.score).where(Result.submission_id == submission_id)).all() == [3]


def of_older_tables(folder: Path, revision: str) -> Path:
    """A backup as a grader with the tables of an earlier revision wrote it: of a student with a submission."""
    parts: dict[str, bytes] = {}
    with closing(Database(f"sqlite:///{folder / 'older.db'}")) as old:
        upgrade(old.engine, "0001")
        with old.engine.begin() as connection:
            for row in ROWS:
                connection.execute(text(row))
        upgrade(old.engine, revision)
        known = MetaData()
        known.reflect(old.engine)
        with old.engine.connect() as connection:
            for table in known.sorted_tables:
                if table.name not in (*LEFT_OUT, "alembic_version"):
                    found = [dict(row) for row in connection.execute(select(table)).mappings()]
                    lines = [json.dumps({name: plain(value) for name, value in row.items()}) + "\n" for row in found]
                    parts[f"tables/{table.name}.jsonl"] = "".join(lines).encode()
    told = {
        name: {"sha256": hashlib.sha256(part).hexdigest(), "rows": part.count(b"\n")} for name, part in parts.items()
    }
    manifest = {"format": 1, "revision": revision, "made_at": NOW.isoformat(), "database": "sqlite", "parts": told}
    with zipfile.ZipFile(folder / "older.backup", "w") as archive:
        for name, part in {**parts, "manifest.json": json.dumps(manifest).encode()}.items():
            archive.writestr(name, part)
    return folder / "older.backup"


@pytest.mark.parametrize("revision", ["0002", "0003"])
def test_one_of_an_older_schema_goes_through_the_migrations_and_keeps_its_seeds(other, tmp_path, revision):
    before = key_of(other)
    restore(other, of_older_tables(tmp_path, revision))
    with other.reading() as session:
        found = session.get_one(Submission, "s1")
        assert (found.seed, found.given_back) == ("y", False)
        assert found.user.login == "anna"
    assert key_of(other) == before


def key_of(database: Database) -> bytes:
    with database.reading() as session:
        return session.scalars(select(InputKey.key)).one()


def test_the_key_of_the_inputs_comes_back_so_the_same_student_meets_the_same_inputs(database, other, tmp_path):
    first, _ = upload(database)
    assert key_of(database) != key_of(other)
    restore(other, written(database, tmp_path))
    assert key_of(database) == key_of(other)
    with other.writing() as session:
        anna = people.by_login(session, "anna")
        again = inputs.seed(session, "clustering/kmeans", anna, team=False)
        assert again == session.get_one(Submission, first).seed


def waiting_for_locks(database: Database) -> int:
    with database.engine.connect() as connection:
        return connection.execute(text("select count(*) from pg_locks where not granted")).scalar() or 0


@pytest.mark.postgres
def test_a_reader_that_goes_from_table_to_table_in_any_order_is_never_in_its_way(postgresql, tmp_path):
    """The reader has one table and asks for another, which a restore that waits for the first has already locked."""
    upload(postgresql)
    path, original, ended = written(postgresql, tmp_path), rows(postgresql), []
    thread = threading.Thread(target=lambda: ended.append(restore(postgresql, path, replace=True)))
    with postgresql.reading() as session:
        session.scalars(select(Result)).all()
        thread.start()
        until(lambda: waiting_for_locks(postgresql))
        for table in tables():
            session.execute(select(func.count()).select_from(table))
    thread.join(timeout=60)
    assert ended
    assert rows(postgresql) == original


@pytest.mark.postgres
def test_behind_a_reader_that_does_not_end_it_is_refused_and_changes_nothing(postgresql, tmp_path, monkeypatch):
    upload(postgresql)
    path, original = written(postgresql, tmp_path), rows(postgresql)
    monkeypatch.setattr(restoring, "LOCK_PATIENCE", 1)
    with postgresql.reading() as session:
        session.scalars(select(Result)).all()
        with pytest.raises(OurFault, match=r"in use .* Nothing was changed"):
            restore(postgresql, path, replace=True)
        with postgresql.writing() as other:  # no lock was left behind
            audit.append(other, "boss", "test", "subject", None, None, now=NOW)
    original["audit"] = rows(postgresql)["audit"]
    assert rows(postgresql) == original


@pytest.mark.postgres
def test_filling_a_table_may_take_longer_than_a_try_to_lock_it(postgresql, tmp_path):
    upload(postgresql)
    path, original = written(postgresql, tmp_path), rows(postgresql)
    with postgresql.writing() as session:
        body = "'begin perform pg_sleep(0.5); return new; end'"
        session.execute(text(f"create function slowly() returns trigger language plpgsql as {body}"))
        session.execute(text("create trigger slow before insert on users for each row execute function slowly()"))
    restore(postgresql, path, replace=True)
    assert rows(postgresql) == original


def test_one_flipped_bit_anywhere_is_refused_or_changes_nothing(sqlite, tmp_path):
    upload(sqlite)
    path = written(sqlite, tmp_path)
    whole = path.read_bytes()
    expected, refused = read(path), 0
    chance = random.Random(5)
    encrypted = whole.index(b"PK\x01\x02") + 8  # where a bit tells that a part is
    places = [(encrypted, 0), *((chance.randrange(len(whole)), chance.randrange(8)) for _ in range(300))]
    for at, bit in places:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :])
        try:
            assert read(path) == expected
        except BadInput:
            refused += 1
    assert refused > 100


def read(path: Path) -> list[Any]:
    with backup.opened(path) as opened:
        return [opened.manifest, opened.file("secret"), *(list(opened.rows(table.name)) for table in tables())]


def test_large_files_are_not_all_in_memory(sqlite, tmp_path):
    size, count = 1 << 20, 40
    with sqlite.writing() as session:
        for number in range(count):
            session.add(Blob(sha256=f"{number:064}", size=size, compressed=bytes([number]) * size))
    with closing(Database(f"sqlite:///{tmp_path / 'other.db'}")) as other:
        upgrade(other.engine)
        tracemalloc.start()
        try:
            restore(other, written(sqlite, tmp_path))
            assert tracemalloc.get_traced_memory()[1] < count * size * 3 / 4
        finally:
            tracemalloc.stop()
        assert rows(other) == rows(sqlite)


def test_a_full_disk_leaves_the_backup_and_the_database_that_were_there(sqlite, small_disk, tmp_path):
    for number in range(12):
        upload(sqlite, f"user{number}", random.Random(number).randbytes(1 << 20))
    kept = small_disk / "course.backup"
    kept.write_bytes(b"of yesterday")
    with pytest.raises(BadInput, match="No space left"):
        written(sqlite, small_disk)
    assert [(path.name, path.read_bytes()) for path in small_disk.iterdir()] == [(kept.name, b"of yesterday")]
    with closing(Database(f"sqlite:///{small_disk / 'grader.db'}")) as full:
        upgrade(full.engine)
        upload(full)
        before = rows(full)
        with pytest.raises(OurFault, match="Nothing was changed"):
            restore(full, written(sqlite, tmp_path), replace=True)
        assert rows(full) == before
        upload(full, "boris")


def test_tables_from_before_are_not_read_as_todays_nor_changed_by_a_dry_run(sqlite, tmp_path):
    with closing(Database(f"sqlite:///{tmp_path / 'old.db'}")) as old:
        upgrade(old.engine, "0001")
        with pytest.raises(BadInput, match=r"older grader \(schema 0001\)"):
            written(old, tmp_path)
        assert not (tmp_path / "course.backup").exists()
        assert restore(old, written(sqlite, tmp_path), dry_run=True).lost == {}
        with old.engine.connect() as connection:
            assert revision(connection) == "0001"


def test_where_it_cannot_be_written_the_file_that_was_there_stays(sqlite, tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadInput, match="cannot be written"):
        backup.write(sqlite, tmp_path / "nowhere" / "x", {}, NOW)
    with pytest.raises(BadInput, match="cannot be written"):
        backup.write(sqlite, tmp_path / "folder", {}, NOW)
    assert [path.name for path in tmp_path.iterdir() if "grader.db" not in path.name] == ["folder"]
