"""The application on a real database, with people, and clients that have logged in."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from grader.core.assignment import assignments_folder
from grader.core.report import Raised, Report, TestResult
from grader.core.verdicts import Verdict
from grader.launch.demo import write_course
from grader.store import jobs, people
from grader.store.engine import Database
from grader.store.models import Job
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

    def grade(self, submission_id: str, tests: tuple[TestResult, ...]) -> None:
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
            report = Report("clustering/kmeans", "hidden", tests, "docker", 0.5, provenance={"seed": "s3cr3t-seed"})
            assert jobs.finish(session, held, report, now)


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


@pytest.fixture
def site(sqlite: Database, tmp_path: Path) -> Site:
    now = datetime.now(UTC)
    course = tmp_path / "course.toml"
    write_course(course, assignments_folder(), now - timedelta(days=0))
    with sqlite.writing() as session:
        ids = {
            login: people.add_user(
                session, login, login.title(), role=ROLES[login], group="M1", password=PASSWORDS[login], now=now
            ).id
            for login in ROLES
        }
    settings = Settings(
        database=sqlite.engine.url.render_as_string(), secret="x" * 40, course=course, insecure_http=True
    )
    app = create_app(settings)
    app.config.update(RATELIMIT_ENABLED=True)
    return Site(app, sqlite, ids)


@pytest.fixture
def anna(site: Site) -> FlaskClient:
    return site.client("anna")
