"""Defences: which labs wait for theirs, and how one went. Assistants and instructors mark them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from grader.core.course import Course, CourseItem
from grader.core.errors import BadInput
from grader.core.gradebook import Mark
from grader.core.lateness import moment
from grader.core.text import clean
from grader.staff.entering import Name, checked, lock, student
from grader.store import audit
from grader.store.engine import Database
from grader.store.models import DefenceMark, User
from grader.store.records import touch
from grader.store.standings import standings

SHARE = Name("share", "доля")
_NOTE = 2000


@dataclass(frozen=True)
class Waiting:
    """A lab that was handed in and not defended yet; ``mark`` tells what it will count."""

    user: User
    item: CourseItem
    mark: Mark


@dataclass(frozen=True)
class Given:
    """A defence, whose it was, and who marked it."""

    mark: DefenceMark
    user: User
    by: User


def waiting(database: Database, course: Course, users: Sequence[User], lab: str | None = None) -> list[Waiting]:
    """The labs of these students that wait for their defence, in the students' order, then the course's."""
    found = standings(database, course, users)
    return [
        Waiting(user, item, mark)
        for user in users
        for item, mark in zip(course.items, found[user.id].marks, strict=True)
        if mark.state == "waiting" and lab in (None, item.name)
    ]


def mark_defended(
    session: Session,
    user: User,
    lab: CourseItem,
    *,
    share: Fraction = Fraction(1),
    note: str = "",
    at: datetime | None = None,
    again: bool = True,
    actor: User,
    now: datetime,
) -> bool:
    """A lab was defended, with this share of its points; whether anything changed. Raises BadInput.

    ``at`` is when it was (now, or when it was marked first). Without ``again``, one that somebody has marked before
    is refused, so that a list which was opened long ago overwrites nothing.
    """
    if lab.kind != "lab":
        raise BadInput(f"{lab.name} is no lab of this course.", ru=f"{lab.name}: такой лабораторной в курсе нет.")
    checked(SHARE, share, Fraction(1))
    if at is not None and moment(at) > moment(now):
        raise BadInput("A defence cannot be in the future.", ru="Защита не может быть в будущем.")
    student(session, user.id)
    lock(session, [user.id])
    mark = session.get(DefenceMark, (user.id, lab.name), populate_existing=True)
    before = None if mark is None else _json(mark)
    if mark is None:
        mark = DefenceMark(user_id=user.id, assignment=lab.name, at=at or now)
        session.add(mark)
    elif not again:
        raise BadInput("This lab was marked as defended before.", ru="Эта защита уже отмечена.")
    elif (mark.share, mark.note, mark.at) == (share, _note(note), at or mark.at):
        return False
    mark.share, mark.note, mark.at, mark.marked_by = share, _note(note), at or mark.at, actor.id
    touch(session, [user.id])
    subject = f"{user.id}/{lab.name}"
    audit.append(session, actor.id, "defence.marked", subject, before, _json(mark), now=now)
    return True


def withdraw(session: Session, user: User, assignment: str, *, actor: User, now: datetime) -> None:
    """The lab waits for its defence again. Raises BadInput where none was marked."""
    lock(session, [user.id])
    mark = session.get(DefenceMark, (user.id, assignment), populate_existing=True)
    if mark is None:
        raise BadInput("This lab was not marked as defended.", ru="Эта защита не отмечена.")
    session.delete(mark)
    session.flush()
    touch(session, [user.id])
    subject = f"{user.id}/{assignment}"
    audit.append(session, actor.id, "defence.withdrawn", subject, _json(mark), None, now=now)


def defences(
    session: Session, *, user_id: str | None = None, group: str | None = None, lab: str | None = None, most: int = 1000
) -> list[Given]:
    """Defences that were marked, newest first."""
    marker = aliased(User)
    query = (
        select(DefenceMark, User, marker)
        .join(User, User.id == DefenceMark.user_id)
        .join(marker, marker.id == DefenceMark.marked_by)
        .order_by(DefenceMark.at.desc(), User.login, DefenceMark.assignment)
        .limit(most)
    )
    if user_id is not None:
        query = query.where(DefenceMark.user_id == user_id)
    if group is not None:
        query = query.where(User.group == group)
    if lab is not None:
        query = query.where(DefenceMark.assignment == lab)
    return [Given(mark, user, by) for mark, user, by in session.execute(query)]


def _note(text: str) -> str:
    return clean(text.strip().replace("\r\n", "\n"), limit=_NOTE)


def _json(mark: DefenceMark) -> dict[str, str]:
    return {"share": str(mark.share), "at": moment(mark.at).isoformat()}
