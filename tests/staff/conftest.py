"""A course with two labs and two tasks, its people, and a graded upload, on each database in turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from grader.core.assignment import assignments_folder, load
from grader.core.course import Course, CourseItem
from grader.core.gradebook import Mark, Record
from grader.core.report import Report, TestResult
from grader.core.submission import Submission as Content
from grader.core.verdicts import Verdict
from grader.store import jobs, people, submissions
from grader.store.engine import Database
from grader.store.models import AuditEntry, User
from grader.store.records import records
from grader.store.standings import standings

F = Fraction
NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
DUE = NOW + timedelta(days=10)
LAB, TASK = "sequences/lstm", "clustering/kmeans"
TITLE = {"en": "A title", "ru": "Название"}
FOLDER: Path = assignments_folder()


def course_item(name: str, points: int, deadline: datetime | None) -> CourseItem:
    assignment = load(name, FOLDER)
    return CourseItem(name, assignment.kind, TITLE, F(points), deadline, assignment=assignment)


COURSE = Course(TITLE, ZoneInfo("Europe/Moscow"), (course_item(LAB, 40, DUE), course_item(TASK, 15, DUE)), sha256="one")


@dataclass
class Term:
    """A running course: its database and people by login."""

    database: Database
    users: dict[str, User]

    def upload(self, login: str, name: str, points: int = 3, at: datetime = NOW) -> str:
        """A graded upload with this many of four points; its id."""
        with self.database.writing() as session:
            assignment, source = load(name, FOLDER), f"# {login} {points}".encode()
            submission, job = submissions.record(
                session, self.users[login], assignment, Content("a.py", {"a.py": source}), source, now=at
            )
            held = jobs.claim(session, job.id, "worker", at)
            test = TestResult("t", Verdict.PASSED, F(points), F(4))
            made = Report(name, "hidden", (test,), "docker", 0.1, provenance={"suite_sha256": "abc"})
            assert jobs.finish(session, held, made, at)
            return submission.id

    def mark(self, login: str, name: str) -> Mark:
        """A mark as the gradebook shows it."""
        found = standings(self.database, COURSE, [self.users[login]])[self.users[login].id]
        return next(mark for mark in found.marks if mark.assignment == name)

    def record(self, login: str) -> Record:
        with self.database.reading() as session:
            return records(session, [self.users[login]])[self.users[login].id]

    def log(self) -> list[AuditEntry]:
        """The audit log from the moment on when everybody was there."""
        with self.database.reading() as session:
            entries = session.query(AuditEntry).order_by(AuditEntry.number).all()
            return [entry for entry in entries if entry.action not in ("user.added", "submission.received")]


@pytest.fixture
def term(database: Database) -> Term:
    roles = {"anna": "student", "boris": "student", "clara": "student", "tutor": "assistant", "boss": "instructor"}
    groups = {"anna": "M1", "boris": "M1", "clara": "M2"}
    with database.writing() as session:
        users = {
            login: people.add_user(
                session, login, login.title(), role=role, group=groups.get(login, ""), password=None, now=NOW
            )
            for login, role in roles.items()
        }
    return Term(database, users)
