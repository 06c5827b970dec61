"""What marks are counted from: every student's record, in a number of queries that does not grow.

Whoever changes something that a record is made of calls `touch` in the same transaction, so that what was counted
from the old record is known to be old (`grader.store.standings`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, String, select, type_coerce, update
from sqlalchemy.orm import Session

from grader.core.gradebook import Attempt, Defence, Override, Record, Solved
from grader.core.scoring import Exam
from grader.store.models import (
    BonusEntry,
    CodeforcesSolution,
    DefenceMark,
    Extension,
    GroupExtension,
    OverrideMark,
    Result,
    Submission,
    SubmissionAuthor,
    TheoryMark,
    User,
)


def is_of(*assignments: str) -> ColumnElement[bool]:
    """Whether a submission is to one of these, where it is asked of the few of some person.

    It names no plain column, or a database may go through everybody's submissions to the assignment instead.
    """
    return Submission.assignment.concat("").in_(assignments)


def touch(session: Session, user_ids: Collection[str]) -> None:
    """These people's records have changed."""
    session.execute(update(User).where(User.id.in_(user_ids)).values(record_version=User.record_version + 1))


def touch_authors(session: Session, submission_id: str) -> None:
    """The result that counts for a submission has changed."""
    authors = session.scalars(select(SubmissionAuthor.user_id).where(SubmissionAuthor.submission_id == submission_id))
    touch(session, authors.all())


def records(session: Session, users: Iterable[User], *, only: str | None = None) -> dict[str, Record]:
    """The records of these people by user id: eight queries, however many they are.

    With ``only`` the attempts are those at one assignment.
    """
    people = list(users)
    wanted = [user.id for user in people]
    attempts = _attempts(session, wanted, only)
    solved: dict[str, dict[str, list[Solved]]] = defaultdict(lambda: defaultdict(list))
    for one in session.scalars(select(CodeforcesSolution).where(CodeforcesSolution.user_id.in_(wanted))):
        solved[one.user_id][one.item].append(Solved(one.problem, one.at, one.share))
    defences: dict[str, dict[str, Defence]] = defaultdict(dict)
    defended = select(DefenceMark.user_id, DefenceMark.assignment, DefenceMark.at, DefenceMark.share)
    for user_id, assignment, at, share in session.execute(defended.where(DefenceMark.user_id.in_(wanted))):
        defences[user_id][assignment] = Defence(at, share)
    overrides: dict[str, dict[str, Override]] = defaultdict(dict)
    for override in session.scalars(select(OverrideMark).where(OverrideMark.user_id.in_(wanted))):
        overrides[override.user_id][override.assignment] = Override(override.points, override.reason)
    own = deadlines(session, people)
    theory = {mark.user_id: mark for mark in session.scalars(select(TheoryMark).where(TheoryMark.user_id.in_(wanted)))}
    bonus: dict[str, Fraction] = defaultdict(Fraction)
    for entry in session.scalars(
        select(BonusEntry).where(BonusEntry.user_id.in_(wanted), BonusEntry.revoked_at.is_(None))
    ):
        bonus[entry.user_id] += entry.points
    return {
        user_id: Record(
            attempts=attempts[user_id],
            solved=solved[user_id],
            defences=defences[user_id],
            deadlines=own[user_id],
            overrides=overrides[user_id],
            test=_test(theory.get(user_id)),
            exam=_exam(theory.get(user_id)),
            bonus=bonus[user_id],
        )
        for user_id in wanted
    }


def _attempts(session: Session, wanted: list[str], only: str | None) -> dict[str, dict[str, list[Attempt]]]:
    attempts: dict[str, dict[str, list[Attempt]]] = defaultdict(lambda: defaultdict(list))
    graded = _graded(wanted) if only is None else _graded(wanted).where(is_of(only))
    for user_id, assignment, submission_id, received_at, score, max_score, complete in session.execute(graded):
        attempts[user_id][assignment].append(Attempt(submission_id, received_at, _share(score, max_score), complete))
    return attempts


@lru_cache(maxsize=65_536)
def _share(score: str, max_score: str) -> Fraction:
    """The share of a result as it is stored: there are millions of results, and few different shares."""
    return Fraction(score) / Fraction(max_score) if Fraction(max_score) else Fraction(0)


def _graded(wanted: list[str]) -> Select[str, str, str, datetime, str, str, bool]:
    """Every graded submission of these people, each once for every author."""
    return (
        select(
            SubmissionAuthor.user_id,
            Submission.assignment,
            Submission.id,
            Submission.received_at,
            type_coerce(Result.score, String),
            type_coerce(Result.max_score, String),
            Result.complete,
        )
        .join(Submission, Submission.id == SubmissionAuthor.submission_id)
        .join(Result, Result.id == Submission.result_id)
        .where(SubmissionAuthor.user_id.in_(wanted))
    )


def deadlines(
    session: Session, people: Collection[User], *, groups: Mapping[str, str] | None = None
) -> dict[str, dict[str, datetime]]:
    """Own deadlines by user id and assignment: the later one of the group's and the student's.

    They are those that people would have in other ``groups``, where these are told by user id.
    """
    by_group: dict[str, dict[str, datetime]] = defaultdict(dict)
    group = {user.id: (groups or {}).get(user.id, user.group) for user in people}
    for given in session.scalars(select(GroupExtension).where(GroupExtension.group.in_(set(group.values())))):
        by_group[given.group][given.assignment] = given.deadline
    own = {user.id: dict(by_group[group[user.id]]) for user in people}
    for extension in session.scalars(select(Extension).where(Extension.user_id.in_(own))):
        known = own[extension.user_id]
        known[extension.assignment] = max(extension.deadline, known.get(extension.assignment, extension.deadline))
    return own


def _test(mark: TheoryMark | None) -> Fraction:
    return mark.test if mark is not None and mark.test is not None else Fraction(0)


def _exam(mark: TheoryMark | None) -> Exam | None:
    """An exam of which one part was entered was attempted: the other part is 0."""
    if mark is None or (mark.exam_minimum is None and mark.exam_ticket is None):
        return None
    return Exam(mark.exam_minimum or Fraction(0), mark.exam_ticket or Fraction(0))
