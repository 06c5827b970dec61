"""What a student has already used of a deadline stays theirs when the deadline goes.

Whoever handed something in after the deadline that is left to them, and in time by the one that they had, gets the
latter as a deadline of their own. It is found from uploads, graded or not, from solutions on Codeforces, and from
defences where lateness counts from them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.course import Course
from grader.core.gradebook import Record, deadline
from grader.core.lateness import moment
from grader.staff.accounts import Change
from grader.staff.mark_changes import MarkChange, Situation, compare
from grader.store import audit
from grader.store.models import Extension, GroupExtension, Submission, SubmissionAuthor, User
from grader.store.records import deadlines, records, touch

Made = TypeVar("Made")
_REASON = "the deadline that was in force at the hand-in"


@dataclass(frozen=True)
class Used:
    """A deadline that a student keeps."""

    user: User
    assignment: str
    deadline: datetime
    reason: str = _REASON


@dataclass(frozen=True)
class Moves:
    """Students who change group: whose marks change by it, and which deadlines stay theirs."""

    changes: list[MarkChange]
    used: list[Used]


def of_moves(session: Session, course: Course, groups: Mapping[str, str], now: datetime) -> Moves:
    """What it would change if these people, by user id, were in these groups. Nothing is written."""
    people = select(User).where(User.id.in_(groups), User.role == "student")
    users = [user for user in session.scalars(people) if user.group != groups[user.id]]
    before = Situation(course, records(session, users))
    own = deadlines(session, users, groups=groups)
    moved = {user.id: replace(before.records[user.id], deadlines=own[user.id]) for user in users}
    kept = _with_reasons(session, used(session, users, before, Situation(course, moved)))
    after = Situation(course, {user_id: with_kept(record, user_id, kept) for user_id, record in moved.items()})
    return Moves(compare(users, before, after, now), kept)


def groups_after(changes: Iterable[Change]) -> dict[str, str]:
    """The groups that people are to be in, by user id, of those whose group is to change."""
    return {one.user.id: one.after["group"] for one in changes if one.user is not None and "group" in one.after}


def moving(
    session: Session,
    course: Course,
    groups: Mapping[str, str],
    change: Callable[[], Made],
    *,
    actor: User,
    now: datetime,
) -> tuple[Made, Moves]:
    """Make the change by which these people come into these groups, and leave to them what they have used."""
    moves = of_moves(session, course, groups, now)
    made = change()
    keep(session, moves.used, actor=actor, now=now)
    return made, moves


def used(session: Session, users: Collection[User], before: Situation, after: Situation) -> list[Used]:
    """Which of the deadlines that these people lose they have used."""
    handed_in = _uploads(session, [user.id for user in users])
    kept = []
    for user in users:
        was, becomes = before.records[user.id], after.records[user.id]
        for item in after.course.items:
            old = before.course.item(item.name)
            had, has = deadline(old, was) if old is not None else None, deadline(item, becomes)
            if had is None or has is None or moment(had) <= moment(has):
                continue
            times = [*handed_in[user.id][item.name], *_times(after.course, was, item.name, item.kind)]
            if any(item.is_late(has, at) and not item.is_late(had, at) for at in times):
                kept.append(Used(user, item.name, had))
    return kept


def keep(session: Session, kept: Iterable[Used], *, actor: User, now: datetime) -> None:
    """Write these deadlines down as the students' own, each with its entry in the audit log."""
    for one in kept:
        own = session.get(Extension, (one.user.id, one.assignment), populate_existing=True)
        before = None if own is None else {"deadline": moment(own.deadline).isoformat()}
        if own is None:
            own = Extension(user_id=one.user.id, assignment=one.assignment)
            session.add(own)
        own.deadline, own.reason, own.given_by, own.created_at = one.deadline, one.reason, actor.id, now
        session.flush()
        touch(session, [one.user.id])
        audit.append(
            session,
            actor.id,
            "extension.given" if before is None else "extension.changed",
            f"{one.user.id}/{one.assignment}",
            before,
            {"deadline": moment(one.deadline).isoformat()},
            now=now,
            reason=one.reason,
        )


def with_kept(record: Record, user_id: str, kept: Iterable[Used]) -> Record:
    """A record with what stays theirs."""
    own = {one.assignment: one.deadline for one in kept if one.user.id == user_id}
    return replace(record, deadlines={**record.deadlines, **own}) if own else record


def _with_reasons(session: Session, kept: list[Used]) -> list[Used]:
    """The same, with the reasons for which the groups had got these deadlines."""
    rows = session.scalars(select(GroupExtension).where(GroupExtension.group.in_({one.user.group for one in kept})))
    reasons = {(row.group, row.assignment): row.reason for row in rows}
    return [replace(one, reason=reasons.get((one.user.group, one.assignment), _REASON)) for one in kept]


def _uploads(session: Session, user_ids: Collection[str]) -> dict[str, dict[str, list[datetime]]]:
    """When these people handed something in, by user id and assignment: one query."""
    query = (
        select(SubmissionAuthor.user_id, Submission.assignment, Submission.received_at)
        .join(Submission, Submission.id == SubmissionAuthor.submission_id)
        .where(SubmissionAuthor.user_id.in_(user_ids))
    )
    times: dict[str, dict[str, list[datetime]]] = defaultdict(lambda: defaultdict(list))
    for user_id, assignment, at in session.execute(query):
        times[user_id][assignment].append(at)
    return times


def _times(course: Course, record: Record, name: str, kind: str) -> list[datetime]:
    """The other times that lateness is counted from."""
    times = [one.at for one in record.solved.get(name, ())]
    if course.late_from == "defence" and kind == "lab" and name in record.defences:
        times.append(record.defences[name].at)
    return times
