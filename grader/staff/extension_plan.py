"""Extensions of many deadlines at once: for somebody over all assignments, and from a table.

A plan first, which says who gets which deadline and what is wrong, then given. A file has the columns ``assignment``
(a name, or ``all``), ``login`` or ``group``, ``until`` or ``days``, and ``reason``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.course import Course, CourseItem
from grader.core.errors import BadInput
from grader.core.lateness import in_zone, moment
from grader.staff import csv_file, entering, mark_changes
from grader.staff.csv_file import Chosen, NoColumns, Note, Table
from grader.staff.extensions import UNTIL, Whom, check, current, extend, members, no_deadline
from grader.staff.mark_changes import MarkChange, Situation
from grader.staff.tables import words
from grader.store.models import Extension, GroupExtension, User
from grader.store.records import records

ALL = ("all", "все")
MOST_DAYS = 366
COLUMNS = ("assignment", "login", "group", "until", "days", "reason")


@dataclass(frozen=True)
class Later:
    """How much later: a moment, or so many days after the deadline for all. ``since`` leaves out earlier deadlines."""

    until: datetime | None = None
    days: int = 0
    since: datetime | None = None


@dataclass(frozen=True)
class Wish:
    """A deadline that somebody is to get, and the extension that they have now."""

    whom: Whom
    item: CourseItem
    until: datetime
    reason: str
    before: datetime | None = None


@dataclass
class Plan:
    """What a file would give. With ``problems``, a sentence for each bad line, nothing can be given."""

    table: Table
    wishes: list[Wish] = field(default_factory=list)
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)


def later(until: str, days: str, zone: tzinfo, since: str = "") -> Later:
    """One of the two as typed. Raises BadInput."""
    if bool(until.strip()) == bool(days.strip()):
        raise BadInput("Say until when, or how many days more.", ru="Укажите срок или число дней, что-то одно.")
    from_then = entering.time(UNTIL, since, zone) if since.strip() else None
    if until.strip():
        return Later(entering.time(UNTIL, until, zone), since=from_then)
    text = days.strip().removeprefix("+")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_DAYS):
        raise BadInput(
            f"Days: a number from 1 to {MOST_DAYS} is expected, not {days.strip()[:20]!r}.",
            ru=f"Дни: нужно число от 1 до {MOST_DAYS}, а не «{days.strip()[:20]}».",
        )
    return Later(days=int(text), since=from_then)


def wishes(session: Session, course: Course, whom: Whom, which: str, by: Later, why: str) -> list[Wish]:
    """What is to be given for one assignment, or for ``all`` of those that end earlier. Raises BadInput.

    Over all assignments nothing is taken away: an extension that is as late already is left as it is.
    """
    if which.strip().lower() not in ALL:
        item = entering.item(course, which.strip())
        return [_wish(session, whom, item, _until(item, by, course.zone), why)]
    made = []
    for item in course.items:
        if item.deadline is None or (by.since is not None and moment(item.deadline) < by.since):
            continue
        until = _until(item, by, course.zone)
        if moment(until) <= moment(item.deadline):
            continue
        wish = _wish(session, whom, item, until, why)
        if wish.before is None or moment(wish.before) <= moment(until):
            made.append(wish)
    if not made:
        raise BadInput("No deadline would get later by this.", ru="Ни один срок от этого не сдвинется.")
    return made


def give(session: Session, wanted: Sequence[Wish], *, actor: User, now: datetime) -> int:
    """Give all of it; how many changed. Raises BadInput."""
    return sum(extend(session, one.whom, one.item, one.until, one.reason, actor=actor, now=now) for one in wanted)


def whose(session: Session, course: Course, wanted: Sequence[Wish]) -> list[MarkChange]:
    """Whose marks change by all of it. Nothing is written."""
    users = mark_changes.students(session, {user_id for one in wanted for user_id in members(session, one.whom)})
    before = Situation(course, records(session, users))
    own = select(Extension).where(Extension.user_id.in_([user.id for user in users]))
    grouped = select(GroupExtension).where(GroupExtension.group.in_({user.group for user in users}))
    of_users = {(e.user_id, e.assignment): e.deadline for e in session.scalars(own)}
    of_groups = {(e.group, e.assignment): e.deadline for e in session.scalars(grouped)}
    for one in wanted:
        rows, key = (of_users, one.whom.user.id) if one.whom.user else (of_groups, one.whom.group)
        rows[key, one.item.name] = one.until
    after = {}
    for user in users:
        mine = {name: until for (group, name), until in of_groups.items() if group == user.group}
        for (user_id, name), until in of_users.items():
            if user_id == user.id:
                mine[name] = max(until, mine.get(name, until), key=moment)
        after[user.id] = replace(before.records[user.id], deadlines=mine)
    return mark_changes.compare(users, before, Situation(course, after), None)


def plan(
    session: Session,
    text: str,
    course: Course,
    *,
    why: str = "",
    chosen: Chosen | None = None,
    language: str = "en",
) -> Plan:
    """What this file would give; ``why`` where a line has no reason. Raises BadInput where its head is wrong."""
    table = csv_file.read(text, words.EXTENSIONS, ("assignment",), chosen)
    if not {"until", "days"} & set(table.columns) or not {"login", "group"} & set(table.columns):
        raise NoColumns(
            "These columns are needed: assignment, login or group, until or days, and reason.",
            "Нужны столбцы: задание, логин или группа, срок или дней, причина.",
            table.names,
            "login" if {"until", "days"} & set(table.columns) else "until",
            places=table.places,
        )
    made, problems, seen = Plan(table), dict(table.problems), dict[tuple[str, str, str], int]()
    for line in table.lines:
        try:
            for wish in _of_line(session, course, line.cells, why):
                key = (wish.whom.user.id if wish.whom.user else "", wish.whom.group, wish.item.name)
                if seen.setdefault(key, line.number) != line.number:
                    raise BadInput(
                        f"{wish.item.name} stands in line {seen[key]} before, for the same people",
                        ru=f"{wish.item.name} уже есть в строке {seen[key]}, для тех же людей",
                    )
                if wish.before == wish.until:
                    made.unchanged += 1
                else:
                    made.wishes.append(wish)
        except BadInput as error:
            problems[line.number] = Note(str(error), error.told("ru"))
    made.problems.extend(csv_file.in_order(problems, language))
    return made


def _of_line(session: Session, course: Course, cells: Mapping[str, str], why: str) -> list[Wish]:
    login, group = cells.get("login", ""), cells.get("group", "")
    if bool(login) == bool(group):
        raise BadInput("name a login or a group, one of the two", ru="укажите логин или группу, что-то одно")
    whom = Whom(entering.student_by_login(session, login)) if login else Whom(group=group)
    by = later(cells.get("until", ""), cells.get("days", ""), course.zone)
    return wishes(session, course, whom, cells["assignment"], by, cells.get("reason", "") or why)


def _wish(session: Session, whom: Whom, item: CourseItem, until: datetime, why: str) -> Wish:
    return Wish(whom, item, until, check(session, whom, item, until, why), current(session, whom, item.name))


def _until(item: CourseItem, by: Later, zone: tzinfo) -> datetime:
    """The new deadline of an item. Days are those of the calendar: the clocks show the same time after them.

    Raises BadInput where there is no deadline to count them from.
    """
    if by.until is not None:
        return by.until
    if item.deadline is None:
        raise no_deadline(item)
    try:
        local = item.deadline.astimezone(zone).replace(tzinfo=None) + timedelta(days=by.days)
    except OverflowError:
        raise BadInput(f"{item.name}: {by.days} days later is out of the calendar.") from None
    return moment(in_zone(local, zone))
