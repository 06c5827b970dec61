"""Reading the audit log: newest first, filtered, with people's names put in only when it is shown.

The log itself holds ids, so that a person can be deleted while it stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, union_all
from sqlalchemy.orm import Session

from grader.core.course import Course
from grader.store.models import AuditEntry, Submission, SubmissionAuthor, User

PAGE = 100


@dataclass(frozen=True)
class Filter:
    """Which entries: about whom or what, which action (``bonus`` is all of ``bonus.…``), by whom, since when."""

    subject: str = ""
    action: str = ""
    actor: str = ""
    since: datetime | None = None


@dataclass(frozen=True)
class Line:
    """An entry as it is shown: ``actor`` and ``subject`` in words; ``user_id`` is the person it is about."""

    entry: AuditEntry
    actor: str
    subject: str
    user_id: str | None

    @property
    def changes(self) -> list[tuple[str, str | None, str | None]]:
        """Each value that differs: its name, what it was, what it is; None where there was or is none."""
        before, after = self.entry.before or {}, self.entry.after or {}
        names = [*before, *(name for name in after if name not in before)]
        pairs = [(name, before.get(name), after.get(name)) for name in names]
        return [(name, _text(was), _text(is_)) for name, was, is_ in pairs if was != is_]


@dataclass(frozen=True)
class Page:
    """A page of the log."""

    lines: list[Line]
    number: int
    pages: int
    total: int


def page(session: Session, course: Course, wanted: Filter, *, number: int = 1, size: int = PAGE) -> Page:
    """A page of the entries that pass the filter, newest first: a constant number of queries."""
    conditions = _conditions(session, course, wanted)
    total = _total(session, conditions)
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    query = select(AuditEntry).where(*conditions).order_by(AuditEntry.number.desc())
    if conditions:
        query = query.offset((number - 1) * size)
    else:  # numbers have no gaps: where a page begins is known
        query = query.where(AuditEntry.number <= total - (number - 1) * size)
    return Page(_lines(session, session.scalars(query.limit(size)).all()), number, pages, total)


def about(session: Session, course: Course, user: User, *, most: int = 50) -> list[Line]:
    """The newest entries about one person."""
    query = select(AuditEntry).where(_about(course, user)).order_by(AuditEntry.number.desc()).limit(most)
    return _lines(session, session.scalars(query).all())


def actions(session: Session) -> list[str]:
    """Every action that the log holds: each is looked up as the next one, since entries are many and actions few."""
    found: list[str] = []
    query = select(AuditEntry.action).order_by(AuditEntry.action).limit(1)
    while (action := session.scalar(query.where(AuditEntry.action > found[-1]) if found else query)) is not None:
        found.append(action)
    return found


def _total(session: Session, conditions: Sequence[ColumnElement[bool]]) -> int:
    """How many entries there are; of all of them the last one's number tells."""
    if not conditions:
        return session.scalar(select(func.max(AuditEntry.number))) or 0
    return session.scalar(select(func.count()).select_from(AuditEntry).where(*conditions)) or 0


def _conditions(session: Session, course: Course, wanted: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.subject:
        user = _person(session, wanted.subject)
        exact = AuditEntry.subject == wanted.subject
        conditions.append(_about(course, user) if user else or_(exact, _ends_with(wanted.subject)))
    if wanted.action:
        meant = [one for one in actions(session) if one == wanted.action or one.startswith(f"{wanted.action}.")]
        conditions.append(AuditEntry.action.in_(meant))
    if wanted.actor:
        actor = _person(session, wanted.actor)
        conditions.append(AuditEntry.actor == (actor.id if actor else wanted.actor))
    if wanted.since is not None:
        conditions.append(AuditEntry.at >= wanted.since)
    return conditions


def _about(course: Course, user: User) -> ColumnElement[bool]:
    """A person: themselves, their items, what they have handed in. Exact subjects, so that an index finds them."""
    subjects = [user.id, *(f"{user.id}/{item.name}" for item in course.items)]
    theirs = select(SubmissionAuthor.submission_id).where(SubmissionAuthor.user_id == user.id)
    found = union_all(
        select(AuditEntry.number).where(AuditEntry.subject.in_(subjects)),
        select(AuditEntry.number).where(AuditEntry.subject.in_(theirs)),
    )
    return AuditEntry.number.in_(select(found.subquery().c.number))  # else the whole log may be gone through in order


def _ends_with(text: str) -> ColumnElement[bool]:
    """What is about an assignment, whoever it is about; or about a group."""
    return or_(
        AuditEntry.subject.endswith(f"/{text}", autoescape=True),
        AuditEntry.subject.startswith(f"group:{text}/", autoescape=True),
    )


def _person(session: Session, text: str) -> User | None:
    """The person with this login or id."""
    return session.scalar(select(User).where(or_(User.login == text.strip().lower(), User.id == text)))


def _lines(session: Session, entries: Sequence[AuditEntry]) -> list[Line]:
    first = {entry.number: entry.subject.partition("/") for entry in entries}
    heads = {head for head, _, _ in first.values()}
    handed_in = select(Submission.id, Submission.user_id, Submission.assignment).where(Submission.id.in_(heads))
    uploads = {found: (owner, name) for found, owner, name in session.execute(handed_in)}
    wanted = heads | {entry.actor for entry in entries} | {owner for owner, _ in uploads.values()}
    names = dict(session.execute(select(User.id, User.name).where(User.id.in_(wanted))).all())
    lines = []
    for entry in entries:
        head, _, rest = first[entry.number]
        owner, assignment = uploads.get(head, (head, rest))
        told = [names.get(owner, owner.removeprefix("group:")), assignment]
        user_id = owner if owner in names else None
        lines.append(Line(entry, names.get(entry.actor, entry.actor), ", ".join(filter(None, told)), user_id))
    return lines


def _text(value: object) -> str | None:
    return None if value is None else str(value)
