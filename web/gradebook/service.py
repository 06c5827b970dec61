"""The gradebook's page: a part of everybody, in a constant number of queries. Knows no Flask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from grader.core.course import Course
from grader.core.gradebook import Standing
from grader.store import people
from grader.store.engine import Database
from grader.store.models import User
from grader.store.standings import sort_keys, standings

PAGE = 100
TOTALS = ("T", "P", "B", "final")


@dataclass(frozen=True)
class Wish:
    """What to show: whom, in which order, which page of them.

    ``sort`` is name, group, T, P, B, final, or an assignment's name; a minus before it turns the order.
    """

    sort: str = "group"
    group: str = ""
    search: str = ""
    number: int = 1


@dataclass(frozen=True)
class Line:
    """One student's line."""

    user: User
    standing: Standing


@dataclass(frozen=True)
class Page:
    """One page of the gradebook: its lines, how many pages and students there are, and all groups to choose from."""

    wish: Wish
    lines: list[Line]
    pages: int
    total: int
    groups: list[str]

    @property
    def near(self) -> list[int]:
        """The pages to link to: the first, the last, and those around this one."""
        here = self.wish.number
        return [n for n in range(1, self.pages + 1) if n in (1, self.pages) or abs(n - here) <= 3]


def page(database: Database, course: Course, wish: Wish) -> Page:
    """A page of 100 students. A page that there is not is the nearest one that there is."""
    with database.reading() as session:
        users = people.students(session)
    groups = sorted({user.group for user in users if user.group})
    found = [user for user in users if _fits(user, wish)]
    key, downwards = wish.sort.removeprefix("-"), wish.sort.startswith("-")
    found.sort(key=_sort_key(database, course, found, key), reverse=downwards)
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(1, wish.number), pages)
    shown = found[(number - 1) * PAGE : number * PAGE]
    counted = standings(database, course, shown)
    lines = [Line(user, counted[user.id]) for user in shown]
    return Page(Wish(wish.sort, wish.group, wish.search, number), lines, pages, len(found), groups)


def _fits(user: User, wish: Wish) -> bool:
    """Whether every word of the search is in the name or the login, and the group is the one that is asked for."""
    text = f"{user.name} {user.login}".casefold()
    return wish.group in ("", user.group) and all(word in text for word in wish.search.casefold().split())


def _sort_key(database: Database, course: Course, users: Sequence[User], key: str) -> Callable[[User], Any]:
    if key in TOTALS or course.item(key) is not None:
        numbers = sort_keys(database, course, users, key)
        return lambda user: numbers[user.id]
    if key == "group":
        return lambda user: (user.group, user.name)
    return lambda user: (user.name, user.login)
