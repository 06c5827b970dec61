"""The application on a real database, with people, and clients that have logged in."""

from __future__ import annotations

import html
import io
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import select

from grader.core.report import Raised, Report, TestResult
from grader.core.verdicts import Verdict
from grader.store import jobs, people, roles
from grader.store.engine import Database
from grader.store.models import Job, User
from tests.in_force import put_in_force, small_course
from tests.services import LOGINS, as_login, postgres_with_tables, sqlite_with_tables
from web import Settings, create_app

PASSWORDS = {login: f"{login}-secret-password" for login in ("anna", "boris", "tutor", "boss")}
ROLES = {"anna": "student", "boris": "student", "tutor": "assistant", "boss": "instructor"}
SOURCE = b"def kmeans(X, start, max_iter=300):\n    return broken\n"


@dataclass
class Site:
    app: Flask
    database: Database
    ids: dict[str, str]

    def client(self, login: str | None = None, language: str = "en") -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
        if login is not None:
            answer = post(client, "/login", {"login": login, "password": PASSWORDS[login]}, page="/login")
            assert answer.status_code == 302
        return client

    def upload(self, client: FlaskClient, name: str = "mine.py", content: bytes = SOURCE) -> Any:
        page = "/assignments/clustering/kmeans"
        return post(client, page, {"file": (io.BytesIO(content), name)}, page=page)

    def grade(self, submission_id: str, tests: tuple[TestResult, ...], **facts: Any) -> None:
        """Store a report as a worker would."""
        now = datetime.now(UTC)
        with self.database.writing() as session:
            job = session.query(Job).filter_by(submission_id=submission_id).one()
            held = jobs.claim(session, job.id, "test", now)
            assert held is not None
            events = [
                {"event": "test", "name": t.name, "title": dict(t.title), "visibility": t.visibility,
                 "verdict": str(t.verdict), "points": int(t.points), "max_points": int(t.max_points), "seconds": 0.1}
                for t in tests
            ]  # fmt: skip
            jobs.add_events(session, held, [{"event": "tests", "count": len(tests)}, *events])
            facts = {"provenance": {"seed": "s3cr3t-seed"}, **facts}
            report = Report("clustering/kmeans", "hidden", tests, "docker", 0.5, **facts)
            assert jobs.finish(session, held, report, now)

    def break_down(self, submission_id: str) -> None:
        """Three faults of ours after the tests began, as a worker tells them."""
        now = datetime.now(UTC)
        with self.database.writing() as session:
            job = session.query(Job).filter_by(submission_id=submission_id).one()
            for hours in range(jobs.ATTEMPTS):
                held = jobs.claim(session, job.id, "test", now + timedelta(hours=hours))
                assert held is not None
                jobs.add_events(session, held, [{"event": "tests", "count": 3}])
                assert jobs.fail(session, held, "the judge <ended>", now + timedelta(hours=hours))


TESTS = (
    TestResult("test_a", Verdict.PASSED, Fraction(2), Fraction(2), 0.123, {"en": "First", "ru": "Первый"}),
    TestResult(
        "test_b", Verdict.ERROR, Fraction(0), Fraction(1), 0.2, {"en": "Second", "ru": "Второй"},
        {"en": "a helpful hint", "ru": "полезная подсказка"},
        raised=Raised("NameError", "mine.py", 2, "hidden text <b>"), message="hidden message",
    ),
    TestResult("test_c", Verdict.FAILED, Fraction(0), Fraction(1), title={"en": "Later", "ru": "Потом"}, visibility="staff"),  # noqa: E501
)  # fmt: skip


def token_of(client: FlaskClient, page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)
    assert found is not None, f"no form on {page}"
    return found.group(1)


def post(client: FlaskClient, path: str, fields: dict[str, Any], *, page: str) -> Any:
    """Post a form with the token of the page that it stands on."""
    return client.post(path, data={"csrf_token": token_of(client, page), **fields})


def sent_by(page: str, form: str) -> dict[str, Any]:
    """What a form of this page sends, as a browser would: the fields, and the options that are selected."""
    inner = re.search(rf'<form[^>]*>(?:(?!</form>).)*name="form" value="{form}".*?</form>', page, re.DOTALL).group(0)
    fields: dict[str, Any] = defaultdict(list)
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inner):
        fields[name].append(html.unescape(value))
    for name, options in re.findall(r'<select [^>]*name="([^"]+)">(.*?)</select>', inner, re.DOTALL):
        chosen = re.search(r"<option selected>(.*?)</option>", options)
        fields[name].append(html.unescape(chosen.group(1)) if chosen else "")
    fields["text"] = re.search(r'<textarea name="text" hidden>\n(.*?)</textarea>', inner, re.DOTALL).group(1)
    fields["text"] = html.unescape(fields["text"])
    return dict(fields)


# In PostgreSQL the web has a login of its own, and not all rights: what these do is tried there too.
WRITE = {
    "test_api",
    "test_codeforces",
    "test_costs",
    "test_marking",
    "test_people",
    "test_regrades",
    "test_same_upload",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "site" in metafunc.fixturenames and metafunc.module.__name__.rpartition(".")[2] in WRITE:
        both = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
        metafunc.parametrize("site", both, indirect=True)


class _Templates(BytecodeCache):
    """Templates as they were compiled for an earlier test: each test has an application of its own."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = _Templates()


@cache
def _with_people() -> bytes:
    """An SQLite file with today's tables and everybody in it, to copy."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grader.db"
        with closing(sqlite_with_tables(path)) as database:
            _add_people(database)
        return path.read_bytes()


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    kind = getattr(request, "param", "sqlite")
    if kind == "sqlite":
        url = web = f"sqlite:///{tmp_path / 'grader.db'}"
        (tmp_path / "grader.db").write_bytes(_with_people())
    else:
        url = postgres_with_tables(request.getfixturevalue("postgres_server"))
        web = as_login(url, "web")
    with closing(Database(url)) as database:
        if kind == "postgresql":
            roles.prepare(database.engine, LOGINS)
            _add_people(database)
        put_in_force(database, small_course(datetime.now(UTC)))
        with database.reading() as session:
            ids = {user.login: user.id for user in session.scalars(select(User))}
        app = create_app(Settings(database=web, secret="x" * 40, insecure_http=True))
        app.config.update(RATELIMIT_ENABLED=True)
        app.jinja_env.bytecode_cache = TEMPLATES
        yield Site(app, database, ids)


def _add_people(database: Database) -> None:
    now = datetime.now(UTC)
    with database.writing() as session:
        for login, role in ROLES.items():
            password = PASSWORDS[login]
            people.add_user(session, login, login.title(), role=role, group="M1", password=password, now=now)


@pytest.fixture
def anna(site: Site) -> FlaskClient:
    return site.client("anna")
