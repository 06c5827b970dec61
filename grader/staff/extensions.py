"""Extensions: a later deadline for one student, or for a study group. Of all that a student has the latest holds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from grader.core.course import Course, CourseItem
from grader.core.errors import BadInput
from grader.core.lateness import moment
from grader.staff import mark_changes, used_extensions
from grader.staff.entering import Name, lock, reason, student
from grader.staff.mark_changes import MarkChange, Situation
from grader.store import audit, listing
from grader.store.models import Extension, GroupExtension, User
from grader.store.records import records, touch

Made = TypeVar("Made")

UNTIL = Name("The new deadline", "Новый срок")


@dataclass(frozen=True)
class Whom:
    """Who gets an extension: a student, or everybody who is in a study group, now or later."""

    user: User | None = None
    group: str = ""

    def subject(self, assignment: str) -> str:
        """What the audit log calls it."""
        return f"{self.user.id if self.user else f'group:{self.group}'}/{assignment}"


@dataclass(frozen=True)
class Given:
    """An extension that holds, and who gave it."""

    whom: Whom
    assignment: str
    deadline: datetime
    reason: str
    created_at: datetime
    by: User


def extend(
    session: Session, whom: Whom, item: CourseItem, until: datetime, why: str, *, actor: User, now: datetime
) -> bool:
    """Give a deadline of one's own, or change it; whether anything changed. Raises BadInput."""
    told, in_it = check(session, whom, item, until, why), members(session, whom)
    lock(session, in_it)
    given = _row(session, whom, item.name)
    before = None if given is None else given.deadline
    if given is None:
        given = _new(whom, item.name)
        session.add(given)
    elif (before, given.reason) == (until, told):
        return False
    given.deadline, given.reason, given.given_by, given.created_at = until, told, actor.id, now
    session.flush()
    touch(session, in_it)
    action = "extension.given" if before is None else "extension.changed"
    subject = whom.subject(item.name)
    audit.append(session, actor.id, action, subject, _json(before), _json(until), now=now, reason=told)
    return True


def withdraw(session: Session, whom: Whom, assignment: str, *, why: str = "", actor: User, now: datetime) -> None:
    """Take an extension away; what stands below it holds again. Raises BadInput where there is none."""
    in_it = members(session, whom)
    lock(session, in_it)
    given = _row(session, whom, assignment)
    if given is None:
        raise BadInput("There is no such extension.", ru="Такого продления нет.")
    session.delete(given)
    session.flush()
    touch(session, in_it)
    told, subject = reason(why) if why.strip() else "", whom.subject(assignment)
    audit.append(session, actor.id, "extension.withdrawn", subject, _json(given.deadline), None, now=now, reason=told)


def check(session: Session, whom: Whom, item: CourseItem, until: datetime, why: str) -> str:
    """The reason as it is kept, if this extension can be given. Raises BadInput."""
    if item.deadline is None:
        raise no_deadline(item)
    if moment(until) <= moment(item.deadline):
        raise BadInput(
            f"The new deadline of {item.name} is not later than the one for all.",
            ru=f"{item.name}: новый срок не позже общего.",
        )
    told = reason(why)
    if not members(session, whom):
        raise BadInput(f"There is no group {whom.group!r}.", ru=f"Группы «{whom.group}» нет.")
    return told


def no_deadline(item: CourseItem) -> BadInput:
    return BadInput(f"{item.name} has no deadline.", ru=f"{item.name}: срока сдачи нет, продлевать нечего.")


def current(session: Session, whom: Whom, assignment: str) -> datetime | None:
    """The deadline of the extension that they have, the group's not counted for a student."""
    row = _row(session, whom, assignment)
    return None if row is None else row.deadline


def changing(
    session: Session,
    course: Course,
    whoms: Collection[Whom],
    change: Callable[[], Made],
    *,
    keep_used: bool = False,
    actor: User,
    now: datetime,
) -> tuple[Made, list[MarkChange]]:
    """Make a change of these people's extensions in this transaction: what it returned, and whose marks it changes.

    With ``keep_used`` those of a group who have used what they lose keep it as their own.
    """
    users = mark_changes.students(session, {user_id for whom in whoms for user_id in members(session, whom)})
    before = Situation(course, records(session, users))
    made = change()
    after = Situation(course, records(session, users))
    if keep_used and all(whom.group for whom in whoms):
        used = used_extensions.used(session, users, before, after)
        used_extensions.keep(session, used, actor=actor, now=now)
        after = Situation(course, records(session, users))
    return made, mark_changes.compare(users, before, after, None)


def extensions(session: Session, user: User | None = None) -> list[Given]:
    """All extensions, or those that concern a student (their own and their group's), newest first: two queries."""
    giver = aliased(User)
    own = select(Extension, User, giver).join(User, User.id == Extension.user_id)
    own = own.join(giver, giver.id == Extension.given_by)
    grouped = select(GroupExtension, User).join(User, User.id == GroupExtension.given_by)
    if user is not None:
        own, grouped = own.where(Extension.user_id == user.id), grouped.where(GroupExtension.group == user.group)
    found = [_given(Whom(user=who), given, by) for given, who, by in session.execute(own)]
    found += [_given(Whom(group=given.group), given, by) for given, by in session.execute(grouped)]
    return sorted(found, key=lambda one: one.created_at, reverse=True)


def _given(whom: Whom, row: Extension | GroupExtension, by: User) -> Given:
    return Given(whom, row.assignment, row.deadline, row.reason, row.created_at, by)


def groups(session: Session) -> list[str]:
    """The study groups of active students."""
    return [group for group in listing.groups(session) if group]


def members(session: Session, whom: Whom) -> list[str]:
    """Everybody whose record this extension changes; those who are not active, too."""
    if whom.user is not None:
        return [student(session, whom.user.id).id]
    in_group = select(User.id).where(User.group == whom.group, User.role == "student")
    return list(session.scalars(in_group)) if whom.group else []


def _row(session: Session, whom: Whom, assignment: str) -> Extension | GroupExtension | None:
    if whom.user is not None:
        return session.get(Extension, (whom.user.id, assignment), populate_existing=True)
    return session.get(GroupExtension, (whom.group, assignment), populate_existing=True)


def _new(whom: Whom, assignment: str) -> Extension | GroupExtension:
    if whom.user is not None:
        return Extension(user_id=whom.user.id, assignment=assignment)
    return GroupExtension(group=whom.group, assignment=assignment)


def _json(deadline: datetime | None) -> dict[str, str] | None:
    return None if deadline is None else {"deadline": moment(deadline).isoformat()}
