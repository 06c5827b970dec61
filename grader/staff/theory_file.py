"""Theory points from a table: a plan first, which says what would change and what is wrong, then applied.

Columns are found by their names (`grader.staff.tables.words`): ``login``, and of ``test``, ``minimum``, ``ticket``
those that there are. An empty cell changes nothing, ``-`` takes points away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.errors import BadInput
from grader.core.scoring import Formula
from grader.staff import csv_file
from grader.staff.csv_file import Chosen, Note
from grader.staff.entering import lock
from grader.staff.tables import words
from grader.staff.theory import COLUMNS, Theory, kept, read, set_theory
from grader.store.models import User

_TAKE_AWAY = "-"


@dataclass(frozen=True)
class Change:
    """One student's points before and after."""

    user: User
    before: Theory
    after: Theory


@dataclass(frozen=True)
class Plan:
    """What a file would change. With ``problems``, a sentence for each bad line, nothing can be applied."""

    changes: list[Change]
    unchanged: int
    problems: list[str]
    notes: list[Note]


def plan(session: Session, text: str, formula: Formula, chosen: Chosen | None = None, *, language: str = "en") -> Plan:
    """What this file would change. Raises BadInput where it is no table with logins and points."""
    table = csv_file.read(text, words.THEORY, ("login",), chosen)
    if len(table.columns) < 2:
        raise csv_file.NoColumns(
            f"There must be columns with points, some of {', '.join(COLUMNS)}.",
            f"Нужны столбцы с баллами: какие-нибудь из {', '.join(COLUMNS)}.",
            table.names,
            next(iter(COLUMNS)),
        )
    students = _students(session, [line.cells["login"] for line in table.lines])
    lock(session, [user.id for user in students.values()])
    now_kept = kept(session, [user.id for user in students.values()])
    changes, unchanged, seen = list[Change](), 0, dict[str, int]()
    problems = dict(table.problems)
    for line in table.lines:
        login = line.cells["login"].lower()
        user, earlier = students.get(login), seen.setdefault(login, line.number)
        if user is None:
            problems[line.number] = Note(f"there is no student {login[:60]!r}", f"студента «{login[:60]}» нет")
        elif earlier != line.number:
            problems[line.number] = Note(
                f"{login} stands in line {earlier} before", f"{login} уже есть в строке {earlier}"
            )
        else:
            before = now_kept[user.id]
            after, wrong = _after(before, line.cells, formula)
            if wrong:
                en, ru = (" ".join(error.told(one) for error in wrong) for one in ("en", "ru"))
                problems[line.number] = Note(f"{login}, {en}", f"{login}, {ru}")
            elif after != before:
                changes.append(Change(user, before, after))
            else:
                unchanged += 1
    return Plan(changes, unchanged, csv_file.in_order(problems, language), table.notes)


def apply(session: Session, planned: Plan, formula: Formula, *, actor: User, now: datetime) -> int:
    """Do what the plan says, all of it; how many students changed. Raises BadInput where it has problems."""
    if planned.problems:
        raise BadInput("Nothing was changed.\n  " + "\n  ".join(planned.problems))
    for change in planned.changes:
        set_theory(session, change.user, change.after, formula, actor=actor, now=now)
    return len(planned.changes)


def _students(session: Session, logins: Sequence[str]) -> dict[str, User]:
    query = select(User).where(User.role == "student", User.login.in_({login.lower() for login in logins}))
    return {user.login: user for user in session.scalars(query)}


def _after(before: Theory, cells: dict[str, str], formula: Formula) -> tuple[Theory, list[BadInput]]:
    """The points with a line's cells put in, and what is wrong with which cell."""
    typed = {name: cells.get(name, "") for name in COLUMNS}
    taken = {name: None for name, cell in typed.items() if cell == _TAKE_AWAY}
    given = {name: cell for name, cell in typed.items() if cell and name not in taken}
    values, wrong = read(given, formula)
    changed: dict[str, Any] = {name: getattr(values, name) for name in given}
    return replace(before, **changed, **taken), list(wrong.values())
