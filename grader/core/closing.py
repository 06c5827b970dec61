"""When an assignment is closed: from then on no upload of anybody can change a mark.

Deadlines alone decide: the one for all, and every extension that was given, whoever has it, or may come into its group.
What else keeps an upload from counting is not looked at, since it can be taken back: points set by staff, a budget that
is used up. An assignment without a deadline never closes, nor does a lab, of which a late upload always keeps a part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from grader.core.course import CourseItem
from grader.core.lateness import moment


@dataclass(frozen=True)
class Granted:
    """An extension of an assignment: until when, and since when there is this deadline."""

    deadline: datetime
    since: datetime


def closing(item: CourseItem, extensions: Iterable[datetime]) -> datetime | None:
    """The last moment at which an upload can change a mark, with all extensions; None where there is no such moment.

    It is the last one that `Lateness.factor` leaves something of: of a late lab it always does.
    """
    if item.deadline is None or item.kind == "lab":
        return None
    return item.lateness.end(max((item.deadline, *extensions), key=moment))


def is_closed(item: CourseItem, extensions: Iterable[datetime], now: datetime) -> bool:
    last = closing(item, extensions)
    return last is not None and moment(now) > last


def shows_solution(item: CourseItem, extensions: Iterable[datetime], now: datetime) -> bool:
    """Whether students may read its reference now."""
    return may_show_solution(item) and is_closed(item, extensions, now)


def may_show_solution(item: CourseItem) -> bool:
    """Whether students will ever read its reference, by the rules of the course and without another extension."""
    return item.assignment is not None and item.solutions == "after_closed" and closing(item, ()) is not None


def has_shown_solution(item: CourseItem, granted: Iterable[Granted], now: datetime) -> bool:
    """Whether students could read its reference at some moment up to now, also if an extension has hidden it again.

    An extension hides it again where it was given after everything before it was over. One that was changed counts
    from the change on, so this says rather too often than too seldom that they could.
    """
    if not may_show_solution(item):
        return False
    before: list[datetime] = []
    for one in sorted(granted, key=lambda one: moment(one.since)):
        if is_closed(item, before, one.since):
            return True
        before.append(one.deadline)
    return is_closed(item, before, now)


def reopens(
    before: CourseItem, granted: Iterable[Granted], after: CourseItem, later: Iterable[datetime], now: datetime
) -> bool:
    """Whether a change lets uploads count that were made after students could read the reference, or that are to come.

    ``later`` are the extensions after the change.
    """
    known = list(granted)
    if not has_shown_solution(before, known, now):
        return False
    was, becomes = closing(before, [one.deadline for one in known]), closing(after, later)
    return was is not None and (becomes is None or becomes > was)
