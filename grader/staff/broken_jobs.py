"""Jobs that we have failed to grade: staff try them again, and decide whether the upload counts.

The first one of a student for an assignment is given back by itself (`grader.store.jobs.fail`), and so is every one
whose tests had not begun. What is left spent after that is for staff to decide.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.errors import BadInput
from grader.staff import entering
from grader.store import audit
from grader.store.jobs import FIRST
from grader.store.models import Job, Submission, User


def find(session: Session, submission_id: str) -> Job:
    """The broken first job of the submission whose id is this, or begins so where that tells which. Raises BadInput."""
    query = select(Job).where(Job.key == FIRST, Job.state == "broken")
    found = session.scalars(query.where(Job.submission_id.startswith(submission_id, autoescape=True)).limit(2)).all()
    if len(found) != 1 or not submission_id:
        raise BadInput(
            f"There is no upload {submission_id!r} that could not be graded.",
            ru=f"Загрузки «{submission_id}», которую не удалось проверить, нет.",
        )
    return found[0]


def give_back(session: Session, job_id: str, *, why: str, actor: User, now: datetime) -> None:
    """Let an upload that we could not grade take nothing from the budget. Raises BadInput where it takes nothing."""
    job = session.get(Job, job_id, with_for_update=True)
    if job is None or job.key != FIRST or job.state != "broken":
        raise BadInput("This job is not broken.", ru="С этой загрузкой всё в порядке: она не сломана.")
    reason = entering.reason(why)
    submission = session.get_one(Submission, job.submission_id, with_for_update=True)
    if not submission.costs:
        raise BadInput("This upload was given back already.", ru="Эта попытка уже возвращена.")
    submission.costs = False
    audit.append(
        session, actor.id, "upload.given-back", submission.id, {"costs": True}, {"costs": False}, now=now, reason=reason
    )
