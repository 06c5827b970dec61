"""The tables. Submissions, files and results are never changed; jobs are, by the rules of `grader.store.jobs`."""

from __future__ import annotations

import uuid
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from grader.store.types import Exact, Moment

ROLES = ("student", "assistant", "instructor")
BONUS_KINDS = ("notes", "visualiser", "improvement", "other")


def new_id() -> str:
    return str(uuid.uuid4())


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, Fraction: Exact, dict[str, Any]: JSON}  # noqa: RUF012


class User(Base):
    """A person. ``session_version`` grows to end every session that is open.

    ``group`` is the study group, ``team`` the name shared by those who hand in together, ``codeforces`` the handle
    there. ``reminders`` are mails before a deadline. ``record_version`` grows with every change of what this person's
    marks are counted from.
    """

    __tablename__ = "users"
    __table_args__ = (  # lists are read in their order, a page at a time
        Index("ix_users_by_group", "group", "name", "login", "role", "active"),
        Index("ix_users_by_name", "name", "login", "role", "active"),
        Index("ix_users_current", "id", "record_version", "role", "active"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20), default="student")
    group: Mapped[str] = mapped_column(String(60), default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(2), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    team: Mapped[str] = mapped_column(String(60), default="", index=True)
    codeforces: Mapped[str] = mapped_column(String(60), default="")
    active: Mapped[bool] = mapped_column(default=True)
    reminders: Mapped[bool] = mapped_column(default=True)
    session_version: Mapped[int] = mapped_column(default=1)
    record_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    @property
    def is_staff(self) -> bool:
        return self.role in ("assistant", "instructor")


class Mail(Base):
    """A message to a person: what it is about, never its text, which is written when it is sent.

    ``key`` tells apart what is sent of a kind: nobody is sent the same twice. It is "sending" from just before it is
    given to the mail server until that is noted; what stays so is "unsure", and is not sent again by itself.
    """

    __tablename__ = "mails"
    __table_args__ = (
        UniqueConstraint("user_id", "kind", "key"),
        Index("ix_mails_state", "state", "run_after"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(200))
    details: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(10), default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[datetime]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(200), default="")
    requested_by: Mapped[str] = mapped_column(String(36), default="")
    user: Mapped[User] = relationship()


class MailService(Base):
    """Whether mail is sent, as the sweeper last noted it, and what it last met: one row."""

    __tablename__ = "mail_service"
    __table_args__ = (CheckConstraint("number = 1", name="ck_mail_service_one"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    active: Mapped[bool] = mapped_column(default=False)
    seen_at: Mapped[datetime]
    error: Mapped[str] = mapped_column(String(200), default="")


class NotedDeadline(Base):
    """The deadline of an item that a student was last told of, or that held when mail was switched on."""

    __tablename__ = "noted_deadlines"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100), primary_key=True)
    deadline: Mapped[datetime | None]


class Invitation(Base):
    """A link with which a person sets the first password, once; only its hash is kept."""

    __tablename__ = "invitations"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()


class ApiToken(Base):
    """A personal token for programs; only its hash is kept. ``scopes`` are words separated by spaces."""

    __tablename__ = "api_tokens"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(100), default="")
    scopes: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()


class InputKey(Base):
    """The key that the seeds of hidden inputs come from: one row, made with the table, and never changed."""

    __tablename__ = "input_keys"
    __table_args__ = (CheckConstraint("number = 1", name="ck_input_keys_one"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[bytes] = mapped_column(LargeBinary)


class Blob(Base):
    """A file's bytes, compressed, by the hash of what they are when inflated."""

    __tablename__ = "blobs"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    compressed: Mapped[bytes] = mapped_column(LargeBinary)


class Submission(Base):
    """What a student uploaded, as acknowledged. ``upload_sha256`` is the file as it came.

    ``user_id`` is who uploaded it; ``authors`` are those for whom it counts, the whole team where teams hand in.
    ``seed`` is what its hidden inputs are drawn from (`grader.store.inputs`).
    ``costs`` tells whether it takes from the budget of submissions: not where the fault was ours, it was refused,
    or it could not be imported (`grader.store.unimported`).
    It was ``given_back`` where it became our fault after its tests had begun: that happens once, then staff decide.
    """

    __tablename__ = "submissions"
    __table_args__ = (Index("ix_submissions_user_assignment", "user_id", "assignment", "received_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    assignment: Mapped[str] = mapped_column(String(100), index=True)
    received_at: Mapped[datetime]
    file_name: Mapped[str] = mapped_column(String(120))
    upload_sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"))
    entry: Mapped[str] = mapped_column(String(400))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    seed: Mapped[str] = mapped_column(String(64))
    practice: Mapped[bool] = mapped_column(default=False)
    costs: Mapped[bool] = mapped_column(default=True)
    given_back: Mapped[bool] = mapped_column(default=False)
    result_id: Mapped[str | None] = mapped_column(String(36))  # the result that the gradebook points to
    user: Mapped[User] = relationship()
    files: Mapped[list[SubmissionFile]] = relationship(order_by="SubmissionFile.path")
    authors: Mapped[list[SubmissionAuthor]] = relationship()


class SubmissionAuthor(Base):
    """Somebody for whom a submission counts: fixed at the moment of the upload."""

    __tablename__ = "submission_authors"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)


class SubmissionFile(Base):
    """One module of a submission."""

    __tablename__ = "submission_files"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(400), primary_key=True)
    blob_sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"))
    blob: Mapped[Blob] = relationship()


class Job(Base):
    """One grading to be done: the queue itself. Redis only rings.

    One that ``defers`` leaves out the tests that run only after the deadline; another job runs them then.
    With a ``seed`` it draws other inputs than those of the submission.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("submission_id", "key"),
        Index("ix_jobs_waiting", "state", "queue", "priority", "run_after", "created_at"),
        Index("ix_jobs_finished", "queue", "finished_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"))
    key: Mapped[str] = mapped_column(String(100))  # "first", or a regrade's name: enqueueing twice is once
    queue: Mapped[str] = mapped_column(String(40))
    priority: Mapped[int] = mapped_column(default=0)
    defers: Mapped[bool] = mapped_column(default=False)
    seed: Mapped[str] = mapped_column(String(64), default="")
    state: Mapped[str] = mapped_column(String(20), default="queued")
    attempt: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str] = mapped_column(String(120), default="")
    lease_until: Mapped[datetime | None]
    run_after: Mapped[datetime]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")
    submission: Mapped[Submission] = relationship()


class JobEvent(Base):
    """Progress, as rows: the web streams them to the student."""

    __tablename__ = "job_events"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fence: Mapped[int]
    payload: Mapped[dict[str, Any]]


class Worker(Base):
    """A worker as it last noted itself (`grader.store.workers`). ``queues`` are names separated by spaces."""

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)  # host and process: the owner of its leases
    host: Mapped[str] = mapped_column(String(120))
    queues: Mapped[str] = mapped_column(String(400))
    sandbox: Mapped[str] = mapped_column(String(40))
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    spares: Mapped[dict[str, Any]]
    sent_back_at: Mapped[datetime | None]


class Result(Base):
    """A report, as a judge returned it. Never changed; a regrade adds another.

    One that is not ``complete`` waits for the tests that run only after the deadline.
    """

    __tablename__ = "results"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"), unique=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), index=True)
    score: Mapped[Fraction]
    max_score: Mapped[Fraction]
    suite_sha256: Mapped[str] = mapped_column(String(64))
    reference_sha256: Mapped[str] = mapped_column(String(64), default="")
    report: Mapped[dict[str, Any]]
    complete: Mapped[bool] = mapped_column(default=True, index=True)
    created_at: Mapped[datetime]

    @property
    def share(self) -> Fraction:
        return self.score / self.max_score if self.max_score else Fraction(0)


class TheoryMark(Base):
    """The test's points and, once it was attempted, the exam's two parts."""

    __tablename__ = "theory_marks"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    test: Mapped[Fraction | None]
    exam_minimum: Mapped[Fraction | None]
    exam_ticket: Mapped[Fraction | None]


class BonusEntry(Base):
    """Points for something extra, with who gave them. One that was taken back stays, and does not count."""

    __tablename__ = "bonus_entries"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    points: Mapped[Fraction]
    kind: Mapped[str] = mapped_column(String(20), default="other")
    reason: Mapped[str] = mapped_column(String(300))
    link: Mapped[str] = mapped_column(String(500), default="")
    given_by: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class DefenceMark(Base):
    """A lab was defended in person."""

    __tablename__ = "defence_marks"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100), primary_key=True)
    share: Mapped[Fraction]
    note: Mapped[str] = mapped_column(Text, default="")
    marked_by: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)


class Extension(Base):
    """A student's own deadline."""

    __tablename__ = "extensions"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100), primary_key=True)
    deadline: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(300))
    given_by: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]


class GroupExtension(Base):
    """A study group's own deadline."""

    __tablename__ = "group_extensions"

    group: Mapped[str] = mapped_column(String(60), primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100), primary_key=True)
    deadline: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(300))
    given_by: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]


class OverrideMark(Base):
    """Points that staff have set for one assignment, above what was counted."""

    __tablename__ = "override_marks"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100), primary_key=True)
    points: Mapped[Fraction]
    reason: Mapped[str] = mapped_column(String(300))
    given_by: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime]


class CodeforcesSolution(Base):
    """An accepted solution on Codeforces, by the number it has there: importing it twice is once.

    ``handle`` is the one by which it came, in small letters, and ``party`` how its owner took part; both are empty
    where that is not known. It is ``provisional`` until the tests of the contest are over.
    """

    __tablename__ = "codeforces_solutions"

    remote_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    item: Mapped[str] = mapped_column(String(100), primary_key=True)
    problem: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    share: Mapped[Fraction]
    imported_at: Mapped[datetime]
    handle: Mapped[str] = mapped_column(String(60), default="")
    party: Mapped[str] = mapped_column(String(30), default="")
    provisional: Mapped[bool] = mapped_column(default=False)


class Regrade(Base):
    """Grading again what was graded: planned, then applied to the gradebook, then perhaps rolled back.

    With ``other_inputs`` every submission meets inputs that it has not met before.
    """

    __tablename__ = "regrades"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    assignment: Mapped[str] = mapped_column(String(100), index=True)
    which: Mapped[str] = mapped_column(String(20))
    other_inputs: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(20), default="planned")
    started_by: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    rolled_back_at: Mapped[datetime | None]
    items: Mapped[list[RegradeItem]] = relationship()


class RegradeItem(Base):
    """One submission of a regrade: the result that counted before, and the job that grades it again.

    It has ``moved`` when the regrade, as it was applied, made the gradebook point to the new result.
    """

    __tablename__ = "regrade_items"

    regrade_id: Mapped[str] = mapped_column(ForeignKey("regrades.id"), primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), primary_key=True, index=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"), unique=True)
    before_result_id: Mapped[str | None] = mapped_column(String(36))
    moved: Mapped[bool] = mapped_column(default=False)


class StandingRow(Base):
    """A student's standing as it was counted from a version of the record, by rules with this fingerprint: a cache.

    It holds as long as both are today's (`grader.store.standings`). The floats are for sorting alone.
    """

    __tablename__ = "standings"
    __table_args__ = (  # what is asked of everybody's: small, beside the rows themselves
        Index("ix_standings_current", "user_id", "record_version", "fingerprint"),
        Index("ix_standings_totals", "user_id", "theory", "practice", "bonus", "final"),
    )

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    record_version: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    theory: Mapped[float]
    practice: Mapped[float]
    bonus: Mapped[float]
    final: Mapped[float]
    standing: Mapped[dict[str, Any]]


class KeptMark(Base):
    """One mark of a kept standing, for lists and statistics of everybody's; written together with the standing.

    ``full`` tells that all tests were passed, ``uploads`` how many there are, graded or not; ``results`` is a hash of
    which of them have which result. The floats are for sorting and statistics alone.
    """

    __tablename__ = "kept_marks"
    __table_args__ = (
        Index("ix_kept_marks_assignment", "assignment", "begun", "state", "full", "points", "uploads", "user_id"),
        Index("ix_kept_marks_state", "state", "user_id", "assignment"),
    )

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    points: Mapped[float]
    full: Mapped[bool]
    begun: Mapped[bool]
    uploads: Mapped[int]
    submission: Mapped[str | None] = mapped_column(String(36))
    results: Mapped[str] = mapped_column(String(32))


class Figures(Base):
    """What was counted over everybody's marks or results, by a name that `grader.store.kept_figures` gives: a cache.

    ``version`` grows when one of them changes; ``counted`` tells of which version, by which rules, the ``value`` is.
    """

    __tablename__ = "figures"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    counted: Mapped[str] = mapped_column(String(100), default="")
    value: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class CourseVersion(Base):
    """The text of the course file as it was applied. The newest one is in force (`grader.store.courses`).

    ``applied_by`` is empty where there was nobody yet, as at the very first time.
    """

    __tablename__ = "course_versions"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    applied_at: Mapped[datetime]
    applied_by: Mapped[str] = mapped_column(String(36), default="")
    text: Mapped[str] = mapped_column(Text)


class AuditEntry(Base):
    """One change of something that counts. Append-only; each entry holds the hash of the one before it."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_action", "action", "number"),
        Index("ix_audit_actor", "actor", "number"),
        Index("ix_audit_at", "at"),
        Index("ix_audit_subject", "subject", postgresql_ops={"subject": "text_pattern_ops"}),  # also for what begins so
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(36))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(300), default="")
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
