"""The logins of web, worker and sweeper in PostgreSQL: each can do its work, and not the work of another."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from grader.core.errors import BadInput
from grader.store import backup, jobs, people, roles
from grader.store.engine import Database
from grader.store.migrations import upgrade
from grader.store.models import Base, Submission
from tests.services import LOGINS, as_login, fresh_postgres
from tests.store.test_jobs import NOW, claim, upload

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def url(postgres_server: str) -> str:
    """A database with a student and with logins; who changes it puts it back."""
    url = fresh_postgres(postgres_server)
    with closing(Database(url)) as owner:
        upgrade(owner.engine)
        roles.prepare(owner.engine, LOGINS)
        with owner.writing() as session:
            people.add_user(session, "anna", "Anna", password="anna-secret-password", now=NOW)
    return url


@contextmanager
def connected(url: str, part: str) -> Iterator[Connection]:
    with closing(Database(as_login(url, part))) as database, database.engine.connect() as connection:
        yield connection


def allows(url: str, part: str, statement: str) -> bool:
    with connected(url, part) as connection:
        try:
            connection.execute(text(statement))
        except DBAPIError as error:
            if isinstance(error.orig, psycopg.errors.InsufficientPrivilege):
                return False
            raise
        return True


@pytest.mark.parametrize(
    "statement",
    [
        "select password_hash from users",
        "select name from users",
        "select email from users",
        "update users set password_hash = ''",
        "update users set role = 'instructor'",
        "update users set session_version = 1",
        "delete from users",
        "select * from api_tokens",
        "select * from invitations",
        "select * from audit",
        "delete from audit",
        "update results set score = '1'",
        "delete from results",
        "update submissions set received_at = now()",
        "update submissions set seed = ''",
        "select key from input_keys",
        "update jobs set seed = ''",
        "delete from submissions",
        "update blobs set compressed = ''",
        "delete from jobs",
        "update jobs set submission_id = ''",
        "update jobs set queue = ''",
        "delete from job_events",
        "update theory_marks set test = '60'",
        "select * from override_marks",
        "update standings set final = 100",
        "create table mine (a int)",
        "truncate audit",
        "drop table audit",
    ],
)
def test_a_worker_may_not(url: str, statement: str):
    assert not allows(url, "worker", statement)


@pytest.mark.parametrize(
    ("part", "statement"),
    [
        ("web", "update audit set actor = ''"),
        ("web", "delete from audit"),
        ("web", "truncate audit"),
        ("web", "update results set score = '1'"),
        ("web", "insert into results (id) values ('x')"),
        ("web", "update blobs set compressed = ''"),
        ("web", "alter table audit disable trigger all"),
        ("web", "update input_keys set key = ''"),
        ("web", "delete from input_keys"),
        ("web", "insert into input_keys values (2, '')"),
        ("web", "create table mine (a int)"),
        ("sweeper", "select key from input_keys"),
        ("sweeper", "update users set record_version = 1"),
        ("sweeper", "update submissions set result_id = null"),
        ("sweeper", "insert into results (id) values ('x')"),
        ("sweeper", "insert into audit (number) values (1)"),
        ("sweeper", "update jobs set submission_id = ''"),
        ("sweeper", "select * from api_tokens"),
    ],
)
def test_web_and_sweeper_may_not(url: str, part: str, statement: str):
    assert not allows(url, part, statement)


def test_each_may_look_at_what_its_work_begins_with(url: str):
    assert allows(url, "worker", "select id, record_version from users")
    for part in ("worker", "sweeper"):
        assert allows(url, part, "update submissions set costs = false, given_back = true")
    assert allows(url, "sweeper", "select * from users")
    for table in Base.metadata.sorted_tables:
        assert allows(url, "web", f"select * from {table.name}")


@pytest.mark.parametrize("last", ["worker", "sweeper"])
def test_worker_and_sweeper_may_give_an_upload_back(postgres_server: str, last: str):
    """The web takes two uploads in, a worker fails twice, and the worker or the sweeper ends each for good."""
    url = fresh_postgres(postgres_server)
    with closing(Database(url)) as owner:
        upgrade(owner.engine)
        roles.prepare(owner.engine, LOGINS)
    with ExitStack() as stack:
        web, worker, ends = (stack.enter_context(closing(Database(as_login(url, p)))) for p in ("web", "worker", last))
        made = [upload(web, text=text) for text in (b"x = 1", b"x = 2")]
        for _, job_id in made:
            for attempt in range(1, jobs.ATTEMPTS + 1):
                held = claim(worker, job_id, now=NOW + attempt * timedelta(hours=1))
                with worker.writing() as session:
                    assert jobs.add_events(session, held, [{"event": "tests"}])
                with (worker if attempt < jobs.ATTEMPTS else ends).writing() as session:
                    if attempt < jobs.ATTEMPTS or last == "worker":
                        assert jobs.fail(session, held, "the judge ended", NOW)
                    else:
                        assert jobs.take_back(session, jobs.leases(session), NOW)
        with web.reading() as session:
            assert [session.get_one(Submission, one).costs for one, _ in made] == [False, True]


def test_the_webs_login_is_enough_for_a_backup(url: str, tmp_path: Path):
    with closing(Database(as_login(url, "web"))) as web:
        manifest = backup.write(web, tmp_path / "file", {}, NOW)
    assert manifest["parts"]["tables/users.jsonl"]["rows"] == 1


def test_what_was_granted_by_mistake_is_taken_back_and_a_new_password_holds(url: str):
    with closing(Database(url)) as owner:
        with owner.engine.begin() as connection:
            connection.execute(text("grant update on audit to grader_worker"))
            connection.execute(text("grant select (password_hash) on users to grader_worker"))
        assert allows(url, "worker", "select password_hash from users")
        before = _verifier(owner)
        roles.prepare(owner.engine, {"worker": roles.Login("grader_worker", "another")})
        assert _verifier(owner) != before
        assert "another" not in before + _verifier(owner)
    assert not allows(url, "worker", "select password_hash from users")
    assert not allows(url, "worker", "update audit set actor = ''")


def _verifier(owner: Database) -> str:
    with owner.engine.connect() as connection:
        found = connection.execute(text("select rolpassword from pg_authid where rolname = 'grader_worker'"))
        return str(found.scalar())


def test_a_password_file_is_read_as_libpq_reads_it(tmp_path: Path):
    file = tmp_path / "web"
    file.write_text("postgres:5432:grader:grader_web:s3cret\n")
    assert roles.read_login(file) == roles.Login("grader_web", "s3cret")
    for wrong in ("", "s3cret", "a:b:c:d:", "a:b:c:d:e\nf:g:h:i:j", "a:b:c:d:e:f"):
        file.write_text(wrong)
        with pytest.raises(BadInput, match="no password file"):
            roles.read_login(file)
    with pytest.raises(BadInput, match="cannot be read"):
        roles.read_login(tmp_path / "none")


def test_sqlite_has_no_logins(sqlite):
    with pytest.raises(BadInput, match="Only PostgreSQL"):
        roles.prepare(sqlite.engine, {})


def test_deploy_makes_secrets_that_migrate_reads(tmp_path: Path):
    """As root; the script says what to do where it is not."""
    script = Path(__file__).resolve().parents[2] / "deploy" / "secrets"
    first = subprocess.run([script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert first.returncode == (0 if os.getuid() == 0 else 4), first.stderr
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert set(made) == {"grader", "postgres", "owner", "mail", *roles.GRANTS}
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "secrets").iterdir()} == dict.fromkeys(
        made, 0o400
    )
    assert {part: roles.read_login(tmp_path / "secrets" / part).name for part in roles.GRANTS} == {
        part: f"grader_{part}" for part in roles.GRANTS
    }
    assert roles.read_login(tmp_path / "secrets" / "owner") == roles.Login("grader", made["postgres"])
    assert len({*made.values()}) == len(made)
    subprocess.run([script], cwd=tmp_path, capture_output=True, check=False)
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == made
