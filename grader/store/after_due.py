"""After the deadline: what was handed in before it, and still waits for the tests that run only then."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import false, select
from sqlalchemy.orm import Session

from grader.core.course import Course, CourseItem
from grader.store.jobs import AFTER_DUE
from grader.store.models import Job, Result, Submission, SubmissionAuthor, User
from grader.store.records import deadlines


def is_due(item: CourseItem, until: datetime | None, now: datetime) -> bool:
    """Whether nothing has to wait for this deadline any more: it is over, or there is none."""
    return until is None or item.is_late(until, now)


def due(session: Session, course: Course, now: datetime) -> list[tuple[str, str]]:
    """Submissions that wait for a deadline that is over for all their authors: ids, and the environments to run in.

    Three queries, however many wait.
    """
    authors = _authors_of_waiting(session)
    own = deadlines(session, list({user.id: user for found in authors.values() for user in found}.values()))
    found = []
    for (submission_id, name), users in authors.items():
        item = course.item(name)
        if item is None or item.assignment is None:
            continue
        if all(is_due(item, item.deadline_for(own[user.id]), now) for user in users):
            found.append((submission_id, item.assignment.environment))
    return found


def _authors_of_waiting(session: Session) -> dict[tuple[str, str], list[User]]:
    """By id and assignment, the submissions whose result lacks the tests that run after the deadline."""
    asked = select(Job.id).where(Job.submission_id == Submission.id, Job.key == AFTER_DUE).exists()
    query = (
        select(Submission.id, Submission.assignment, User)
        .join(Result, Result.id == Submission.result_id)
        .join(SubmissionAuthor, SubmissionAuthor.submission_id == Submission.id)
        .join(User, User.id == SubmissionAuthor.user_id)
        .where(Result.complete == false(), ~asked)
        .order_by(Submission.received_at, Submission.id)
    )
    found: dict[tuple[str, str], list[User]] = defaultdict(list)
    for submission_id, name, user in session.execute(query):
        found[submission_id, name].append(user)
    return found
