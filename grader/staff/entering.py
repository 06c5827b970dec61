"""What all that staff enter has in common: whom it is about, for which item, points and reasons as they were typed.

Errors name the field in both languages, since staff read them in the web too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.course import Course, CourseItem
from grader.core.errors import BadInput
from grader.core.lateness import in_zone, moment
from grader.core.scoring import parse, within
from grader.core.similar import did_you_mean
from grader.core.text import clean
from grader.store import people
from grader.store.models import User

_DIGITS = 60  # what the column of an exact number holds
_DOTTED = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}),?[ T](\d\d:\d\d(:\d\d)?)")
_LONGEST = 300  # what the column of a reason holds


@dataclass(frozen=True)
class Name:
    """What a field is called, for an error."""

    en: str
    ru: str


REASON = Name("The reason", "Причина")


def lock(session: Session, user_ids: Iterable[str]) -> None:
    """Hold these people's records until the transaction ends: what is compared now is still so when it is changed.

    Always in the same order, so that two who lock several never wait for each other. SQLite has one writer anyway.
    """
    wanted = select(User.id).where(User.id.in_(set(user_ids))).order_by(User.id).with_for_update()
    session.execute(wanted).all()


def student(session: Session, user_id: str) -> User:
    """The student with this id. Raises BadInput where there is none."""
    found = session.get(User, user_id)
    if found is None or found.role != "student":
        raise BadInput("There is no such student.", ru="Такого студента нет.")
    return found


def student_by_login(session: Session, login: str) -> User:
    """The student with this login. Raises BadInput where there is none."""
    found = people.by_login(session, login)
    if found is None or found.role != "student":
        en, ru = did_you_mean(login, session.scalars(select(User.login).where(User.role == "student")))
        raise BadInput(f"There is no student {login[:60]!r}.{en}", ru=f"Студента с логином «{login[:60]}» нет.{ru}")
    return found


def item(course: Course, name: str) -> CourseItem:
    """An item of the course. Raises BadInput where there is none."""
    found = course.item(name)
    if found is None:
        en, ru = did_you_mean(name, [one.name for one in course.items])
        raise BadInput(
            f"{name[:100]} is not set in this course.{en}", ru=f"{name[:100]}: такого задания в курсе нет.{ru}"
        )
    return found


def lab(course: Course, name: str) -> CourseItem:
    """A lab of the course. Raises BadInput where it is none: only labs are defended."""
    found = course.item(name)
    if found is None or found.kind != "lab":
        raise BadInput(f"{name} is no lab of this course.", ru=f"{name}: такой лабораторной в курсе нет.")
    return found


def points(name: Name, text: str, most: Fraction | None) -> Fraction:
    """Points as typed, from 0 to ``most``. Raises BadInput naming the field."""
    value = parse(name.en, text, ru=name.ru)
    return checked(name, value, most)


def checked(name: Name, value: Fraction, most: Fraction | None) -> Fraction:
    """The same points, if they are from 0 to ``most`` and can be kept exactly. Raises BadInput naming the field."""
    within(name.en, value, most, ru=name.ru)
    if len(str(value)) > _DIGITS:
        raise BadInput(f"{name.en} has too many digits.", ru=f"{name.ru}: слишком много цифр.")
    return value


def reason(text: str, name: Name = REASON) -> str:
    """A reason as typed, in one line. Raises BadInput where it is missing or too long."""
    shown = clean(" ".join(text.split()), limit=10 * _LONGEST)
    if not shown:
        raise BadInput(f"{name.en} is missing.", ru=f"{name.ru}: поле не заполнено.")
    if len(shown) > _LONGEST:
        raise BadInput(
            f"{name.en} is longer than {_LONGEST} characters.", ru=f"{name.ru}: длиннее {_LONGEST} символов."
        )
    return shown


def time(name: Name, text: str, zone: tzinfo) -> datetime:
    """A time as typed: without an offset it is what the clocks of the course's ``zone`` show. Raises BadInput.

    A day alone is refused: whether its beginning or its end was meant cannot be known. Spreadsheets write 14.02.2027
    23:59.
    """
    typed = _DOTTED.sub(r"\3-\2-\1T\4", text.strip())
    try:
        read = datetime.fromisoformat(typed if len(typed) > len("2027-02-14") else "")
    except ValueError:
        raise BadInput(
            f"{name.en}: {typed[:40]!r} is not a time such as 2027-02-14T23:59.",
            ru=f"{name.ru}: «{typed[:40]}» — не время; пишите, например, 2027-02-14T23:59.",
        ) from None
    return moment(read if read.tzinfo is not None else in_zone(read, zone))
