"""Results from Codeforces: a plan first, which says who gets what, then applied.

All accepted solutions are kept with their times, late ones too: deadlines are applied when marks are counted, so that
an extension given later helps. A solution is known by its number there, and importing it twice is once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.codeforces import Accepted, Found
from grader.core.course import Contest, Course, CourseItem
from grader.core.errors import BadInput
from grader.core.gradebook import Solved, contest_share
from grader.core.lateness import moment
from grader.staff.entering import lock
from grader.store import audit
from grader.store.models import CodeforcesSolution, User
from grader.store.records import deadlines, touch


@dataclass(frozen=True)
class Change:
    """What one student's solutions become: all that are known afterwards, and how many of the problems are in time."""

    user: User
    new: list[Accepted]
    withdrawn: list[str]
    solved: list[Solved]
    until: datetime | None

    def in_time(self, item: CourseItem, contest: Contest) -> Fraction:
        """The share of the item's points that the solutions give by the student's own deadline."""
        return contest_share(item, contest, self.solved, self.until)


@dataclass
class Plan:
    """What an import would change. ``strangers`` are handles that are nobody's; ``without`` have no handle here."""

    item: CourseItem
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    strangers: list[str] = field(default_factory=list)
    without: list[User] = field(default_factory=list)
    untimed: list[str] = field(default_factory=list)


def contest_item(course: Course, name: str) -> tuple[CourseItem, Contest]:
    """An item that Codeforces judges. Raises BadInput for another, with those that there are."""
    item = course.item(name)
    if item is None or item.contest is None:
        known = ", ".join(one.name for one in course.items if one.contest is not None) or "none"
        raise BadInput(
            f"{name} is not judged on Codeforces; what is: {known}.",
            ru=f"{name} не проверяется на Codeforces; проверяется: {known}.",
        )
    return item, item.contest


def handles(session: Session) -> dict[str, User]:
    """Active students by their handles in small letters."""
    query = select(User).where(User.role == "student", User.active, User.codeforces != "")
    return {user.codeforces.lower(): user for user in session.scalars(query)}


def plan(session: Session, item: CourseItem, found: Found) -> Plan:
    """What these answers would change."""
    owners = handles(session)
    planned = Plan(item, untimed=sorted(h for h in found.untimed if h.lower() in owners))
    lock(session, [user.id for user in owners.values()])
    own = deadlines(session, list(owners.values()))
    kept = _kept(session, item)
    by_user = _by_user(found, owners, planned)
    for user in sorted(owners.values(), key=lambda user: (user.group, user.name)):
        until = item.deadline_for(own[user.id])
        change = _change(user, kept.get(user.id, {}), by_user.get(user.id, []), found.refused, until)
        if change.new or change.withdrawn:
            planned.changes.append(change)
        else:
            planned.unchanged += bool(change.solved)
    without = select(User).where(User.role == "student", User.active, User.codeforces == "")
    planned.without = list(session.scalars(without.order_by(User.group, User.name)))
    return planned


def apply(session: Session, planned: Plan, *, actor: User, now: datetime) -> int:
    """Do what the plan says; how many students' solutions changed."""
    for change in planned.changes:
        before = len(_kept(session, planned.item).get(change.user.id, {}))
        for remote_id in change.withdrawn:
            session.delete(session.get_one(CodeforcesSolution, (remote_id, change.user.id, planned.item.name)))
        for one in change.new:
            row = CodeforcesSolution(
                remote_id=one.remote_id,
                user_id=change.user.id,
                item=planned.item.name,
                problem=one.problem,
                at=one.at,
                share=one.share,
                imported_at=now,
            )
            session.merge(row)
        touch(session, [change.user.id])
        subject, after = f"{change.user.id}/{planned.item.name}", len(change.solved)
        told = {"solutions": after, "problems": sorted({one.problem for one in change.solved})}
        audit.append(session, actor.id, "codeforces.imported", subject, {"solutions": before}, told, now=now)
    return len(planned.changes)


def _kept(session: Session, item: CourseItem) -> dict[str, dict[str, CodeforcesSolution]]:
    """What is known by user and number: one query."""
    kept: dict[str, dict[str, CodeforcesSolution]] = {}
    for row in session.scalars(select(CodeforcesSolution).where(CodeforcesSolution.item == item.name)):
        kept.setdefault(row.user_id, {})[row.remote_id] = row
    return kept


def _by_user(found: Found, owners: dict[str, User], planned: Plan) -> dict[str, list[Accepted]]:
    by_user: dict[str, list[Accepted]] = {}
    strangers: set[str] = set()
    for one in found.accepted:
        owner = owners.get(one.handle.lower())
        if owner is None:
            strangers.add(one.handle)
        else:
            by_user.setdefault(owner.id, []).append(one)
    planned.strangers = sorted(strangers)
    return by_user


def _change(
    user: User,
    kept: dict[str, CodeforcesSolution],
    accepted: Iterable[Accepted],
    refused: frozenset[str],
    until: datetime | None,
) -> Change:
    """What is new or differs, what is not accepted any more, and all that is solved afterwards."""
    told = {one.remote_id: one for one in accepted}
    after = {number: Solved(row.problem, row.at, row.share) for number, row in kept.items() if number not in refused}
    after.update({number: Solved(one.problem, one.at, one.share) for number, one in told.items()})
    return Change(
        user=user,
        new=[one for number, one in told.items() if number not in kept or _differs(kept[number], one)],
        withdrawn=sorted(number for number in kept if number in refused),
        solved=list(after.values()),
        until=until,
    )


def _differs(row: CodeforcesSolution, one: Accepted) -> bool:
    return (row.problem, moment(row.at), row.share) != (one.problem, moment(one.at), one.share)
