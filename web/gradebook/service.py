"""The gradebook: everybody's standing in a constant number of queries. Knows no Flask."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from grader.core.course import Course
from grader.core.gradebook import Standing
from grader.core.scoring import rounded
from grader.store import people
from grader.store.engine import Database
from grader.store.models import User
from grader.store.standings import sort_keys, standings

PAGE = 100
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Line:
    """One student's line."""

    user: User
    standing: Standing


@dataclass(frozen=True)
class Page:
    """One page of the gradebook, sorted."""

    lines: list[Line]
    number: int
    pages: int
    total: int
    sort: str


def page(database: Database, course: Course, *, sort: str = "name", number: int = 1) -> Page:
    """A page of 100 students, sorted by a column: name, group, T, P, B, final, or an assignment's name.

    A column with a minus before it is sorted downwards.
    """
    with database.reading() as session:
        users = people.students(session)
    key, downwards = sort.removeprefix("-"), sort.startswith("-")
    users.sort(key=_sort_key(database, course, users, key), reverse=downwards)
    pages = max(1, -(-len(users) // PAGE))
    number = min(max(1, number), pages)
    shown = users[(number - 1) * PAGE : number * PAGE]
    return Page(_lines(database, course, shown), number, pages, len(users), sort)


def all_lines(database: Database, course: Course) -> list[Line]:
    """Everybody, by group and name."""
    with database.reading() as session:
        users = people.students(session)
    return _lines(database, course, users)


def _lines(database: Database, course: Course, users: Sequence[User]) -> list[Line]:
    found = standings(database, course, users)
    return [Line(user, found[user.id]) for user in users]


def as_csv(lines: list[Line], course: Course) -> str:
    """The gradebook as CSV; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["login", "name", "group", *(item.name for item in course.items), "T", "P", "B'", "final"])
    for line in lines:
        marks = ["waiting" if m.state == "waiting" else str(rounded(m.points)) for m in line.standing.marks]
        score = line.standing.score
        totals = [str(rounded(value)) for value in (score.theory, score.practice, score.bonus, score.final)]
        writer.writerow([*map(plain_cell, (line.user.login, line.user.name, line.user.group)), *marks, *totals])
    return written.getvalue()


def plain_cell(text: str) -> str:
    """Text that stays text in a spreadsheet."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_DANGEROUS) else text


def _sort_key(database: Database, course: Course, users: Sequence[User], key: str) -> Callable[[User], Any]:
    if key in ("T", "P", "B", "final") or course.item(key) is not None:
        numbers = sort_keys(database, course, users, key)
        return lambda user: numbers[user.id]
    if key == "group":
        return lambda user: (user.group, user.name)
    return lambda user: (user.name, user.login)
