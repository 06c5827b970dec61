"""One person's data: all of it as an archive, and its removal.

The archive holds what is known of the person, and results as the person may see them: nothing of a hidden test. After
a removal the audit log still stands and can be verified, since it holds ids; a team's uploads stay for the others.
Whoever has given marks to others, or started a regrade, is emptied and deactivated, but the row stays for those marks.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from grader.core.course import Course
from grader.core.gradebook import Record, deadline, standing
from grader.core.report import number, student_view, to_json
from grader.store import audit, kept_figures, submissions
from grader.store.after_due import is_due
from grader.store.models import (
    ApiToken,
    AuditEntry,
    Base,
    Blob,
    BonusEntry,
    CodeforcesSolution,
    DefenceMark,
    Extension,
    GroupExtension,
    Invitation,
    Job,
    JobEvent,
    KeptMark,
    Mail,
    NotedDeadline,
    OverrideMark,
    Regrade,
    RegradeItem,
    Result,
    StandingRow,
    Submission,
    SubmissionAuthor,
    SubmissionFile,
    TheoryMark,
    User,
)
from grader.store.records import records

PROFILE = (
    "login",
    "name",
    "role",
    "group",
    "team",
    "email",
    "codeforces",
    "language",
    "active",
    "reminders",
    "created_at",
)
# What is about one person and goes with the person; the columns that are nobody's business stay out of the archive.
OWN: tuple[type[Any], ...] = (
    TheoryMark,
    BonusEntry,
    DefenceMark,
    Extension,
    OverrideMark,
    CodeforcesSolution,
    ApiToken,
    Invitation,
    Mail,
    StandingRow,
    KeptMark,
    NotedDeadline,
)
_EXPORTED = OWN[:-3]  # what is only kept is counted from the rest
_SECRET = ("sha256", "given_by", "marked_by", "requested_by", "user_id")
_GIVEN = (
    BonusEntry.given_by,
    DefenceMark.marked_by,
    Extension.given_by,
    GroupExtension.given_by,
    OverrideMark.given_by,
    Regrade.started_by,
)


@dataclass(frozen=True)
class Removal:
    """What a removal takes away: how many of what, and whether an empty row must stay for marks given to others."""

    submissions: int
    shared: int
    entries: int
    row_stays: bool


def export(session: Session, course: Course, user: User, now: datetime) -> bytes:
    """Everything about a person as a zip: `person.json`, and every upload with the files that were in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = []
        record = records(session, [user])[user.id]
        for submission, _, result in submissions.of_student(session, user.id, reports=True):
            folder = f"submissions/{submission.received_at:%Y%m%d-%H%M%S}-{submission.id[:8]}"
            listed.append(_told_submission(course, record, submission, result, now))
            archive.writestr(f"{folder}/{submission.file_name}", submissions.uploaded(session, submission))
            for path, content in submissions.content_of(session, submission.id).files.items():
                archive.writestr(f"{folder}/files/{path}", content)
        told = {"profile": _row(user, PROFILE), "submissions": listed, **_told_entries(session, course, user)}
        archive.writestr("person.json", json.dumps(told, ensure_ascii=False, indent=1, default=str))
    return packed.getvalue()


def removal(session: Session, user: User) -> Removal:
    """What removing this person would take away. Nothing is changed."""
    alone = session.scalar(select(func.count()).select_from(Submission).where(_alone(user))) or 0
    authored = session.scalar(
        select(func.count()).select_from(SubmissionAuthor).where(SubmissionAuthor.user_id == user.id)
    )
    entries = sum(
        session.scalar(select(func.count()).select_from(table).where(table.user_id == user.id)) or 0
        for table in _EXPORTED
    )
    stays = any(session.scalar(select(exists().where(column == user.id))) for column in _GIVEN)
    return Removal(alone, (authored or 0) - alone, entries, stays)


def remove(session: Session, user: User, *, actor: User, now: datetime) -> Removal:
    """Take away all that is personal; what was taken is in the audit log as numbers."""
    from grader.staff.accounts import set_active

    set_active(session, user, False, actor=actor, now=now)  # refuses the last instructor
    found = removal(session, user)
    _hand_over(session, user)
    _remove_submissions(session, select(Submission.id).where(_alone(user)))
    session.execute(delete(SubmissionAuthor).where(SubmissionAuthor.user_id == user.id))
    kept_figures.changed(session, session.scalars(select(KeptMark.assignment).where(KeptMark.user_id == user.id)).all())
    for table in OWN:
        session.execute(delete(table).where(table.user_id == user.id))
    _remove_orphans(session)
    if found.row_stays:
        _empty(user)
    else:
        session.flush()
        session.execute(delete(User).where(User.id == user.id))
    audit.append(session, actor.id, "user.removed", user.id, None, asdict(found), now=now)
    return found


def _told_submission(
    course: Course, record: Record, submission: Submission, result: Result | None, now: datetime
) -> dict[str, Any]:
    item = course.item(submission.assignment)
    until = deadline(item, record) if item is not None else None
    report = None
    if result is not None:
        seen = student_view(submissions.report_of(result), after_due=item is not None and is_due(item, until, now))
        report = to_json(seen)
    kept = ("id", "assignment", "received_at", "file_name", "upload_sha256", "sha256", "practice")
    return {**_row(submission, kept), "report": report}


def _told_entries(session: Session, course: Course, user: User) -> dict[str, Any]:
    """Marks as they stand, and every row about the person by table."""
    score = standing(course, records(session, [user])[user.id])
    about = or_(AuditEntry.subject == user.id, _begins(session, f"{user.id}/"))
    log = session.scalars(select(AuditEntry).where(about).order_by(AuditEntry.number))
    marks = [{"item": m.assignment, "state": m.state, "points": number(m.points)} for m in score.marks]
    told: dict[str, Any] = {"marks": marks, "final": float(score.score.final)}
    for table in _EXPORTED:
        columns = [c.key for c in table.__table__.columns if c.key not in _SECRET]
        rows = session.scalars(select(table).where(table.user_id == user.id))
        told[table.__tablename__] = [_row(row, columns) for row in rows]
    told["log"] = [_row(entry, ("number", "at", "action", "before", "after", "reason")) for entry in log]
    return told


def _begins(session: Session, text: str) -> ColumnElement[bool]:
    """Whether a subject begins so, in a way that an index helps with; SQLite's LIKE is none, since it ignores case.

    Its order is that of the bytes, so what begins so stands between the text and the one with the next last letter.
    """
    if session.get_bind().dialect.name != "sqlite":
        return AuditEntry.subject.like(f"{text}%")
    return and_(AuditEntry.subject >= text, AuditEntry.subject < text[:-1] + chr(ord(text[-1]) + 1))


def _row(row: Base, columns: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in columns}


def _alone(user: User) -> ColumnElement[bool]:
    """Submissions of which this person is the only author."""
    authors = select(SubmissionAuthor.user_id).where(SubmissionAuthor.submission_id == Submission.id)
    theirs = select(SubmissionAuthor.submission_id).where(SubmissionAuthor.user_id == user.id)
    return Submission.id.in_(theirs) & ~authors.where(SubmissionAuthor.user_id != user.id).exists()


def _hand_over(session: Session, user: User) -> None:
    """What a team shares was uploaded by one of those who stay, from now on."""
    other = (
        select(func.min(SubmissionAuthor.user_id))
        .where(SubmissionAuthor.submission_id == Submission.id, SubmissionAuthor.user_id != user.id)
        .scalar_subquery()
    )
    shared = update(Submission).where(Submission.user_id == user.id, ~_alone(user), other.is_not(None))
    session.execute(shared.values(user_id=other), execution_options={"synchronize_session": False})


def _remove_submissions(session: Session, which: Select[str]) -> None:
    ids = list(session.scalars(which))
    jobs = select(Job.id).where(Job.submission_id.in_(ids))
    for table, condition in (
        (RegradeItem, RegradeItem.submission_id.in_(ids)),
        (Result, Result.submission_id.in_(ids)),
        (JobEvent, JobEvent.job_id.in_(jobs)),
        (Job, Job.submission_id.in_(ids)),
        (SubmissionFile, SubmissionFile.submission_id.in_(ids)),
        (SubmissionAuthor, SubmissionAuthor.submission_id.in_(ids)),
        (Submission, Submission.id.in_(ids)),
    ):
        session.execute(delete(table).where(condition), execution_options={"synchronize_session": False})


def _remove_orphans(session: Session) -> None:
    """Files that no submission has any more."""
    in_files = exists().where(SubmissionFile.blob_sha256 == Blob.sha256)
    used = or_(in_files, exists().where(Submission.upload_sha256 == Blob.sha256))
    session.execute(delete(Blob).where(~used), execution_options={"synchronize_session": False})


def _empty(user: User) -> None:
    """Nothing personal is left in the row but its id."""
    user.login, user.name, user.role = f"removed-{user.id[:8]}", "—", "student"
    user.group = user.team = user.email = user.codeforces = user.language = user.password_hash = ""
