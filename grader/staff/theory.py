"""Theory points: the test and, once one of its parts is there, the exam that replaces it.

`save` takes what was typed into a grid of many students: all of it or nothing, and nothing over what somebody else
has entered meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.errors import BadInput
from grader.core.scoring import Formula, written
from grader.staff.entering import Name, checked, lock, points, student
from grader.store import audit
from grader.store.models import TheoryMark, User
from grader.store.records import touch

COLUMNS = {
    "test": Name("test", "тест"),
    "minimum": Name("exam (term minimum)", "экзамен (теорминимум)"),
    "ticket": Name("exam (ticket)", "экзамен (билет)"),
}


@dataclass(frozen=True)
class Theory:
    """What is known of a student's theory; None is what was not entered. Half an exam was attempted."""

    test: Fraction | None = None
    minimum: Fraction | None = None
    ticket: Fraction | None = None

    @property
    def text(self) -> dict[str, str]:
        """Each value as it is typed."""
        values = {name: getattr(self, name) for name in COLUMNS}
        return {name: "" if value is None else written(value) for name, value in values.items()}


@dataclass(frozen=True)
class Entry:
    """A row of the grid as typed, and as it stood there before; without ``was`` nothing is compared."""

    user_id: str
    typed: dict[str, str]
    was: dict[str, str] | None = None


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row of the grid, and in which column (None: somebody else has changed the row)."""

    user_id: str
    column: str | None
    error: BadInput


def kept(session: Session, user_ids: Collection[str]) -> dict[str, Theory]:
    """What has been entered for these students, by id: one query."""
    found = session.scalars(select(TheoryMark).where(TheoryMark.user_id.in_(user_ids)))
    marks = {mark.user_id: Theory(mark.test, mark.exam_minimum, mark.exam_ticket) for mark in found}
    return {user_id: marks.get(user_id, Theory()) for user_id in user_ids}


def set_theory(session: Session, user: User, theory: Theory, formula: Formula, *, actor: User, now: datetime) -> bool:
    """Enter a student's theory points; whether anything changed. Raises BadInput naming what is out of range."""
    for name, most in _most(formula).items():
        value = getattr(theory, name)
        if value is not None:
            checked(COLUMNS[name], value, most)
    student(session, user.id)
    lock(session, [user.id])
    mark = session.get(TheoryMark, user.id, populate_existing=True)
    before = Theory() if mark is None else Theory(mark.test, mark.exam_minimum, mark.exam_ticket)
    if before == theory:
        return False
    if mark is None:
        mark = TheoryMark(user_id=user.id)
        session.add(mark)
    mark.test, mark.exam_minimum, mark.exam_ticket = theory.test, theory.minimum, theory.ticket
    touch(session, [user.id])
    told = _json(before) if before != Theory() else None
    audit.append(session, actor.id, "theory.set", user.id, told, _json(theory), now=now)
    return True


def read(typed: dict[str, str], formula: Formula) -> tuple[Theory, dict[str, BadInput]]:
    """Theory points as typed, and what is wrong with which of them. An empty field is what was not attempted."""
    values: dict[str, Fraction | None] = {}
    wrong: dict[str, BadInput] = {}
    for name, most in _most(formula).items():
        text = typed.get(name, "").strip()
        try:
            values[name] = points(COLUMNS[name], text, most) if text else None
        except BadInput as error:
            wrong[name] = error
    return Theory(**values), wrong


def save(
    session: Session, entries: Sequence[Entry], formula: Formula, *, actor: User, now: datetime
) -> tuple[int, list[Fault]]:
    """Save rows of the grid: how many changed, or what is wrong, and then nothing was changed.

    A row that its typist has left alone is passed over, whatever it is by now. One that somebody else has changed
    since it was shown is a fault, unless both entered the same.
    """
    changed, faults = [], list[Fault]()
    lock(session, [entry.user_id for entry in entries])
    now_kept = kept(session, [entry.user_id for entry in entries])
    for entry in entries:
        theory, wrong = read(entry.typed, formula)
        faults += [Fault(entry.user_id, column, error) for column, error in wrong.items()]
        was = None if entry.was is None else read(entry.was, formula)[0]
        if wrong or theory in (was, now_kept[entry.user_id]):
            continue
        if was is not None and was != now_kept[entry.user_id]:
            faults.append(Fault(entry.user_id, None, _meanwhile(now_kept[entry.user_id])))
        changed.append((entry.user_id, theory))
    if faults:
        return 0, faults
    for user_id, theory in changed:
        set_theory(session, student(session, user_id), theory, formula, actor=actor, now=now)
    return len(changed), []


def _most(formula: Formula) -> dict[str, Fraction]:
    return {name: getattr(formula, name) for name in COLUMNS}


def _meanwhile(theory: Theory) -> BadInput:
    shown = ", ".join(text or "—" for text in theory.text.values())
    return BadInput(
        f"Somebody else has changed this row meanwhile; it is now: {shown}. Save again to overwrite it.",
        ru=f"Эту строку тем временем изменил кто-то другой; сейчас в ней: {shown}. Сохраните ещё раз, чтобы заменить.",
    )


def _json(theory: Theory) -> dict[str, str | None]:
    values: Iterable[tuple[str, Fraction | None]] = ((f.name, getattr(theory, f.name)) for f in fields(theory))
    return {name: None if value is None else str(value) for name, value in values}
