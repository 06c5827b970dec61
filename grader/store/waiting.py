"""How long an upload waits: its place in line, and an estimate from what gradings took lately. It promises nothing."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.store import jobs
from grader.store.models import Job

RECENT = 50  # gradings that the estimate looks at


@dataclass(frozen=True)
class Wait:
    """``before`` jobs come first; ``seconds`` until this one is graded, None while nothing is known to go by."""

    before: int
    seconds: float | None


def wait(session: Session, job: Job) -> Wait:
    """The wait of a job that stands in line; of any other it is nothing."""
    if job.state != "queued":
        return Wait(0, None)
    before = jobs.position(session, job)
    return Wait(before, estimate(before, _recent_seconds(session, job.queue), _running(session, job.queue)))


def estimate(before: int, recent: list[float], running: int) -> float | None:
    """The median of recent gradings, times the place in line, over those that run at once."""
    if not recent:
        return None
    return median(recent) * (before + 1) / max(running, 1)


def _recent_seconds(session: Session, queue: str) -> list[float]:
    query = (
        select(Job.started_at, Job.finished_at)
        .where(Job.queue == queue, Job.finished_at.is_not(None), Job.started_at.is_not(None), Job.state == "graded")
        .order_by(Job.finished_at.desc())
        .limit(RECENT)
    )
    return [
        (finished - started).total_seconds()
        for started, finished in session.execute(query)
        if started is not None and finished is not None
    ]


def _running(session: Session, queue: str) -> int:
    return session.scalar(select(func.count()).where(Job.state == "running", Job.queue == queue)) or 0
