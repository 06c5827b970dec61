"""Defences: which labs wait for theirs, and how one went. Assistants and instructors mark them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, aliased

from grader.core.course import Course, CourseItem
from grader.core.errors import BadInput
from grader.core.gradebook import Mark
from grader.core.lateness import moment
from grader.core.text import clean
from grader.staff.entering import Name, checked, lock, student
from grader.store import audit
from grader.store.engine import Database
from grader.store.listing import IS_STUDENT
from grader.store.models import DefenceMark, KeptMark, User
from grader.store.records import touch
from grader.store.standings import refresh_all, standings

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


@dataclass(frozen=True)
class WaitingPage:
    """A page of the labs that wait, its number, how many pages and labs there are."""

    lines: list[Waiting]
    number: int
    pages: int
    total: int


def waiting(database: Database, course: Course, *, group: str | None = None, lab: str | None = None) -> list[Waiting]:
    """The labs that wait for their defence, of all active students or a group's: in the order of `waiting_page`."""
    return waiting_page(database, course, group=group, lab=lab).lines


def waiting_page(
    database: Database,
    course: Course,
    *,
    group: str | None = None,
    lab: str | None = None,
    number: int = 1,
    size: int | None = None,
) -> WaitingPage:
    """So many of the labs that wait, by group and name of the student, then as in the course; all without ``size``."""
    refresh_all(database, course)
    order = {item.name: place for place, item in enumerate(course.items)}
    with database.reading() as session:
        conditions = [KeptMark.state == "waiting", IS_STUDENT]
        conditions += [User.group == group] if group is not None else []
        conditions += [KeptMark.assignment == lab] if lab is not None else []
        joined = select(KeptMark.user_id, KeptMark.assignment).join(User, User.id == KeptMark.user_id)
        query = joined.where(*conditions).order_by(User.group, User.name, User.login)
        total = _number(session, conditions, group)
        pages = 1 if size is None else max(1, -(-total // size))
        number = min(max(1, number), pages)
        if size is not None:
            query = query.offset((number - 1) * size).limit(size)
        query = query.order_by(case(order, value=KeptMark.assignment, else_=len(order)))
        rows = session.execute(query).all()
        users = {user.id: user for user in session.scalars(select(User).where(User.id.in_({row[0] for row in rows})))}
    found = standings(database, course, list(users.values()))
    lines = [
        Waiting(users[user_id], course.items[order[name]], found[user_id].marks[order[name]]) for user_id, name in rows
    ]
    return WaitingPage(lines, number, pages, total)


def _number(session: Session, conditions: Sequence[ColumnElement[bool]], group: str | None) -> int:
    """How many labs wait; without a group nobody's name has to be looked up, since only active students' are kept."""
    query = select(func.count()).select_from(KeptMark)
    if group is None:
        conditions = [one for one in conditions if one is not IS_STUDENT]
    else:
        query = query.join(User, User.id == KeptMark.user_id)
    return session.scalar(query.where(*conditions)) or 0


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
