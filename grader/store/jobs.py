"""The rules of a job: who may grade it, until when, and what counts.

States: queued -> running -> graded, or back to queued after a fault of ours, or broken after three that count; those of
a regrade that is not wanted any more are withdrawn. Taking a job raises its ``fence``; only the holder of the newest
fence can report progress or finish, so a worker that was thought dead, and a message that came twice, change nothing.
Clocks may differ and may be set: a lease is lost when nobody prolongs it for long enough by the clock of one who
watches, whatever time is written in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from grader.core.report import Report, to_json
from grader.core.tasks import queue_of
from grader.store import locks, unimported
from grader.store.models import Job, JobEvent, Result, Submission, SubmissionAuthor
from grader.store.records import touch_authors

LEASE = timedelta(seconds=60)
ATTEMPTS = 3
BACKOFF = timedelta(seconds=10)  # after the first fault; times four after each further one
LONGEST_PAUSE = timedelta(minutes=10)  # nobody makes a job wait so long; where it looks so, a clock was set
FIRST = "first"
AFTER_DUE = "after-due"  # the whole suite, where the first job left out what runs only after the deadline
REGRADE = "regrade:"  # a job's key begins so, and the regrade's id follows
REGRADE_PRIORITY = 10
NOT_OVER = ("queued", "running", "broken")  # the states of jobs that are neither graded nor withdrawn


@dataclass(frozen=True)
class Claim:
    """The right to grade a job, for as long as the lease lasts and nobody has taken a newer one."""

    job_id: str
    submission_id: str
    fence: int
    attempt: int
    queue: str = ""
    waited: timedelta = timedelta(0)  # since its time had come


@dataclass(frozen=True)
class Lease:
    """A job that somebody holds; another one after each heartbeat."""

    job_id: str
    fence: int
    until: datetime | None


def enqueue(session: Session, submission: Submission, environment: str, now: datetime, *, defers: bool = False) -> Job:
    """The job of a new submission; committed together with it, or not at all.

    With ``defers`` the tests that run only after the deadline are left for `enqueue_after_due`.
    """
    job = Job(
        submission_id=submission.id,
        key=FIRST,
        queue=queue_of(environment),
        defers=defers,
        run_after=now,
        created_at=now,
    )
    session.add(job)
    session.flush()
    return job


def enqueue_after_due(session: Session, submission_id: str, environment: str, now: datetime) -> Job:
    """The job that runs the whole suite once the deadline is over; it waits behind new submissions."""
    job = Job(
        submission_id=submission_id,
        key=AFTER_DUE,
        queue=queue_of(environment, regrade=True),
        priority=REGRADE_PRIORITY,
        run_after=now,
        created_at=now,
    )
    session.add(job)
    session.flush()
    return job


def leaves_out(session: Session, job: Job) -> bool:
    """Whether this job leaves out the tests that run only after the deadline: a regrade does as what it replaces."""
    if not job.key.startswith(REGRADE):
        return job.defers
    counts = select(Result.complete).join(Submission, Submission.result_id == Result.id)
    return session.scalar(counts.where(Submission.id == job.submission_id)) is False


def seed_of(session: Session, job: Job, submission: Submission) -> str:
    """What this job draws its inputs from: the submission's seed, unless staff wanted others.

    What runs only after the deadline meets the inputs of the result that counts by then.
    """
    if job.key != AFTER_DUE:
        return job.seed or submission.seed
    counts = select(Job.seed).join(Result, Result.job_id == Job.id).where(Result.id == submission.result_id)
    return session.scalar(counts) or submission.seed


def claim(session: Session, job_id: str, owner: str, now: datetime, lease: timedelta = LEASE) -> Claim | None:
    """Take this job, if it is waiting and its time has come."""
    taken = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == "queued", _is_due(now))
        .values(
            state="running",
            attempt=Job.attempt + 1,
            fence=Job.fence + 1,
            lease_owner=owner,
            lease_until=now + lease,
            started_at=now,
        )
        .returning(Job.submission_id, Job.fence, Job.attempt, Job.queue, Job.run_after)
    ).one_or_none()
    if taken is None:
        return None
    waited = max(now - taken.run_after, timedelta(0))
    return Claim(job_id, taken.submission_id, taken.fence, taken.attempt, taken.queue, waited)


def next_waiting(session: Session, queues: Sequence[str], now: datetime) -> str | None:
    """The job that is first in line, for a worker that has no bell."""
    return session.scalar(
        select(Job.id)
        .where(Job.state == "queued", Job.queue.in_(queues), _is_due(now))
        .order_by(Job.priority, Job.created_at)
        .limit(1)
    )


def heartbeat(session: Session, held: Claim, now: datetime, lease: timedelta = LEASE) -> bool:
    """Prolong the lease; False when the job is no longer ours and its grading must stop."""
    return _update_held(session, held, lease_until=now + lease)


def add_events(session: Session, held: Claim, payloads: Sequence[dict[str, Any]]) -> bool:
    """Progress rows, numbered on from those there are; False when the job is no longer ours."""
    if not _holds(session, held):
        return False
    last = session.scalar(select(func.max(JobEvent.number)).where(JobEvent.job_id == held.job_id)) or 0
    for number, payload in enumerate(payloads, start=last + 1):
        session.add(JobEvent(job_id=held.job_id, number=number, fence=held.fence, payload=payload))
    return True


def finish(session: Session, held: Claim, report: Report, now: datetime) -> bool:
    """Store the result, and point the gradebook to it; False when it is not ours to store any more.

    A regrade's result is only stored: the gradebook points to it when the regrade is applied.
    """
    if not _update_held(session, held, state="graded", finished_at=now, lease_until=None, error=""):
        return False
    result = Result(
        job_id=held.job_id,
        submission_id=held.submission_id,
        score=Fraction(report.score),
        max_score=Fraction(report.max_score),
        suite_sha256=report.provenance.get("suite_sha256", ""),
        reference_sha256=report.provenance.get("reference_sha256", ""),
        report=to_json(report),
        complete=report.complete,
        created_at=now,
    )
    session.add(result)
    session.flush()
    key = session.get_one(Job, held.job_id).key
    if not key.startswith(REGRADE):
        point_to(session, held.submission_id, result.id)
    if key == FIRST:
        free = report.refused or unimported.is_free(session, held.submission_id, report)
        _set_costs(session, held.submission_id, costs=not free)
    return True


def point_to(session: Session, submission_id: str, result_id: str | None) -> None:
    """From now on this result of the submission counts."""
    session.execute(update(Submission).where(Submission.id == submission_id).values(result_id=result_id))
    touch_authors(session, submission_id)


def fail(
    session: Session,
    held: Claim,
    error: str,
    now: datetime,
    backoff: timedelta = BACKOFF,
    *,
    counts: bool = True,
) -> bool:
    """A fault of ours: the job waits and is tried again, or is broken after the third time. Never a zero.

    One that does not count is the machine's alone, and leaves the job as many attempts as it had.
    A submission that we could not grade takes nothing from the budget; it does again once it is graded after all.
    Where its tests had begun, as the job's progress tells, verdicts can have been seen: such a one is given back once
    to each of its authors for an assignment. After that it stays spent, and staff decide.
    """
    values = _after_fault(held.attempt, error, now, backoff) if counts else _again(held.attempt, error, now, backoff)
    if not _update_held(session, held, **values):
        return False
    if values["state"] == "broken" and session.get_one(Job, held.job_id).key == FIRST:
        _give_back_upload(session, held)
    return True


def give_back(session: Session, held: Claim, now: datetime) -> bool:
    """The worker stops before it is done: the job waits again, and this attempt did not count."""
    return _update_held(session, held, state="queued", attempt=held.attempt - 1, lease_until=None, run_after=now)


def withdraw(session: Session, key: str, now: datetime) -> int:
    """Grade no job of this key any more; how many were still to be graded. Whoever holds one learns it in time."""
    waiting = session.scalar(select(func.count()).where(Job.key == key, Job.state.in_(("queued", "running")))) or 0
    session.execute(
        update(Job)
        .where(Job.key == key, Job.state != "graded")
        .values(state="withdrawn", lease_until=None, finished_at=now)
        .execution_options(synchronize_session=False)
    )
    return waiting


def leases(session: Session) -> list[Lease]:
    """All jobs that somebody holds."""
    held = select(Job.id, Job.fence, Job.lease_until).where(Job.state == "running")
    return [Lease(job_id, fence, until) for job_id, fence, until in session.execute(held)]


def take_back(session: Session, lost: Sequence[Lease], now: datetime, backoff: timedelta = BACKOFF) -> list[Claim]:
    """Put jobs that nobody holds any more back in line: those that were still as they looked."""
    taken: list[Claim] = []
    for lease in lost:
        job = session.get_one(Job, lease.job_id, with_for_update=True)
        held = Claim(job.id, job.submission_id, lease.fence, job.attempt)
        if job.lease_until == lease.until and fail(session, held, "the worker was lost", now, backoff):
            taken.append(held)
    return taken


def to_ring(session: Session, now: datetime, older_than: timedelta) -> list[tuple[str, str]]:
    """Jobs that have been waiting for a while: id and queue. Whether they were rung for is not known, nor asked."""
    waiting = session.execute(
        select(Job.id, Job.queue)
        .where(Job.state == "queued", _is_due(now))
        .where(or_(Job.created_at <= now - older_than, Job.created_at > now))
        .order_by(Job.priority, Job.created_at)
        .limit(1000)
    )
    return [(job_id, queue) for job_id, queue in waiting]


def position(session: Session, job: Job) -> int:
    """How many jobs of its queue come before a waiting one."""
    earlier = or_(Job.priority < job.priority, (Job.priority == job.priority) & (Job.created_at < job.created_at))
    counted = select(func.count()).where(Job.state == "queued", Job.queue == job.queue, earlier)
    return session.scalar(counted) or 0


def queue_lengths(session: Session) -> dict[tuple[str, str], int]:
    """Number of jobs by queue and state, of those that are neither graded nor withdrawn."""
    rows = session.execute(
        select(Job.queue, Job.state, func.count()).where(Job.state.in_(NOT_OVER)).group_by(Job.queue, Job.state)
    )
    return {(queue, state): count for queue, state, count in rows}


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(Job.run_after <= now, Job.run_after > now + LONGEST_PAUSE)


def _after_fault(attempt: int, error: str, now: datetime, backoff: timedelta) -> dict[str, Any]:
    common = {"lease_until": None, "error": error[:2000]}
    if attempt >= ATTEMPTS:
        return {**common, "state": "broken", "finished_at": now}
    return {**common, "state": "queued", "run_after": now + backoff * 4 ** (attempt - 1)}


def _again(attempt: int, error: str, now: datetime, backoff: timedelta) -> dict[str, Any]:
    values = {"state": "queued", "attempt": attempt - 1, "run_after": now + backoff}
    return {**values, "lease_until": None, "error": error[:2000]}


def _give_back_upload(session: Session, held: Claim) -> None:
    if session.scalar(select(JobEvent.number).where(JobEvent.job_id == held.job_id).limit(1)) is None:
        _set_costs(session, held.submission_id, costs=False)
    elif not _was_given_back(session, held.submission_id):
        _set_costs(session, held.submission_id, costs=False, given_back=True)


def _was_given_back(session: Session, submission_id: str) -> bool:
    """Whether another upload of one of its authors was given back, though its tests had begun."""
    assignment = session.scalars(select(Submission.assignment).where(Submission.id == submission_id)).one()
    asked = select(SubmissionAuthor.user_id).where(SubmissionAuthor.submission_id == submission_id)
    authors = session.scalars(asked.order_by(SubmissionAuthor.user_id)).all()
    for author in authors:  # in the same order by everybody
        locks.lock(session, f"given back/{assignment}/{author}")
    query = (
        select(Submission.id)
        .join(SubmissionAuthor, SubmissionAuthor.submission_id == Submission.id)
        .where(Submission.assignment == assignment, Submission.given_back, Submission.id != submission_id)
        .where(SubmissionAuthor.user_id.in_(authors))
    )
    return session.scalar(query.limit(1)) is not None


def _set_costs(session: Session, submission_id: str, *, costs: bool, given_back: bool = False) -> None:
    values = {"costs": costs, "given_back": given_back}
    session.execute(update(Submission).where(Submission.id == submission_id).values(**values))


def _holds(session: Session, held: Claim) -> bool:
    found = select(Job.id).where(Job.id == held.job_id, Job.fence == held.fence, Job.state == "running")
    return session.scalar(found.with_for_update()) is not None


def _update_held(session: Session, held: Claim, **values: Any) -> bool:
    changed: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(Job).where(Job.id == held.job_id, Job.fence == held.fence, Job.state == "running").values(**values)
    )
    return changed.rowcount == 1
