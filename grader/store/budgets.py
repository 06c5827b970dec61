"""What is left of the budget of submissions, for a person or for the team that hands in together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.budget import Budget, budget
from grader.core.course import CourseItem
from grader.store import locks, submissions
from grader.store.models import Submission, SubmissionAuthor, User
from grader.store.records import is_of


def left(session: Session, items: Sequence[CourseItem], user: User, now: datetime) -> dict[str, Budget]:
    """What is left of the limited ones among these items, by name: two queries. Staff have no limit.

    An item of a team has the team's budget: whatever was handed in for anybody who is in it now.
    """
    limited = {item.name: item for item in items if item.bucket is not None}
    if user.is_staff or not limited:
        return {}
    together = submissions.authors(session, user, team=any(item.team for item in limited.values()))
    spent = (
        select(Submission.id, Submission.assignment, Submission.received_at, SubmissionAuthor.user_id)
        .join(SubmissionAuthor, SubmissionAuthor.submission_id == Submission.id)
        .where(SubmissionAuthor.user_id.in_([one.id for one in together]))
        .where(is_of(*limited), Submission.costs)
    )
    moments: dict[str, dict[str, datetime]] = defaultdict(dict)  # each submission once, however many its authors
    for submission_id, name, received_at, author in session.execute(spent):
        if limited[name].team or author == user.id:
            moments[name][submission_id] = received_at
    return {
        name: budget(item.bucket, moments[name].values(), now)
        for name, item in limited.items()
        if item.bucket is not None
    }


def lock(session: Session, item: CourseItem, user: User) -> None:
    """Until this transaction ends nobody else takes from this budget."""
    whose = f"team {user.team}" if item.team and user.team else user.id
    locks.lock(session, f"budget/{item.name}/{whose}")
