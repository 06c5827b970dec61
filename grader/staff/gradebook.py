"""The whole gradebook, one student's transcript and one submission's report, as `grader.reports` takes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.course import Course
from grader.core.errors import BadInput
from grader.core.report import Report
from grader.reports import gradebook
from grader.reports.gradebook import Student
from grader.reports.spreadsheet import to_xlsx
from grader.reports.transcript import Bonus, Transcript, transcript
from grader.store import people
from grader.store.engine import Database
from grader.store.models import BonusEntry, Result, Submission, User
from grader.store.records import records
from grader.store.standings import standings
from grader.store.submissions import report_of

# The files that the gradebook can be had as: name, ending, kind of content.
FORMATS = {
    "csv": ("csv", "text/csv; charset=utf-8"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("json", "application/json"),
    "canvas": ("csv", "text/csv; charset=utf-8"),
    "moodle": ("csv", "text/csv; charset=utf-8"),
}
_TEXTS: dict[str, Callable[[Course, list[Student]], str]] = {
    "csv": lambda course, students: (
        "\ufeff" + gradebook.to_csv(course, students)
    ),  # the mark tells Excel that it is UTF-8
    "canvas": gradebook.to_canvas,
    "moodle": gradebook.to_moodle,
}


def everybody(database: Database, course: Course) -> list[Student]:
    """All active students with their standings, by group and name."""
    with database.reading() as session:
        users = people.students(session)
    found = standings(database, course, users)
    return [Student(user.login, user.name, user.group, user.email, found[user.id]) for user in users]


def export(database: Database, course: Course, kind: str, *, language: str = "en") -> bytes:
    """The gradebook as one of FORMATS."""
    return written(course, everybody(database, course), kind, language=language)


def written(course: Course, students: list[Student], kind: str, *, language: str = "en") -> bytes:
    """These students' marks as one of FORMATS."""
    if kind == "xlsx":
        return to_xlsx(course, students, language=language)
    if kind == "json":
        return (json.dumps(gradebook.to_json(course, students), ensure_ascii=False, indent=1) + "\n").encode()
    return _TEXTS[kind](course, students).encode()


def transcript_of(session: Session, course: Course, user: User, now: datetime) -> Transcript:
    """Everything that a student's final score comes from."""
    given = select(BonusEntry).where(BonusEntry.user_id == user.id, BonusEntry.revoked_at.is_(None))
    bonus = [
        Bonus(entry.points, entry.reason, entry.created_at)
        for entry in session.scalars(given.order_by(BonusEntry.created_at))
    ]
    person = {"login": user.login, "name": user.name, "group": user.group}
    return transcript(course, person, records(session, [user])[user.id], bonus, now)


def report_on(session: Session, submission_id: str) -> Report:
    """The report that counts for a submission, whole. Raises BadInput where there is none."""
    query = select(Result).join(Submission, Submission.result_id == Result.id).where(Submission.id == submission_id)
    result = session.scalar(query)
    if result is None:
        raise BadInput(
            f"There is no submission {submission_id} with a result.",
            ru=f"Нет загрузки {submission_id}, у которой был бы результат.",
        )
    return report_of(result)
