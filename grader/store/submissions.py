"""Recording what students upload, and reading it back with its results."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from grader.core.assignment import Assignment
from grader.core.errors import BadInput
from grader.core.report import Report, from_json, number
from grader.core.submission import Submission as Content
from grader.store import audit, inputs, jobs, locks
from grader.store.models import (
    Blob,
    Job,
    JobEvent,
    Result,
    Submission,
    SubmissionAuthor,
    SubmissionFile,
    User,
    new_id,
)
from grader.store.records import is_of, touch

SAME_WITHIN = timedelta(minutes=1)  # a button that was pressed twice, a program that tries again


def record(
    session: Session,
    user: User,
    assignment: Assignment,
    content: Content,
    upload: bytes,
    *,
    practice: bool = False,
    team: bool = False,
    defers: bool = False,
    now: datetime,
) -> tuple[Submission, Job]:
    """An accepted upload with its job, in one transaction: acknowledged when that has committed.

    With ``team`` it counts for everybody who is in the student's team now, and meets the team's hidden inputs. With
    ``defers`` the tests that run only after the deadline wait for it.
    """
    identity = new_id()
    submission = Submission(
        id=identity,
        user_id=user.id,
        assignment=assignment.name,
        received_at=now,
        file_name=content.entry if len(content.files) == 1 else "upload.zip",
        upload_sha256=put_blob(session, upload),
        entry=content.entry,
        sha256=content.sha256,
        seed=inputs.seed(session, assignment.name, user, team=team),
        practice=practice,
    )
    session.add(submission)
    session.flush()
    whose = [author.id for author in authors(session, user, team=team)]
    session.add_all(SubmissionAuthor(submission_id=identity, user_id=author) for author in whose)
    touch(session, whose)
    for path, source in content.files.items():
        session.add(SubmissionFile(submission_id=identity, path=path, blob_sha256=put_blob(session, source)))
    job = jobs.enqueue(session, submission, assignment.environment, now, defers=defers)
    audit.append(
        session,
        user.id,
        "submission.received",
        identity,
        None,
        {"assignment": assignment.name, "sha256": content.sha256},
        now=now,
    )
    return submission, job


def authors(session: Session, user: User, *, team: bool) -> Sequence[User]:
    """For whom an upload of this person counts now: with ``team`` for all who hand in together, by name."""
    if not team or not user.team:
        return [user]
    together = select(User).where(User.team == user.team, User.role == user.role, User.active)
    return session.scalars(together.order_by(User.name, User.login)).all()


def lock(session: Session, user: User, assignment: str) -> None:
    """Until this transaction ends nobody else takes in an upload of this person to this assignment."""
    locks.lock(session, f"upload/{assignment}/{user.id}")


def same(session: Session, user: User, assignment: str, upload: bytes, now: datetime) -> tuple[Submission, Job] | None:
    """The upload of these very bytes that this person has sent within the last minute, unless we failed to grade it."""
    query = (
        select(Submission, Job)
        .join(Job, (Job.submission_id == Submission.id) & (Job.key == jobs.FIRST))
        .where(Submission.user_id == user.id, Submission.assignment == assignment)
        .where(Submission.received_at > now - SAME_WITHIN)
        .where(Submission.upload_sha256 == hashlib.sha256(upload).hexdigest(), Job.state != "broken")
        .order_by(Submission.received_at)
    )
    found = session.execute(query).first()
    return None if found is None else (found[0], found[1])


def put_blob(session: Session, content: bytes) -> str:
    """Keep these bytes once, however often they are uploaded; their hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {"sha256": sha256, "size": len(content), "compressed": zlib.compress(content)}
    session.execute(insert(Blob).values(row).on_conflict_do_nothing())  # two may bring the same file at once
    return sha256


def content_of(session: Session, submission_id: str) -> Content:
    """The files of a submission, as the sandbox gets them."""
    submission = session.get_one(
        Submission, submission_id, options=[selectinload(Submission.files).joinedload(SubmissionFile.blob)]
    )
    files = {file.path: zlib.decompress(file.blob.compressed) for file in submission.files}
    return Content(submission.entry, files)


def uploaded(session: Session, submission: Submission) -> bytes:
    """The file as it came, byte for byte."""
    return zlib.decompress(session.get_one(Blob, submission.upload_sha256).compressed)


def of_student(
    session: Session, user_id: str, assignment: str | None = None, *, reports: bool = False
) -> list[tuple[Submission, Job, Result | None]]:
    """A student's submissions and their team's, newest first, each with its first job and the result that counts.

    Of the results the ``reports`` are read only if asked for: they are large, and lists show nothing of them.
    """
    query = (
        select(Submission, Job, Result)
        .join(Job, (Job.submission_id == Submission.id) & (Job.key == jobs.FIRST))
        .outerjoin(Result, Result.id == Submission.result_id)
        .where(_is_author(user_id))
        .order_by(Submission.received_at.desc())
    )
    if assignment is not None:
        query = query.where(is_of(assignment))
    if not reports:
        query = query.options(defer(Result.report, raiseload=True))
    return [(submission, job, result) for submission, job, result in session.execute(query)]


def numbers(session: Session, user_id: str, assignment: str | None = None) -> dict[str, int]:
    """How many submissions a student and their team have, by assignment; with ``assignment`` to that one."""
    query = select(Submission.assignment, func.count()).where(_is_author(user_id)).group_by(Submission.assignment)
    if assignment is not None:
        query = query.where(is_of(assignment))
    return dict(session.execute(query).all())


def find(session: Session, submission_id: str, *, viewer: User) -> tuple[Submission, Job, Result | None] | None:
    """One submission, if this person may see it: an author, or staff. None tells nothing more."""
    query = (
        select(Submission, Job, Result)
        .join(Job, (Job.submission_id == Submission.id) & (Job.key == jobs.FIRST))
        .outerjoin(Result, Result.id == Submission.result_id)
        .options(joinedload(Submission.user))
        .where(Submission.id == submission_id)
    )
    if not viewer.is_staff:
        query = query.where(_is_author(viewer.id))
    found = session.execute(query).one_or_none()
    return None if found is None else (found[0], found[1], found[2])


def find_job(session: Session, submission_id: str, *, viewer: User) -> Job | None:
    """The first job of a submission that this person may see, and nothing else of it: it is asked for all the time."""
    query = select(Job).where(Job.submission_id == submission_id, Job.key == jobs.FIRST)
    if not viewer.is_staff:
        query = query.join(Submission, Submission.id == Job.submission_id).where(_is_author(viewer.id))
    return session.scalar(query)


def _is_author(user_id: str) -> ColumnElement[bool]:
    """Not by EXISTS: some databases then look at every submission of everybody, to ask whose it is."""
    return Submission.id.in_(select(SubmissionAuthor.submission_id).where(SubmissionAuthor.user_id == user_id))


def events_after(session: Session, job_id: str, number: int) -> list[JobEvent]:
    """Progress rows that came after the one with this number."""
    query = select(JobEvent).where(JobEvent.job_id == job_id, JobEvent.number > number).order_by(JobEvent.number)
    return list(session.scalars(query))


def report_of(result: Result) -> Report:
    return from_json(result.report)


def broken(session: Session) -> Sequence[Job]:
    """Jobs that we have failed to grade, for staff."""
    query = select(Job).options(joinedload(Job.submission).joinedload(Submission.user)).where(Job.state == "broken")
    return session.scalars(query.order_by(Job.created_at)).all()


def retry(session: Session, job_id: str, actor: User, now: datetime) -> None:
    """Put a broken job back in line with fresh attempts."""
    job = session.get(Job, job_id)
    if job is None or job.state != "broken":
        raise BadInput("This job is not broken.", ru="Эта проверка не сорвалась: перезапускать нечего.")
    audit.append(session, actor.id, "job.retried", job.submission_id, {"error": job.error}, None, now=now)
    job.state, job.attempt, job.run_after, job.finished_at = "queued", 0, now, None


def find_results(session: Session, submission_ids: Sequence[str]) -> dict[str, str]:
    """Of these submissions, those that are done: ``8.5/15``, or that they are broken."""
    query = (
        select(Submission.id, Job.state, Result.score, Result.max_score)
        .join(Job, (Job.submission_id == Submission.id) & (Job.key == jobs.FIRST))
        .outerjoin(Result, Result.id == Submission.result_id)
        .where(Submission.id.in_(submission_ids), Job.state.in_(("graded", "broken")))
    )
    return {
        submission_id: f"{number(score):g}/{number(max_score):g}" if state == "graded" else "broken"
        for submission_id, state, score, max_score in session.execute(query)
    }
