"""Mail about deadlines: one that has changed for somebody, and one that is near.

Whichever way a deadline changed (the course, an extension, another group), it is seen by comparing what holds for a
student with what was noted when that student was last told. What is over before and after is nobody's news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.course import Course, CourseItem
from grader.core.lateness import moment
from grader.store import mails
from grader.store.models import KeptMark, NotedDeadline, User
from grader.store.records import deadlines


def note_changes(session: Session, course: Course, now: datetime) -> int:
    """Queue one mail for each student with all deadlines that have changed since the last look; how many.

    What was not noted before (a new student, a new item, mail switched on) is noted without a word.
    """
    students = _students(session)
    rows = session.execute(select(NotedDeadline.user_id, NotedDeadline.assignment, NotedDeadline.deadline))
    noted = {(user_id, assignment): deadline for user_id, assignment, deadline in rows}  # many: no objects
    own = deadlines(session, students)
    count = 0
    for user in students:
        changed = []
        for item in course.items:
            until, key = item.deadline_for(own[user.id]), (user.id, item.name)
            if key not in noted:
                session.add(NotedDeadline(user_id=user.id, assignment=item.name, deadline=until))
                continue
            before = noted[key]
            if not _differ(before, until):
                continue
            session.get_one(NotedDeadline, key).deadline = until
            if any(at is None or moment(at) > now for at in (before, until)):
                changed.append({"assignment": item.name, "before": _text(before), "until": _text(until)})
        if changed:
            details = {"items": changed}
            count += mails.queue(session, [user], mails.CHANGED, mails.unique_key(), details, now=now)
    return count


def remind(session: Session, course: Course, near: timedelta, now: datetime) -> int:
    """Queue a reminder of each moment at which something ends soon that a student has not done wholly; how many."""
    students = [user for user in _students(session) if user.reminders]
    own, full = deadlines(session, students), _full(session)
    count = 0
    for user in students:
        ending: dict[datetime, list[CourseItem]] = defaultdict(list)
        for item in course.items:
            until = item.deadline_for(own[user.id])
            if until is None or not now < moment(until) <= now + near or not item.is_open(now):
                continue
            if (user.id, item.name) not in full:
                ending[moment(until)].append(item)
        for until, items in ending.items():
            details = {"items": [{"assignment": item.name, "until": _text(until)} for item in items]}
            count += mails.queue(session, [user], mails.NEAR, until.isoformat(), details, now=now)
    return count


def holds(session: Session, course: Course, user: User, kind: str, details: dict[str, Any], now: datetime) -> bool:
    """Whether a queued mail is still true when it is to be sent: a reminder of what is over helps nobody."""
    if kind != mails.NEAR:
        return True
    if not user.reminders:
        return False
    own = deadlines(session, [user])[user.id]
    for one in details["items"]:
        item = course.item(one["assignment"])
        until = item.deadline_for(own) if item is not None else None
        if until is not None and moment(until) > now and _text(until) == one["until"]:
            return True
    return False


def _students(session: Session) -> Sequence[User]:
    return session.scalars(select(User).where(User.role == "student", User.active).order_by(User.id)).all()


def _full(session: Session) -> set[tuple[str, str]]:
    """What students have done wholly already."""
    rows = session.execute(select(KeptMark.user_id, KeptMark.assignment).where(KeptMark.full))
    return {(row.user_id, row.assignment) for row in rows}


def _differ(before: datetime | None, until: datetime | None) -> bool:
    if before is None or until is None:
        return before is not until
    return moment(before) != moment(until)


def _text(until: datetime | None) -> str | None:
    return None if until is None else moment(until).isoformat()
