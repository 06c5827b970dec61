"""What a student sees and does. Knows no Flask; takes the session, the actor, the course, the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from grader.core.course import Course, CourseItem
from grader.core.errors import BadInput
from grader.core.gradebook import Mark, Standing, deadline, standing
from grader.core.report import Report, TestResult, student_view
from grader.core.submission import Submission as Content
from grader.harness.intake import accept
from grader.store import jobs, submissions
from grader.store.models import Job, Result, Submission, User
from grader.store.records import records


@dataclass(frozen=True)
class Row:
    """One assignment in the list: its mark, its deadline for this student, how many uploads there were."""

    item: CourseItem
    mark: Mark
    deadline: datetime | None
    over: bool
    uploads: int


@dataclass(frozen=True)
class Upload:
    """One submission in a list."""

    submission: Submission
    job: Job
    result: Result | None


@dataclass(frozen=True)
class Shown:
    """A submission as its reader may see it."""

    submission: Submission
    job: Job
    report: Report | None
    content: Content
    waiting_before: int
    hidden_tests: int


def my_standing(session: Session, course: Course, user: User) -> Standing:
    return standing(course, records(session, [user])[user.id])


def rows(session: Session, course: Course, user: User, now: datetime) -> list[Row]:
    """Every assignment of the course with this student's mark."""
    record = records(session, [user])[user.id]
    counts: dict[str, int] = {}
    for submission, _, _ in submissions.of_student(session, user.id):
        counts[submission.assignment] = counts.get(submission.assignment, 0) + 1
    return [
        Row(item, mark, deadline(item, record), _over(item, deadline(item, record), now), counts.get(item.name, 0))
        for item, mark in zip(course.items, standing(course, record).marks, strict=True)
    ]


def uploads(session: Session, user: User, assignment: str) -> list[Upload]:
    return [Upload(*found) for found in submissions.of_student(session, user.id, assignment)]


def upload(
    session: Session,
    user: User,
    item: CourseItem,
    filename: str,
    content: bytes,
    *,
    secret: str,
    now: datetime,
) -> tuple[Submission, Job]:
    """Take an upload in. Raises BadInput, and then nothing is stored.

    After a task's strict deadline it is taken as practice: graded, and worth nothing.
    """
    if item.assignment is None:
        raise BadInput(
            f"{item.name} is judged on Codeforces: hand it in there.",
            ru=f"{item.name} проверяется на Codeforces: сдавайте решение там.",
        )
    accepted = accept(filename, content, item.assignment)
    record = records(session, [user])[user.id]
    practice = _over(item, deadline(item, record), now) and item.kind == "task"
    return submissions.record(
        session,
        user,
        item.assignment,
        accepted,
        content,
        secret=secret,
        practice=practice,
        team=item.team,
        now=now,
    )


def show(session: Session, course: Course, submission_id: str, viewer: User, now: datetime) -> Shown | None:
    """A submission with its report, cut to what the viewer may see; None when it is not theirs, or not there."""
    found = submissions.find(session, submission_id, viewer=viewer)
    if found is None:
        return None
    submission, job, result = found
    report = submissions.report_of(result) if result is not None else None
    total = len(report.tests) if report is not None else 0
    if report is not None and not viewer.is_staff:
        item = course.item(submission.assignment)
        report = student_view(report, after_due=_over(item, item.deadline, now) if item else False)
    return Shown(
        submission=submission,
        job=job,
        report=report,
        content=submissions.content_of(session, submission_id),
        waiting_before=jobs.position(session, job) if job.state == "queued" else 0,
        hidden_tests=total - len(report.tests) if report is not None else 0,
    )


def progress(
    session: Session, submission_id: str, viewer: User, after: int
) -> tuple[str, list[tuple[int, dict[str, Any]]]]:
    """The state of a submission's job and the tests that have finished since ``after``, for the live view.

    Tests that the student may not see are left out; of the others title, verdict and points are told.
    """
    found = submissions.find(session, submission_id, viewer=viewer)
    if found is None:
        return "absent", []
    _, job, _ = found
    events = submissions.events_after(session, job.id, after)
    visible = [(e.number, e.payload) for e in events if e.fence == job.fence and _may_see(e.payload, viewer)]
    return job.state, visible


def source_line(content: Content, test: TestResult) -> str:
    """The student's own line at which an exception was raised."""
    if test.raised is None or not test.raised.line or test.raised.file not in content.files:
        return ""
    lines: Sequence[str] = content.files[str(test.raised.file)].decode(errors="replace").splitlines()
    return lines[test.raised.line - 1].strip()[:200] if test.raised.line <= len(lines) else ""


def _may_see(payload: dict[str, Any], viewer: User) -> bool:
    return viewer.is_staff or payload.get("visibility", "always") == "always"


def _over(item: CourseItem, until: datetime | None, now: datetime) -> bool:
    return until is not None and now > until
