"""Reference solutions that students could read already, of assignments to which uploads would count again.

Nothing is forbidden by it: staff are told before they move a deadline, and decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from grader.core.closing import may_show_solution, reopens
from grader.core.course import Course, CourseItem
from grader.staff.extension_plan import Wish
from grader.store.closing import granted


def by_wishes(session: Session, wishes: Iterable[Wish], now: datetime) -> list[CourseItem]:
    """The same as `by_extensions`, for deadlines that are planned."""
    return by_extensions(session, [(one.item, one.until) for one in wishes], now)


def by_extensions(session: Session, wanted: Iterable[tuple[CourseItem, datetime]], now: datetime) -> list[CourseItem]:
    """Of the assignments that are to get these deadlines for somebody, those whose solution was shown already."""
    until = [(item, deadline) for item, deadline in wanted if may_show_solution(item)]
    known = granted(session, {item.name for item, _ in until}) if until else {}
    found: dict[str, CourseItem] = {}
    for item, deadline in until:
        given = known.get(item.name, ())
        if reopens(item, given, item, [*(one.deadline for one in given), deadline], now):
            found[item.name] = item
    return list(found.values())


def by_course(session: Session, before: Course, after: Course, now: datetime) -> list[CourseItem]:
    """Of the assignments of a course that is to be put in force, those whose solution the one before it has shown."""
    shown = [(item, old) for item in after.items if (old := before.item(item.name)) and may_show_solution(old)]
    known = granted(session, {item.name for item, _ in shown}) if shown else {}
    found = []
    for item, old in shown:
        given = known.get(item.name, ())
        if reopens(old, given, item, [one.deadline for one in given], now):
            found.append(item)
    return found
