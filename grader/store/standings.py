"""Everybody's standing, counted once for each version of a record: a gradebook of thousands opens at once.

`refresh` counts what is out of date and keeps it, with each mark beside it for lists and statistics; `standings` reads
what is kept. A standing is out of date when the record has another version, or when marks are counted by other rules:
the fingerprint is over all that is set in the course, the kinds of assignments included, and over the code that counts.
Counting happens outside the write transaction: a record that changes meanwhile has a newer version then, and what was
counted is simply old.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Select, and_, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from grader.core.course import Course
from grader.core.fingerprint import of_code, of_value
from grader.core.gradebook import Mark, Standing, standing
from grader.core.scoring import Exam, Points, final_score
from grader.store import kept_figures
from grader.store.engine import Database
from grader.store.listing import IS_STUDENT
from grader.store.models import KeptMark, StandingRow, Submission, SubmissionAuthor, User
from grader.store.records import records

_BATCH = 500  # people at once: what is held in memory is bounded
_EXACT = ("max_points", "points", "share", "weeks", "factor", "defended")
_DEFAULTS = {field.name: field.default for field in fields(Mark)}
_ROOT = Path(__file__).resolve().parents[2]  # where this package lies


def rules(course: Course) -> str:
    """The fingerprint of all that marks are counted by."""
    return of_value([course.fingerprint, of_code(__name__, _ROOT)])


def standings(database: Database, course: Course, users: Sequence[User]) -> dict[str, Standing]:
    """The standings of these people by user id."""
    refresh(database, course, users)
    with database.reading() as session:
        return {row.user_id: _standing(course, row.standing) for row in _kept(session, users)}


def refresh(database: Database, course: Course, users: Sequence[User]) -> int:
    """Count the standings of these people that are out of date; how many."""
    with database.reading() as session:
        versions = _versions(session, users)
        kept = select(StandingRow.user_id, StandingRow.record_version, StandingRow.fingerprint)
        today = rules(course)
        good = {
            user_id
            for user_id, version, by in session.execute(kept.where(StandingRow.user_id.in_(versions)))
            if version == versions[user_id] and by == today
        }
    old = [user for user in users if user.id not in good]
    for first in range(0, len(old), _BATCH):
        _count(database, course, old[first : first + _BATCH])
    return len(old)


def refresh_all(database: Database, course: Course) -> None:
    """From here on what is kept is of all active students, of today, and of nobody else."""
    with database.reading() as session:
        others = session.scalars(select(StandingRow.user_id).where(StandingRow.user_id.in_(_OTHERS))).all()
        old = session.scalars(_out_of_date(course)).all()
    if others:
        _forget(database, others)
    for first in range(0, len(old), _BATCH):
        _count(database, course, old[first : first + _BATCH])


def refresh_some(database: Database, course: Course, most: int) -> int:
    """Count at most so many active students, whoever they are; how many. It runs in the background."""
    with database.reading() as session:
        users = session.scalars(_out_of_date(course).limit(most)).all()
    if users:
        _count(database, course, users)
    return len(users)


def _out_of_date(course: Course) -> Select[User]:
    """Active students whose standing is not kept, or is old; found in two indexes."""
    good = and_(StandingRow.record_version == User.record_version, StandingRow.fingerprint == rules(course))
    kept = select(StandingRow.user_id).where(StandingRow.user_id == User.id, good).exists()
    return select(User).where(User.id.in_(select(User.id).where(IS_STUDENT, ~kept)))


_OTHERS = select(User.id).where(or_(User.role != "student", ~User.active))


def _forget(database: Database, user_ids: Sequence[str]) -> None:
    """Those who have left or changed their role count in no list and no statistics."""
    with database.writing() as session:
        names = session.scalars(select(KeptMark.assignment).where(KeptMark.user_id.in_(user_ids)).distinct()).all()
        for table in (KeptMark, StandingRow):
            session.execute(delete(table).where(table.user_id.in_(user_ids)))
        kept_figures.changed(session, names)


@dataclass
class _Uploads:
    """A student's uploads to an assignment: how many, and which of them have which result."""

    number: int = 0
    results: list[str] = field(default_factory=list)


def _count(database: Database, course: Course, users: Sequence[User]) -> None:
    with database.reading() as session:
        versions = _versions(session, users)  # the same snapshot as the records
        found = records(session, users)
        uploads = _uploads(session, versions)
    rows, marks = [], {}
    for user_id in sorted(versions):  # whoever else counts locks them in the same order
        counted = standing(course, found[user_id])
        rows.append(_row(user_id, versions[user_id], course, counted))
        marks[user_id] = [_mark_row(user_id, mark, uploads[user_id][mark.assignment]) for mark in counted.marks]
    with database.writing() as session:
        _upsert(session, StandingRow, rows, ["user_id"], StandingRow.record_version)
        ours = select(StandingRow.user_id, StandingRow.record_version).where(StandingRow.user_id.in_(versions))
        written = [user_id for user_id, version in session.execute(ours) if version == versions[user_id]]
        changed = _keep_marks(session, {user_id: marks[user_id] for user_id in sorted(written)})
        kept_figures.changed(session, changed)


def _keep_marks(session: Session, marks: Mapping[str, Sequence[dict[str, Any]]]) -> set[str]:
    """Write the marks that are other ones than those that are kept; the assignments that they are of."""
    wanted = {(row["user_id"], row["assignment"]): row for rows in marks.values() for row in rows}
    columns = KeptMark.__table__.columns
    there = {
        (row.user_id, row.assignment): dict(row._mapping)
        for row in session.execute(select(*columns).where(KeptMark.user_id.in_(marks)))
    }
    new = [row for key, row in sorted(wanted.items()) if there.get(key) != row]
    gone = there.keys() - wanted.keys()
    for name in sorted({assignment for _, assignment in gone}):
        users = [user_id for user_id, assignment in gone if assignment == name]
        session.execute(delete(KeptMark).where(KeptMark.assignment == name, KeptMark.user_id.in_(users)))
    if new:
        _upsert(session, KeptMark, new, ["user_id", "assignment"])
    return {row["assignment"] for row in new} | {assignment for _, assignment in gone}


def _upsert(session: Session, table: Any, rows: list[dict[str, Any]], key: list[str], version: Any = None) -> None:
    """Insert rows or put them in the place of those with the same key; not of those of a newer ``version``."""
    kind = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = kind.insert(table)
    values = {column.name: insert.excluded[column.name] for column in table.__table__.columns}
    newer = None if version is None else version <= insert.excluded[version.key]
    session.execute(insert.on_conflict_do_update(index_elements=key, set_=values, where=newer), rows)


def _uploads(session: Session, user_ids: Iterable[str]) -> dict[str, dict[str, _Uploads]]:
    """Everybody's uploads by user id and assignment: one query."""
    query = (
        select(SubmissionAuthor.user_id, Submission.assignment, Submission.id, Submission.result_id)
        .join(Submission, Submission.id == SubmissionAuthor.submission_id)
        .where(SubmissionAuthor.user_id.in_(user_ids))
    )
    found: dict[str, dict[str, _Uploads]] = defaultdict(lambda: defaultdict(_Uploads))
    for user_id, assignment, submission_id, result_id in session.execute(query):
        uploads = found[user_id][assignment]
        uploads.number += 1
        uploads.results.append(f"{submission_id}={result_id or ''}")
    return found


def _mark_row(user_id: str, mark: Mark, uploads: _Uploads) -> dict[str, Any]:
    full = mark.share == 1 if mark.override is None else mark.points == mark.max_points
    results = hashlib.md5(" ".join(sorted(uploads.results)).encode(), usedforsecurity=False).hexdigest()
    return {
        "user_id": user_id,
        "assignment": mark.assignment,
        "state": mark.state,
        "points": float(mark.points),
        "full": full,
        "begun": uploads.number > 0 or mark.state != "none",
        "uploads": uploads.number,
        "submission": mark.submission,
        "results": results,
    }


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
        "fingerprint": rules(course),
        "theory": float(score.theory),
        "practice": float(score.practice),
        "bonus": float(score.bonus),
        "final": float(score.final),
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
