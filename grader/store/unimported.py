"""Uploads that could not be imported at all: a few a day take nothing from the budget of submissions.

No hidden input has been in their sandbox, so their results tell nothing of one; what is bounded is the work.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.report import Report
from grader.store import locks
from grader.store.models import Result, Submission, SubmissionAuthor

FREE = 3  # of one assignment, for everybody for whom the upload counts
WITHIN = timedelta(days=1)  # before it was received


def is_free(session: Session, submission_id: str, report: Report) -> bool:
    """Whether this upload takes nothing, since it could not be imported, and not too many before it could not."""
    if not report.never_imported or report.score:
        return False
    submission = session.get_one(Submission, submission_id)
    asked = select(SubmissionAuthor.user_id).where(SubmissionAuthor.submission_id == submission_id)
    authors = session.scalars(asked.order_by(SubmissionAuthor.user_id)).all()
    for author in authors:  # in the same order by everybody
        locks.lock(session, f"not imported/{submission.assignment}/{author}")
    at_first = Result.report["import_fault"]["at_first"].as_boolean()
    query = (
        select(Submission.id)
        .distinct()
        .join(SubmissionAuthor, SubmissionAuthor.submission_id == Submission.id)
        .join(Result, Result.submission_id == Submission.id)
        .where(SubmissionAuthor.user_id.in_(authors), Submission.assignment == submission.assignment)
        .where(Submission.id != submission_id, Submission.costs.is_(False), at_first)
        .where(Submission.received_at > submission.received_at - WITHIN)
        .limit(FREE)
    )
    return len(session.scalars(query).all()) < FREE
