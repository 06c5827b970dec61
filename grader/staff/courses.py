"""Another course in force: whose marks change by it, and putting it in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.course import Course
from grader.core.errors import BadInput
from grader.staff.mark_changes import MarkChange, Situation, compare
from grader.store import courses
from grader.store.models import CourseVersion, User
from grader.store.records import records

AT_ONCE = 200  # students, whose records are in memory


def whose(session: Session, before: Course, after: Course) -> list[MarkChange]:
    """The marks that change from one course to the other, those that get lower first."""
    changes = [
        change
        for some in _students(session)
        for known in [records(session, some)]
        for change in compare(some, Situation(before, known), Situation(after, known), None)
    ]
    return sorted(changes, key=lambda change: not change.lower)


def apply(
    session: Session, text: str, course: Course, *, instead_of: int, actor: User | None, now: datetime
) -> CourseVersion:
    """Put this text in force, which was read as this course. ``instead_of``: the version that was looked at, or 0.

    Raises BadInput where another one was applied meanwhile, or where nobody says who applies it though somebody could.
    """
    newest = courses.newest(session)
    if (newest.number if newest is not None else 0) != instead_of:
        raise BadInput("Nothing was changed: another course was applied meanwhile. Look once more.")
    if newest is not None and newest.text == text:
        raise BadInput("This course is in force already.")
    if actor is not None and actor.role != "instructor":
        raise BadInput(f"{actor.login} is no instructor of this course.")
    return courses.add(session, text, course, actor=actor.id if actor is not None else "", now=now)


def has_instructor(session: Session) -> bool:
    return session.scalar(select(User.id).where(User.role == "instructor", User.active).limit(1)) is not None


def _students(session: Session) -> Iterator[Sequence[User]]:
    """Everybody who has marks, some at a time."""
    found = session.scalars(select(User).where(User.role == "student", User.active).order_by(User.login)).all()
    for first in range(0, len(found), AT_ONCE):
        yield found[first : first + AT_ONCE]
