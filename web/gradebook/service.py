"""The gradebook's page: a part of everybody, in a constant number of queries. Knows no Flask."""

from __future__ import annotations

from dataclasses import dataclass, replace

from grader.core.course import Course
from grader.core.gradebook import Standing
from grader.store import listing
from grader.store.engine import Database
from grader.store.listing import TOTALS
from grader.store.models import User
from grader.store.standings import refresh_all, standings

PAGE = 100


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
    key = wish.sort.removeprefix("-")
    if key in TOTALS or course.item(key) is not None:
        refresh_all(database, course)
    elif key != "group":
        wish = replace(wish, sort="-name" if wish.sort.startswith("-") else "name")
    with database.reading() as session:
        found = listing.page(session, wish.number, PAGE, sort=wish.sort, group=wish.group or None, search=wish.search)
        groups = [group for group in listing.groups(session) if group]
    counted = standings(database, course, found.users)
    lines = [Line(user, counted[user.id]) for user in found.users]
    return Page(replace(wish, number=found.number), lines, found.pages, found.total, groups)
