"""Results from Codeforces: a plan first, which says who gets what and who loses what, then applied.

All accepted solutions are kept with their times, late ones too: deadlines are applied when marks are counted, so that
an extension given later helps. A solution is known by its number there, and importing it twice is once. What is
withdrawn, and why, is decided in `grader.staff.codeforces_withdrawals`: what is not accepted any more stays with a
share of 0, so that its owner sees it; what was never theirs goes. Points that staff have set are never changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.codeforces_found import Accepted, Found
from grader.core.course import Contest, Course, CourseItem
from grader.core.errors import BadInput
from grader.core.gradebook import Solved, contest_share
from grader.core.lateness import moment
from grader.staff.codeforces_withdrawals import Told, Withdrawal
from grader.staff.entering import lock
from grader.store import audit
from grader.store.models import CodeforcesSolution, User
from grader.store.records import deadlines, touch

PHASES = {
    "BEFORE": ("the contest has not begun", "соревнование ещё не началось"),
    "CODING": ("the contest is running", "соревнование ещё идёт"),
    "PENDING_SYSTEM_TEST": ("the final tests have not begun", "финальное тестирование ещё не началось"),
    "SYSTEM_TEST": ("the final tests are running", "идёт финальное тестирование"),
    "FROZEN": ("the standings are frozen", "положение заморожено"),
}


@dataclass(frozen=True)
class Change:
    """What one student's solutions become: all that are known afterwards, and how many of the problems are in time."""

    user: User
    new: list[Accepted]
    withdrawn: list[Withdrawal]
    solved: list[Solved]
    until: datetime | None

    def in_time(self, item: CourseItem, contest: Contest) -> Fraction:
        """The share of the item's points that the solutions give by the student's own deadline."""
        return contest_share(item, contest, self.solved, self.until)


@dataclass
class Plan:
    """What an import would change.

    ``strangers`` are handles that are nobody's, ``unknown`` those that Codeforces does not know; ``without`` have no
    handle here. ``phases`` tell of a contest that is not over. ``provisional`` have solutions that may still fall,
    ``pending`` some that are still being judged.
    """

    item: CourseItem
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    strangers: list[str] = field(default_factory=list)
    without: list[User] = field(default_factory=list)
    untimed: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    phases: list[str] = field(default_factory=list)
    provisional: list[User] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """Why this is not the last word, in English and Russian."""
        return [
            PHASES.get(phase, (f"the contest's phase is {phase}", f"фаза соревнования: {phase}"))
            for phase in self.phases
        ]


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


def asked_one_by_one(session: Session, item: CourseItem) -> list[str]:
    """Handles whose submissions have told something before: only their own lists tell whether it still holds."""
    owners = {user.id: user.codeforces for user in handles(session).values()}
    known = select(CodeforcesSolution.user_id).where(
        CodeforcesSolution.item == item.name, CodeforcesSolution.remote_id.not_like("standings/%")
    )
    return sorted(owners[user_id] for user_id in set(session.scalars(known)) if user_id in owners)


def concerned(session: Session, item: CourseItem) -> set[str]:
    """All handles about which an answer could tell something here, in small letters."""
    kept = select(CodeforcesSolution.handle).where(CodeforcesSolution.item == item.name).distinct()
    return {*handles(session), *session.scalars(kept)} - {""}


def plan(session: Session, item: CourseItem, found: Found) -> Plan:
    """What these answers would change."""
    owners = handles(session)
    holders = select(User).where(
        User.id.in_(select(CodeforcesSolution.user_id).where(CodeforcesSolution.item == item.name))
    )
    users = {user.id: user for user in (*owners.values(), *session.scalars(holders))}
    planned = Plan(
        item,
        untimed=sorted(handle for handle in found.untimed if handle.lower() in owners),
        strangers=sorted({one.handle for one in found.accepted if one.handle.lower() not in owners}),
        unknown=sorted(found.unknown),
        phases=sorted(found.phases),
        pending=sorted({one.handle for one in found.pending if one.handle.lower() in owners}),
    )
    lock(session, users)
    own, kept, told = deadlines(session, list(users.values())), _kept(session, item), Told(found)
    for user in sorted(users.values(), key=lambda user: (user.group, user.name)):
        is_owner = owners.get(user.codeforces.lower()) is user
        change = _change(user, kept.get(user.id, {}), told, is_owner, item.deadline_for(own[user.id]))
        if change.new or change.withdrawn:
            planned.changes.append(change)
        else:
            planned.unchanged += bool(change.solved)
        if any(one.provisional for one in told.accepted(user) if is_owner):
            planned.provisional.append(user)
    without = select(User).where(User.role == "student", User.active, User.codeforces == "")
    planned.without = list(session.scalars(without.order_by(User.group, User.name)))
    return planned


def apply(session: Session, planned: Plan, *, actor: User, now: datetime) -> int:
    """Do what the plan says; how many students' solutions changed."""
    kept = _kept(session, planned.item)
    for change in planned.changes:
        before = {"solutions": sum(row.share > 0 for row in kept.get(change.user.id, {}).values())}
        for gone in change.withdrawn:
            row = session.get_one(CodeforcesSolution, (gone.remote_id, change.user.id, planned.item.name))
            if gone.stays:
                row.share, row.provisional, row.imported_at = Fraction(0), False, now
            else:
                session.delete(row)
        for one in change.new:
            session.merge(_row(one, change.user, planned.item, now))
        touch(session, [change.user.id])
        subject = f"{change.user.id}/{planned.item.name}"
        audit.append(session, actor.id, "codeforces.imported", subject, before, _after(change), now=now)
    return len(planned.changes)


def _row(one: Accepted, user: User, item: CourseItem, now: datetime) -> CodeforcesSolution:
    return CodeforcesSolution(
        remote_id=one.remote_id,
        user_id=user.id,
        item=item.name,
        problem=one.problem,
        at=one.at,
        share=one.share,
        imported_at=now,
        handle=one.handle.lower(),
        party=one.party,
        provisional=one.provisional,
    )


def _after(change: Change) -> dict[str, Any]:
    """What the audit log tells: nothing by which somebody could be found on Codeforces."""
    told: dict[str, Any] = {
        "solutions": len(change.solved),
        "problems": sorted({one.problem for one in change.solved}),
    }
    if change.withdrawn:
        told["withdrawn"] = [
            {"problem": one.problem, "at": one.at.isoformat(), "why": one.why} for one in change.withdrawn
        ]
    return told


def _kept(session: Session, item: CourseItem) -> dict[str, dict[str, CodeforcesSolution]]:
    """What is known by user and number: one query."""
    kept: dict[str, dict[str, CodeforcesSolution]] = {}
    for row in session.scalars(select(CodeforcesSolution).where(CodeforcesSolution.item == item.name)):
        kept.setdefault(row.user_id, {})[row.remote_id] = row
    return kept


def _change(
    user: User, kept: dict[str, CodeforcesSolution], told: Told, is_owner: bool, until: datetime | None
) -> Change:
    """What is new or differs, what does not hold any more, and all that is solved afterwards."""
    news = told.news(user, list(kept.values())) if is_owner else {}
    withdrawn = told.withdrawals(user, list(kept.values()), news)
    gone = {one.remote_id for one in withdrawn}
    after = {
        number: Solved(row.problem, row.at, row.share)
        for number, row in kept.items()
        if number not in gone and row.share
    }
    after.update({number: Solved(one.problem, one.at, one.share) for number, one in news.items()})
    return Change(
        user=user,
        new=[one for number, one in news.items() if number not in kept or _differs(kept[number], one)],
        withdrawn=withdrawn,
        solved=list(after.values()),
        until=until,
    )


def _differs(row: CodeforcesSolution, one: Accepted) -> bool:
    """Whether a solution is told otherwise than it is kept; a handle that was not known is added without a word."""
    before = (row.problem, moment(row.at), row.share, row.provisional)
    if row.handle not in ("", one.handle.lower()):
        return True
    return before != (one.problem, moment(one.at), one.share, one.provisional)
