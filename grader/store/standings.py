"""Everybody's standing, counted once for each version of a record: a gradebook of thousands opens at once.

`refresh` counts what is out of date and keeps it; `of` and `page` read what is kept. Counting happens outside the
write transaction: a record that changes meanwhile has a newer version then, and what was counted is simply old.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from grader.core.course import Course
from grader.core.gradebook import Mark, Standing, standing
from grader.core.scoring import Exam, Points, final_score
from grader.store.engine import Database
from grader.store.models import StandingRow, User
from grader.store.records import records

_BATCH = 500  # people at once: what is held in memory is bounded
_EXACT = ("max_points", "points", "share", "weeks", "factor", "defended")
_DEFAULTS = {field.name: field.default for field in fields(Mark)}


def standings(database: Database, course: Course, users: Sequence[User]) -> dict[str, Standing]:
    """The standings of these people by user id."""
    refresh(database, course, users)
    with database.reading() as session:
        return {row.user_id: _standing(course, row.standing) for row in _kept(session, users)}


def sort_keys(database: Database, course: Course, users: Sequence[User], column: str) -> dict[str, float]:
    """A number by user id to sort by: theory, practice, bonus, final, or an assignment's name."""
    refresh(database, course, users)
    totals = {"T": StandingRow.theory, "P": StandingRow.practice, "B": StandingRow.bonus, "final": StandingRow.final}
    wanted = [user.id for user in users]
    with database.reading() as session:
        if column in totals:
            query = select(StandingRow.user_id, totals[column]).where(StandingRow.user_id.in_(wanted))
            return dict(session.execute(query).all())
        points = select(StandingRow.user_id, StandingRow.points[column].as_float())
        found = session.execute(points.where(StandingRow.user_id.in_(wanted)))
        return {user_id: value or 0.0 for user_id, value in found}


def refresh(database: Database, course: Course, users: Sequence[User]) -> int:
    """Count the standings of those whose record, or whose course file, is newer than what is kept; how many."""
    with database.reading() as session:
        versions = _versions(session, users)
        kept = select(StandingRow.user_id, StandingRow.record_version, StandingRow.course_sha256)
        good = {
            user_id
            for user_id, version, sha256 in session.execute(kept.where(StandingRow.user_id.in_(versions)))
            if version == versions[user_id] and sha256 == course.sha256
        }
    old = [user for user in users if user.id not in good]
    for first in range(0, len(old), _BATCH):
        _count(database, course, old[first : first + _BATCH])
    return len(old)


def refresh_some(database: Database, course: Course, most: int) -> int:
    """The same for at most so many active students, whoever they are; how many. It runs in the background."""
    good = (StandingRow.record_version == User.record_version) & (StandingRow.course_sha256 == course.sha256)
    query = select(User).outerjoin(StandingRow, StandingRow.user_id == User.id)
    old = query.where(User.role == "student", User.active, StandingRow.user_id.is_(None) | ~good).limit(most)
    with database.reading() as session:
        users = session.scalars(old).all()
    if users:
        _count(database, course, users)
    return len(users)


def _count(database: Database, course: Course, users: Sequence[User]) -> None:
    with database.reading() as session:
        versions = _versions(session, users)  # the same snapshot as the records
        found = records(session, users)
    rows = [_row(user.id, versions[user.id], course, standing(course, found[user.id])) for user in users]
    with database.writing() as session:
        kind = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        insert = kind.insert(StandingRow)
        values = {column.name: insert.excluded[column.name] for column in StandingRow.__table__.columns}
        newer = StandingRow.record_version <= insert.excluded.record_version
        session.execute(insert.on_conflict_do_update(index_elements=["user_id"], set_=values, where=newer), rows)


def _versions(session: Session, users: Iterable[User]) -> dict[str, int]:
    wanted = [user.id for user in users]
    query = select(User.id, User.record_version).where(User.id.in_(wanted))
    return dict(session.execute(query).all())


def _kept(session: Session, users: Iterable[User]) -> list[StandingRow]:
    wanted = [user.id for user in users]
    return list(session.scalars(select(StandingRow).where(StandingRow.user_id.in_(wanted))))


def _row(user_id: str, version: int, course: Course, counted: Standing) -> dict[str, Any]:
    score = counted.score
    return {
        "user_id": user_id,
        "record_version": version,
        "course_sha256": course.sha256,
        "theory": float(score.theory),
        "practice": float(score.practice),
        "bonus": float(score.bonus),
        "final": float(score.final),
        "points": {mark.assignment: float(mark.points) for mark in counted.marks},
        "standing": {"marks": [_mark_json(mark) for mark in counted.marks], "points": _points_json(counted.points)},
    }


def _mark_json(mark: Mark) -> dict[str, Any]:
    """Only what differs from a mark of nothing, since most marks are that."""
    told = {}
    for name, default in _DEFAULTS.items():
        value = getattr(mark, name)
        if value is not default and value != default:
            told[name] = str(value) if name in _EXACT else value
    return told


def _points_json(points: Points) -> dict[str, Any]:
    exam = points.exam
    exact = {name: str(getattr(points, name)) for name in ("test", "labs", "tasks", "bonus")}
    return {**exact, "exam": [str(exam.minimum), str(exam.ticket)] if exam is not None else None}


def _standing(course: Course, kept: dict[str, Any]) -> Standing:
    marks = tuple(_mark(told) for told in kept["marks"])
    told = kept["points"]
    exam = Exam(*map(Fraction, told["exam"])) if told["exam"] else None
    exact = {name: Fraction(told[name]) for name in ("test", "labs", "tasks", "bonus")}
    points = Points(exam=exam, **exact)
    return Standing(marks, points, final_score(points, course.formula))


def _mark(kept: dict[str, Any]) -> Mark:
    values: dict[str, Any] = {name: _parsed(value) if name in _EXACT else value for name, value in kept.items()}
    return Mark(**values)


@lru_cache(maxsize=65_536)
def _parsed(text: str) -> Fraction:
    return Fraction(text)
