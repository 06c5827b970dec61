"""Bonus points from a table: a plan first, which says what would be given and what is wrong, then applied.

Columns are found by their names (`grader.staff.tables.words`): ``login``, ``points`` and ``reason``, and perhaps
``kind`` and ``link``. A line whose points are empty gives nothing. An entry that the student has already, with the same
points, kind, reason and link, is not given once more, so that a file can be completed and imported again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.errors import BadInput
from grader.staff import csv_file, entering
from grader.staff.bonus import POINTS, WHAT_FOR, add_bonus, web_link
from grader.staff.csv_file import Chosen, Note
from grader.staff.tables import words
from grader.store.models import BONUS_KINDS, BonusEntry, User

COLUMNS = ("login", "points", "reason", "kind", "link")


@dataclass(frozen=True)
class Entry:
    """What a line gives."""

    user: User
    points: Fraction
    reason: str
    kind: str
    link: str


@dataclass(frozen=True)
class Plan:
    """What a file would give. With ``problems``, a sentence for each bad line, nothing can be applied."""

    entries: list[Entry]
    given_before: int
    problems: list[str]
    notes: list[Note]


def plan(session: Session, text: str, chosen: Chosen | None = None, *, why: str = "", language: str = "en") -> Plan:
    """What this file would give; ``why`` is the reason of lines without one of their own. Raises BadInput."""
    table = csv_file.read(text, words.BONUS, ("login", "points"), chosen)
    students = {user.login: user for user in session.scalars(select(User).where(User.role == "student"))}
    before = _before(session)
    entries, given_before, problems = list[Entry](), 0, dict(table.problems)
    for line in table.lines:
        if not line.cells["points"]:
            continue
        try:
            entry = _entry(students, line.cells, why)
        except BadInput as error:
            problems[line.number] = Note(str(error), error.told("ru"))
            continue
        if before[_same(entry)] > 0:
            before[_same(entry)] -= 1
            given_before += 1
        else:
            entries.append(entry)
    return Plan(entries, given_before, csv_file.in_order(problems, language), table.notes)


def apply(session: Session, planned: Plan, *, actor: User, now: datetime) -> int:
    """Give what the plan says, all of it; how many entries. Raises BadInput where it has problems."""
    if planned.problems:
        raise BadInput("Nothing was changed.\n  " + "\n  ".join(planned.problems))
    for one in planned.entries:
        add_bonus(session, one.user, one.points, one.reason, kind=one.kind, link=one.link, actor=actor, now=now)
    return len(planned.entries)


def _entry(students: dict[str, User], cells: dict[str, str], why: str) -> Entry:
    """What a line gives. Raises BadInput."""
    login, kind = cells["login"].lower(), cells.get("kind", "").lower() or "other"
    user = students.get(login)
    if user is None:
        raise BadInput(f"there is no student {login[:60]!r}", ru=f"студента с логином «{login[:60]}» нет")
    points = entering.points(POINTS, cells["points"], None)
    if points == 0:
        raise BadInput(f"{login}: bonus points must be more than 0", ru=f"{login}: бонус должен быть больше 0")
    if kind not in BONUS_KINDS:
        known = ", ".join(BONUS_KINDS)
        raise BadInput(f"there is no kind of bonus {kind[:40]!r}; there are {known}", ru=f"виды бонуса: {known}")
    return Entry(
        user, points, entering.reason(cells.get("reason") or why, WHAT_FOR), kind, web_link(cells.get("link", ""))
    )


def _before(session: Session) -> Counter[tuple[str, ...]]:
    """How many entries count that are the same, over all students."""
    counting = select(BonusEntry).where(BonusEntry.revoked_at.is_(None))
    return Counter((one.user_id, str(one.points), one.kind, one.reason, one.link) for one in session.scalars(counting))


def _same(entry: Entry) -> tuple[str, ...]:
    return (entry.user.id, str(entry.points), entry.kind, entry.reason, entry.link)
