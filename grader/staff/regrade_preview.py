"""What a regrade has done so far and what it would change, for whom, by how much. Nothing is changed here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from grader.core.course import Course
from grader.core.regrading import Effect, Outcome, effect
from grader.staff.regrades import APPLIED, ROLLED_BACK, find
from grader.store.engine import Database
from grader.store.models import Job, Regrade, RegradeItem, Result, Submission, SubmissionAuthor, User
from grader.store.records import records
from grader.store.standings import standings


@dataclass(frozen=True)
class Overview:
    """A regrade, who started it, and how many of its submissions are in which state."""

    regrade: Regrade
    by: User
    states: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def waiting(self) -> int:
        return self.states.get("queued", 0) + self.states.get("running", 0)


@dataclass(frozen=True)
class Outcomes:
    """One submission graded again: its old result and, once it is there, the new one.

    It is ``left`` when something else counts for it by now; ``error`` tells why it could not be graded.
    """

    submission: str
    old: Outcome
    new: Outcome | None
    old_score: tuple[Fraction, Fraction]
    new_score: tuple[Fraction, Fraction] | None
    left: bool
    error: str

    @property
    def changed(self) -> bool:
        return self.new_score is not None and not self.left and self.old_score != self.new_score


@dataclass(frozen=True)
class Change:
    """One student for whom something is another: the submissions, the mark, the final score."""

    user: User
    submissions: tuple[Outcomes, ...]
    effect: Effect

    @property
    def difference(self) -> Fraction:
        return self.effect.final_after - self.effect.final_before


@dataclass(frozen=True)
class Preview:
    """``changes``, the greatest loss first; what is the same; what we could not grade; what is left alone, and why."""

    overview: Overview
    changes: list[Change]
    same: int
    broken: list[tuple[User, Outcomes]]
    left: list[tuple[User, Outcomes]]


@dataclass(frozen=True)
class Regraded:
    """What a submission's page tells: when another result came to count, from which score to which."""

    at: datetime
    rolled_back_at: datetime | None
    other_inputs: bool
    old: tuple[Fraction, Fraction]
    new: tuple[Fraction, Fraction]


def overviews(session: Session, regrade_id: str | None = None) -> list[Overview]:
    """All regrades, or one, newest first: two queries."""
    query = select(Regrade, User).join(User, User.id == Regrade.started_by).order_by(Regrade.created_at.desc())
    counts = select(RegradeItem.regrade_id, Job.state, func.count()).join(Job, Job.id == RegradeItem.job_id)
    if regrade_id is not None:
        query = query.where(Regrade.id == regrade_id)
        counts = counts.where(RegradeItem.regrade_id == regrade_id)
    states: dict[str, Counter[str]] = defaultdict(Counter)
    for found, state, count in session.execute(counts.group_by(RegradeItem.regrade_id, Job.state)):
        states[found][state] = count
    return [Overview(regrade, by, states[regrade.id]) for regrade, by in session.execute(query)]


def preview(database: Database, course: Course, regrade_id: str) -> Preview:
    """The regrade as it stands. Raises BadInput where there is none, and for an item that is no longer set."""
    with database.reading() as session:
        (overview,) = overviews(session, find(session, regrade_id).id)
        outcomes = _outcomes(session, overview.regrade)
        authors = _authors(session, overview.regrade)
    mine: dict[str, list[Outcomes]] = defaultdict(list)
    users: dict[str, User] = {}
    for submission, user in authors:
        users[user.id] = user
        mine[user.id].append(outcomes[submission])
    touched = [user for user in users.values() if any(one.changed for one in mine[user.id])]
    changes = _changes(database, course, overview.regrade, touched, mine)
    return Preview(
        overview=overview,
        changes=sorted(changes, key=lambda change: (change.difference, change.user.name, change.user.login)),
        same=sum(one.new is not None and not one.left and not one.changed for one in outcomes.values()),
        broken=[(user, outcomes[submission]) for submission, user in authors if outcomes[submission].error],
        left=[(user, outcomes[submission]) for submission, user in authors if outcomes[submission].left],
    )


def history(session: Session, submission_id: str) -> list[Regraded]:
    """The regrades by which another result came to count for a submission, oldest first."""
    old, new = aliased(Result), aliased(Result)
    scores = (old.score, old.max_score, new.score, new.max_score)
    query = (
        select(Regrade.applied_at, Regrade.rolled_back_at, Regrade.other_inputs, *scores)
        .join(RegradeItem, RegradeItem.regrade_id == Regrade.id)
        .join(old, old.id == RegradeItem.before_result_id)
        .join(new, new.job_id == RegradeItem.job_id)
        .where(RegradeItem.submission_id == submission_id, RegradeItem.moved)
        .order_by(Regrade.applied_at)
    )
    return [
        Regraded(at, back, others, (old_score, old_most), (new_score, new_most))
        for at, back, others, old_score, old_most, new_score, new_most in session.execute(query)
        if at is not None
    ]


def _outcomes(session: Session, regrade: Regrade) -> dict[str, Outcomes]:
    """By submission: three results at most, without their reports."""
    old, new = aliased(Result), aliased(Result)
    query = (
        select(RegradeItem, Submission.result_id, Job.state, Job.error, *_parts(old), *_parts(new))
        .join(Submission, Submission.id == RegradeItem.submission_id)
        .join(Job, Job.id == RegradeItem.job_id)
        .join(old, old.id == RegradeItem.before_result_id)
        .outerjoin(new, new.job_id == RegradeItem.job_id)
        .where(RegradeItem.regrade_id == regrade.id)
    )
    return {row[0].submission_id: _outcome(regrade, row) for row in session.execute(query)}


def _parts(result: Any) -> tuple[Any, ...]:
    return result.id, result.score, result.max_score, result.complete


def _outcome(regrade: Regrade, row: Sequence[Any]) -> Outcomes:
    item, counts, state, error, old_id, old_score, old_most, old_complete, new_id, new_score, new_most, complete = row
    expected = new_id if regrade.state == APPLIED and item.moved else old_id
    passed_over = regrade.state in (APPLIED, ROLLED_BACK) and new_id is not None and not item.moved
    return Outcomes(
        submission=item.submission_id,
        old=Outcome(_share(old_score, old_most), old_complete),
        new=None if new_id is None else Outcome(_share(new_score, new_most), complete),
        old_score=(old_score, old_most),
        new_score=None if new_id is None else (new_score, new_most),
        left=counts != expected or passed_over,
        error=error or "broken" if state == "broken" else "",
    )


def _share(score: Fraction, most: Fraction) -> Fraction:
    return score / most if most else Fraction(0)


def _authors(session: Session, regrade: Regrade) -> list[tuple[str, User]]:
    query = (
        select(SubmissionAuthor.submission_id, User)
        .join(User, User.id == SubmissionAuthor.user_id)
        .join(RegradeItem, RegradeItem.submission_id == SubmissionAuthor.submission_id)
        .where(RegradeItem.regrade_id == regrade.id, User.role == "student", User.active)
        .order_by(User.name, User.login, SubmissionAuthor.submission_id)
    )
    return [(submission, user) for submission, user in session.execute(query)]


def _changes(
    database: Database, course: Course, regrade: Regrade, users: Sequence[User], mine: Mapping[str, Sequence[Outcomes]]
) -> list[Change]:
    item = course.item(regrade.assignment)
    if item is None or not users:
        return []
    stands = standings(database, course, users)
    with database.reading() as session:
        found = records(session, users, only=item.name)
    changes = []
    for user in users:
        changed = tuple(one for one in mine[user.id] if one.changed)
        before = {one.submission: one.old for one in changed}
        after = {one.submission: one.new for one in changed if one.new is not None}
        changes.append(Change(user, changed, effect(course, item, found[user.id], stands[user.id], before, after)))
    return changes
