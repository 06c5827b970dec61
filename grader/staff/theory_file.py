"""Theory points from a CSV file: a plan first, which says what would change and what is wrong, then applied.

Columns are found by their names: ``login``, and of ``test``, ``minimum``, ``ticket`` those that there are. An empty
cell changes nothing, ``-`` takes points away.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.core.errors import BadInput
from grader.core.scoring import Formula
from grader.staff.entering import lock
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


def read_text(path: Path) -> str:
    """A file's text, with or without a byte order mark. Raises BadInput."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is no text in UTF-8.") from error


def plan(session: Session, text: str, formula: Formula) -> Plan:
    """What this file would change. Raises BadInput where its head is wrong."""
    head, rows = _table(text)
    students = _students(session, [row[head.index("login")] for _, row in rows if len(row) == len(head)])
    lock(session, [user.id for user in students.values()])
    now_kept = kept(session, [user.id for user in students.values()])
    changes, unchanged, problems, seen = [], 0, list[str](), dict[str, int]()
    for number, row in rows:
        if len(row) != len(head):
            problems.append(f"line {number}: {len(head)} cells are expected, {len(row)} came")
            continue
        cells = dict(zip(head, row, strict=True))
        login = cells["login"].strip().lower()
        user = students.get(login)
        if user is None:
            problems.append(f"line {number}: there is no student {cells['login'].strip()[:60]!r}")
        elif login in seen:
            problems.append(f"line {number}: {login} stands in line {seen[login]} before")
        else:
            before = now_kept[user.id]
            after, wrong = _after(before, cells, formula)
            problems += [f"line {number}: {login}, {error}" for error in wrong]
            changes += [Change(user, before, after)] if after != before else []
            unchanged += after == before
        seen.setdefault(login, number)
    return Plan(changes, unchanged, problems)


def apply(session: Session, planned: Plan, formula: Formula, *, actor: User, now: datetime) -> int:
    """Do what the plan says, all of it; how many students changed. Raises BadInput where it has problems."""
    if planned.problems:
        raise BadInput("Nothing was changed: " + "; ".join(planned.problems) + ".")
    for change in planned.changes:
        set_theory(session, change.user, change.after, formula, actor=actor, now=now)
    return len(planned.changes)


def _table(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, and the lines that are not empty with their numbers."""
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(), delimiter=separator)
    head = [name.strip().lower() for name in next(reader, [])]
    known = ("login", *COLUMNS)
    if "login" not in head or len(head) < 2 or len(set(head)) < len(head) or not set(head) <= set(known):
        raise BadInput(f"The first line must name the columns: login, and some of {', '.join(COLUMNS)}.")
    return head, [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]


def _students(session: Session, logins: Sequence[str]) -> dict[str, User]:
    wanted = {login.strip().lower() for login in logins}
    query = select(User).where(User.role == "student", func.lower(User.login).in_(wanted))
    return {user.login.lower(): user for user in session.scalars(query)}


def _after(before: Theory, cells: dict[str, str], formula: Formula) -> tuple[Theory, list[BadInput]]:
    """The points with a line's cells put in, and what is wrong with which cell."""
    typed = {name: cells.get(name, "").strip() for name in COLUMNS}
    taken = {name: None for name, cell in typed.items() if cell == _TAKE_AWAY}
    given = {name: cell for name, cell in typed.items() if cell and name not in taken}
    values, wrong = read(given, formula)
    changed: dict[str, Any] = {name: getattr(values, name) for name in given}
    return replace(before, **changed, **taken), list(wrong.values())
