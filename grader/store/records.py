"""What the gradebook is computed from: every student's record, in a number of queries that does not grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.gradebook import Attempt, Defence, Record
from grader.core.scoring import Exam
from grader.store.models import BonusEntry, DefenceMark, Extension, Result, Submission, TheoryMark, User


def records(session: Session, users: Iterable[User]) -> dict[str, Record]:
    """The records of these people by user id: five queries, however many they are."""
    wanted = [user.id for user in users]
    attempts: dict[str, dict[str, list[Attempt]]] = defaultdict(lambda: defaultdict(list))
    rows = session.execute(
        select(
            Submission.user_id,
            Submission.assignment,
            Submission.id,
            Submission.received_at,
            Result.score,
            Result.max_score,
        )
        .join(Result, Result.id == Submission.result_id)
        .where(Submission.user_id.in_(wanted), Submission.practice.is_(False))
    )
    for user_id, assignment, submission_id, received_at, score, max_score in rows:
        share = score / max_score if max_score else Fraction(0)
        attempts[user_id][assignment].append(Attempt(submission_id, received_at, share))
    defences: dict[str, dict[str, Defence]] = defaultdict(dict)
    for mark in session.scalars(select(DefenceMark).where(DefenceMark.user_id.in_(wanted))):
        defences[mark.user_id][mark.assignment] = Defence(mark.at, mark.share)
    deadlines: dict[str, dict[str, object]] = defaultdict(dict)
    for extension in session.scalars(select(Extension).where(Extension.user_id.in_(wanted))):
        deadlines[extension.user_id][extension.assignment] = extension.deadline
    theory = {mark.user_id: mark for mark in session.scalars(select(TheoryMark).where(TheoryMark.user_id.in_(wanted)))}
    bonus: dict[str, Fraction] = defaultdict(Fraction)
    for entry in session.scalars(select(BonusEntry).where(BonusEntry.user_id.in_(wanted))):
        bonus[entry.user_id] += entry.points
    return {
        user_id: Record(
            attempts=attempts[user_id],
            defences=defences[user_id],
            deadlines=deadlines[user_id],  # type: ignore[arg-type]
            test=_test(theory.get(user_id)),
            exam=_exam(theory.get(user_id)),
            bonus=bonus[user_id],
        )
        for user_id in wanted
    }


def _test(mark: TheoryMark | None) -> Fraction:
    return mark.test if mark is not None and mark.test is not None else Fraction(0)


def _exam(mark: TheoryMark | None) -> Exam | None:
    if mark is None or mark.exam_minimum is None or mark.exam_ticket is None:
        return None
    return Exam(mark.exam_minimum, mark.exam_ticket)
