"""Whose marks change by what staff are about to do, so that it can be told before it is done.

A deadline that is moved, a student who changes group, and another course are all of one kind: before and after it there
is a `Situation`, and marks are counted in both. A deadline that is still to come and gets earlier is told as well,
though no mark changes yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.course import Course, CourseItem
from grader.core.gradebook import Mark, Record, deadline, mark
from grader.core.lateness import moment
from grader.store.engine import Database
from grader.store.models import User

Made = TypeVar("Made")


@dataclass(frozen=True)
class Situation:
    """What marks are counted by: a course, and the records of some people by user id."""

    course: Course
    records: Mapping[str, Record]


@dataclass(frozen=True)
class Side:
    """An item of one student before the change, or after it; without a mark where the course does not have it."""

    mark: Mark | None
    deadline: datetime | None

    @property
    def points(self) -> Fraction:
        return self.mark.points if self.mark is not None else Fraction(0)


@dataclass(frozen=True)
class MarkChange:
    """A mark that changes, or a deadline still to come that gets ``earlier``."""

    user: User
    assignment: str
    before: Side
    after: Side
    earlier: bool = False

    @property
    def lower(self) -> bool:
        """Whether the mark gets lower, so that somebody must have said that it is meant."""
        return self.after.points < self.before.points


def compare(users: Iterable[User], before: Situation, after: Situation, now: datetime | None) -> list[MarkChange]:
    """What changes for these people, by login and then in the order of the course.

    Without ``now`` only marks are compared: whoever moves a deadline of somebody's knows that it moves.
    """
    changes = [
        change
        for user in sorted(users, key=lambda user: user.login)
        for name in _names(before.course, after.course)
        if (change := _change(user, name, before, after, now)) is not None
    ]
    return changes


def attempt(
    database: Database,
    change: Callable[[Session], tuple[Made, list[MarkChange]]],
    agreed: Callable[[list[MarkChange]], bool],
) -> tuple[Made, list[MarkChange], bool]:
    """Make a change where what it changes is ``agreed``, else nothing: what it returned, what it changes, whether it is
    made.

    Nobody is asked in here, since a transaction must not wait for a person: whoever does not agree asks afterwards,
    and tries once more.
    """
    with database.writing() as session:
        made, changes = change(session)
        good = agreed(changes)
        if not good:
            session.expunge_all()  # what was loaded is still to be shown
            session.rollback()
    return made, changes, good


def digest(changes: Iterable[MarkChange], reopened: Iterable[CourseItem] = ()) -> str:
    """What was shown, in a word: whoever agrees agrees to this and to nothing else.

    ``reopened`` are the assignments whose reference solution students could read already.
    """
    told = [
        (one.user.id, one.assignment, str(one.before.points), str(one.after.points), str(one.after.deadline))
        for one in changes
    ]
    names = [item.name for item in reopened]
    return hashlib.sha256(repr((told, names)).encode()).hexdigest()[:32]


def students(session: Session, user_ids: Collection[str]) -> list[User]:
    """Those of these people who have marks."""
    return list(session.scalars(select(User).where(User.id.in_(user_ids), User.role == "student")))


def _names(*courses: Course) -> list[str]:
    return list(dict.fromkeys(item.name for course in courses for item in course.items))


def _change(user: User, name: str, before: Situation, after: Situation, now: datetime | None) -> MarkChange | None:
    """The change of one item, if there is one. Where neither item nor deadline differ, nothing is counted."""
    items = before.course.item(name), after.course.item(name)
    due = _due(items[0], before.records[user.id]), _due(items[1], after.records[user.id])
    if due[0] == due[1] and before.course.fingerprint == after.course.fingerprint:
        return None
    was, becomes = (
        Side(mark(there.course, item, there.records[user.id]) if item is not None else None, until)
        for there, item, until in zip((before, after), items, due, strict=True)
    )
    earlier = now is not None and items[1] is not None and _is_earlier(items[1], *due, now)
    return MarkChange(user, name, was, becomes, earlier) if earlier or was.points != becomes.points else None


def _due(item: CourseItem | None, record: Record) -> datetime | None:
    return deadline(item, record) if item is not None else None


def _is_earlier(item: CourseItem, before: datetime | None, after: datetime | None, now: datetime) -> bool:
    """Whether a deadline that is not over gets earlier; one where there was none is earlier."""
    if after is None or (before is not None and moment(after) >= moment(before)):
        return False
    return not item.is_late(before, now)
