"""Another course in force: whose marks change by it, and putting it in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.course import Course
from grader.core.errors import BadInput
from grader.staff import used_extensions
from grader.staff.mark_changes import MarkChange, Situation, compare
from grader.staff.used_extensions import Moves, Used
from grader.store import courses, people
from grader.store.models import CourseVersion, User
from grader.store.records import records

AT_ONCE = 200  # students, whose records are in memory


def whose(session: Session, before: Course, after: Course, *, keep_used: bool) -> Moves:
    """The marks that change from one course to the other, those that get lower first; and the deadlines that were used.

    With ``keep_used`` whoever handed in by a deadline that gets earlier keeps it, and marks are counted so.
    """
    changes: list[MarkChange] = []
    kept: list[Used] = []
    for some in _students(session):
        known = records(session, some)
        was, becomes = Situation(before, known), Situation(after, known)
        mine = used_extensions.used(session, some, was, becomes)
        if keep_used:
            by_user = {user_id: used_extensions.with_kept(record, user_id, mine) for user_id, record in known.items()}
            becomes = Situation(after, by_user)
        changes += compare(some, was, becomes, None)
        kept += mine
    return Moves(sorted(changes, key=lambda change: not change.lower), kept)


def apply(
    session: Session,
    text: str,
    course: Course,
    *,
    instead_of: int,
    kept: Sequence[Used] = (),
    actor: User | None,
    now: datetime,
) -> CourseVersion:
    """Put this text in force, which was read as this course. ``instead_of``: the version that was looked at, or 0.

    The deadlines that are ``kept`` become their students' own, given by the ``actor``, who comes from `instructor`.
    Raises BadInput where another one was applied meanwhile, it is in force already, or nobody is there to give these.
    """
    newest = courses.newest(session)
    if (newest.number if newest is not None else 0) != instead_of:
        raise BadInput("Nothing was changed: another course was applied meanwhile. Look once more.")
    if newest is not None and newest.text == text:
        raise BadInput("This course is in force already.")
    if kept:
        if actor is None:
            raise BadInput("Nothing was changed: only an instructor can leave used deadlines to students.")
        used_extensions.keep(session, kept, actor=actor, now=now)
    return courses.add(session, text, course, actor=actor.id if actor is not None else "", now=now)


def instructor(session: Session, login: str | None) -> User | None:
    """Who applies a course; nobody as long as there is no instructor. Raises BadInput."""
    if login is None:
        if session.scalar(select(User.id).where(User.role == "instructor", User.active).limit(1)) is not None:
            raise BadInput("Say in whose name: --as LOGIN (or GRADER_AS).")
        return None
    user = people.by_login(session, login)
    if user is None or user.role != "instructor" or not user.active:
        raise BadInput(f"{login} is no instructor of this course.")
    return user


def _students(session: Session) -> Iterator[Sequence[User]]:
    """Everybody who has marks, some at a time."""
    found = session.scalars(select(User).where(User.role == "student", User.active).order_by(User.login)).all()
    for first in range(0, len(found), AT_ONCE):
        yield found[first : first + AT_ONCE]
