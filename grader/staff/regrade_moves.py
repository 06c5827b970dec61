"""Letting a regrade's results count, taking that back, or withdrawing it before: no result is ever changed.

A submission whose result is no longer the one that is expected is left alone: somebody has decided on it since.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session, aliased

from grader.core.errors import BadInput
from grader.staff import mailing
from grader.staff.regrades import APPLIED, PLANNED, ROLLED_BACK, WITHDRAWN, find
from grader.store import audit, jobs
from grader.store.jobs import REGRADE
from grader.store.models import Job, Regrade, RegradeItem, Result, Submission, SubmissionAuthor, User
from grader.store.records import touch

_AT_ONCE = 500


@dataclass(frozen=True)
class Moved:
    """How many submissions were pointed to another result, of how many the score is another, how many were left."""

    moved: int
    changed: int
    left: int


@dataclass(frozen=True)
class Scored:
    """A result without its report."""

    id: str
    score: Fraction
    max_score: Fraction


def apply(session: Session, regrade_id: str, *, actor: User, now: datetime) -> Moved:
    """Let the new results count. Raises BadInput while some are still being made.

    What could not be graded, and what has another result by now than when the regrade began, keeps its result.
    """
    regrade = _locked(session, regrade_id)
    if regrade.state != PLANNED:
        raise BadInput(
            "This regrade was applied or withdrawn already.", ru="Эта перепроверка уже применена или отозвана."
        )
    unfinished = select(func.count()).select_from(RegradeItem).join(Job, Job.id == RegradeItem.job_id)
    unfinished = unfinished.where(RegradeItem.regrade_id == regrade.id, Job.state.in_(("queued", "running")))
    waiting = session.scalar(unfinished)
    if waiting:
        raise BadInput(
            f"{waiting} submissions are still to be graded; apply it when they are done.",
            ru=f"Ещё не перепроверено загрузок: {waiting}. Применить можно, когда всё будет готово.",
        )
    regrade.state, regrade.applied_at = APPLIED, now
    return _move(session, regrade, "regrade.applied", back=False, actor=actor, now=now)


def roll_back(session: Session, regrade_id: str, *, actor: User, now: datetime) -> Moved:
    """Let the results count again that did before; what has been decided on since is left alone. Raises BadInput."""
    regrade = _locked(session, regrade_id)
    if regrade.state != APPLIED:
        raise BadInput(
            "Only a regrade that was applied can be rolled back.", ru="Отменить можно только применённую перепроверку."
        )
    regrade.state, regrade.rolled_back_at = ROLLED_BACK, now
    return _move(session, regrade, "regrade.rolled-back", back=True, actor=actor, now=now)


def withdraw(session: Session, regrade_id: str, *, actor: User, now: datetime) -> int:
    """Grade no more for this regrade, and never let its results count; how many were still to come. Raises BadInput."""
    regrade = _locked(session, regrade_id)
    if regrade.state != PLANNED:
        raise BadInput(
            "Only a regrade that was not applied can be withdrawn.",
            ru="Отозвать можно только перепроверку, которая не применена.",
        )
    regrade.state = WITHDRAWN
    stopped = jobs.withdraw(session, f"{REGRADE}{regrade.id}", now)
    told = {"assignment": regrade.assignment, "stopped": stopped}
    audit.append(session, actor.id, "regrade.withdrawn", regrade.id, None, told, now=now, reason=regrade.reason)
    return stopped


def _locked(session: Session, regrade_id: str) -> Regrade:
    """The regrade, held until the transaction ends: two who apply it at once do it once."""
    found = find(session, regrade_id)
    return session.scalars(
        select(Regrade).where(Regrade.id == found.id).with_for_update().execution_options(populate_existing=True)
    ).one()


def _move(session: Session, regrade: Regrade, action: str, *, back: bool, actor: User, now: datetime) -> Moved:
    """Point submissions from the old result to the new one, or ``back``; each change of a score is in the audit log."""
    moved, changed, left = [], [], 0
    for item, old, new in _pairs(session, regrade, back=back):
        goal, origin = (old, new) if back else (new, old)
        if not _point(session, item.submission_id, origin.id, goal.id):
            left += 1
            continue
        item.moved = True
        moved.append(item.submission_id)
        if (origin.score, origin.max_score) != (goal.score, goal.max_score):
            changed.append(item.submission_id)
            before, after = _score(origin), _score(goal)
            audit.append(
                session, actor.id, "result.replaced", item.submission_id, before, after, now=now, reason=regrade.reason
            )
    _touch_authors(session, moved)
    told = {"assignment": regrade.assignment, "other inputs": regrade.other_inputs}
    told |= {"moved": len(moved), "changed": len(changed), "left": left}
    audit.append(session, actor.id, action, regrade.id, None, told, now=now, reason=regrade.reason)
    mailing.tell_of_regrade(session, regrade, changed, action, now=now)
    return Moved(len(moved), len(changed), left)


def _pairs(session: Session, regrade: Regrade, *, back: bool) -> list[tuple[RegradeItem, Scored, Scored]]:
    """Every item that has a new result, with the old and the new one; ``back``: of those that were moved."""
    old, new = aliased(Result), aliased(Result)
    query = (
        select(RegradeItem, old.id, old.score, old.max_score, new.id, new.score, new.max_score)
        .join(old, old.id == RegradeItem.before_result_id)
        .join(new, new.job_id == RegradeItem.job_id)
        .where(RegradeItem.regrade_id == regrade.id)
        .order_by(RegradeItem.submission_id)
    )
    if back:
        query = query.where(RegradeItem.moved)
    return [(row[0], Scored(*row[1:4]), Scored(*row[4:7])) for row in session.execute(query)]


def _point(session: Session, submission_id: str, origin: str, goal: str) -> bool:
    """Point to another result, if the submission still points to the one that is expected."""
    changed: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(Submission)
        .where(Submission.id == submission_id, Submission.result_id == origin)
        .values(result_id=goal)
        .execution_options(synchronize_session=False)
    )
    return changed.rowcount == 1


def _score(result: Scored) -> dict[str, str]:
    return {"result": result.id, "score": f"{result.score}/{result.max_score}"}


def _touch_authors(session: Session, submission_ids: Sequence[str]) -> None:
    for first in range(0, len(submission_ids), _AT_ONCE):
        some = submission_ids[first : first + _AT_ONCE]
        authors: Iterable[str] = session.scalars(
            select(SubmissionAuthor.user_id).where(SubmissionAuthor.submission_id.in_(some)).distinct()
        )
        touch(session, list(authors))
