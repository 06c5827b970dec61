"""What a student sees and does. Knows no Flask; takes the session, the actor, the course, the time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core import receipts
from grader.core.assignment import Assignment
from grader.core.budget import Budget
from grader.core.course import Course, CourseItem
from grader.core.errors import BadInput
from grader.core.gradebook import Mark, Record, Standing, deadline, mark, standing
from grader.core.lateness import moment
from grader.core.moments import both
from grader.core.report import Report, TestResult, student_view
from grader.core.submission import Submission as Content
from grader.harness.intake import accept
from grader.staff.regrade_preview import Regraded, history
from grader.store import budgets, jobs, submissions, waiting
from grader.store.after_due import is_due
from grader.store.engine import Database
from grader.store.models import CodeforcesSolution, Job, Result, Submission, User
from grader.store.records import deadlines, records
from grader.store.waiting import Wait


@dataclass(frozen=True)
class Row:
    """One assignment in the list: its mark, its deadline for this student, how many uploads there were.

    What is handed in now gives no points where that is ``practice``. Without a ``budget`` uploads are not limited.
    """

    item: CourseItem
    mark: Mark
    deadline: datetime | None
    over: bool
    uploads: int
    open: bool
    practice: bool
    budget: Budget | None


@dataclass(frozen=True)
class Upload:
    """One submission in a list; as ``practice`` it gives no points, by the deadline that holds now."""

    submission: Submission
    job: Job
    result: Result | None
    practice: bool


@dataclass(frozen=True)
class Shown:
    """A submission as its reader may see it; whether it ``costs`` one of the uploads that are left."""

    submission: Submission
    job: Job
    report: Report | None
    content: Content
    wait: Wait
    practice: bool
    costs: bool
    regraded: list[Regraded]


def my_standing(session: Session, course: Course, user: User) -> Standing:
    return standing(course, records(session, [user])[user.id])


def rows(session: Session, course: Course, user: User, now: datetime) -> list[Row]:
    """Every assignment of the course with this student's mark."""
    record = records(session, [user])[user.id]
    counts = submissions.numbers(session, user.id)
    left = budgets.left(session, course.items, user, now)
    return [_row(course, item, user, record, counts, left, now) for item in course.items]


def next_due(rows: Iterable[Row], most: int = 3) -> list[Row]:
    """What is to be handed in next, by deadline: open, in time, and without full points."""
    due = [
        (row.deadline, row.item.name, row)
        for row in rows
        if row.open and not row.over and row.deadline is not None and row.mark.points < row.item.points
    ]
    return [row for *_, row in sorted(due, key=lambda each: (moment(each[0]), each[1]))[:most]]


def row(session: Session, course: Course, user: User, item: CourseItem, now: datetime) -> Row:
    """One assignment with this student's mark; nothing of the others is read."""
    record = records(session, [user], only=item.name)[user.id]
    counts = submissions.numbers(session, user.id, item.name)
    return _row(course, item, user, record, counts, budgets.left(session, [item], user, now), now)


def _row(
    course: Course,
    item: CourseItem,
    user: User,
    record: Record,
    counts: Mapping[str, int],
    left: Mapping[str, Budget],
    now: datetime,
) -> Row:
    until = deadline(item, record)
    return Row(
        item=item,
        mark=mark(course, item, record),
        deadline=until,
        over=item.is_late(until, now),
        uploads=counts.get(item.name, 0),
        open=may_open(item, user, now),
        practice=_is_practice(item, until, now),
        budget=left.get(item.name),
    )


def uploads(session: Session, user: User, item: CourseItem) -> list[Upload]:
    until = _own_deadline(session, item, user)
    return [
        Upload(submission, job, result, _is_practice(item, until, submission.received_at))
        for submission, job, result in submissions.of_student(session, user.id, item.name)
    ]


def all_uploads(session: Session, course: Course, user: User) -> list[Upload]:
    """Every submission of a person to what is in the course, newest first."""
    own = deadlines(session, [user])[user.id]
    found = []
    for submission, job, result in submissions.of_student(session, user.id):
        item = course.item(submission.assignment)
        if item is not None:
            practice = _is_practice(item, item.deadline_for(own), submission.received_at)
            found.append(Upload(submission, job, result, practice))
    return found


def team(session: Session, user: User, item: CourseItem) -> list[str]:
    """The names of those for whom an upload of this person would count now, where teams hand in; else nobody's."""
    return [author.name for author in submissions.authors(session, user, team=True)] if item.team else []


def solved(session: Session, user: User, item: CourseItem) -> list[tuple[CodeforcesSolution, bool]]:
    """What this person has solved of a contest, by time, and whether it was in time."""
    if item.contest is None:
        return []
    mine = select(CodeforcesSolution).where(CodeforcesSolution.user_id == user.id, CodeforcesSolution.item == item.name)
    until = _own_deadline(session, item, user)
    return [(one, not item.is_late(until, one.at)) for one in session.scalars(mine.order_by(CodeforcesSolution.at))]


def receipt(submission: Submission, login: str, secret: str) -> receipts.Signed:
    """The receipt of an upload; nothing is stored, since the same submission always gives the same one."""
    told = receipts.Receipt(
        submission=submission.id,
        assignment=submission.assignment,
        login=login,
        file_sha256=submission.upload_sha256,
        content_sha256=submission.sha256,
        received_at=receipts.utc(submission.received_at),
    )
    return receipts.sign(told, receipts.signing_key(secret))


def may_open(item: CourseItem, user: User, now: datetime) -> bool:
    """Whether this person may see what is to be done, and hand it in: before an item opens only staff may."""
    return user.is_staff or item.is_open(now)


@dataclass(frozen=True)
class Received:
    """A file that may be handed in: the assignment it is for, its bytes, and what it holds."""

    item: CourseItem
    assignment: Assignment
    upload: bytes
    content: Content


def receive(
    database: Database, user: User, course: Course, item: CourseItem, filename: str, upload: bytes, now: datetime
) -> Received:
    """Look at a file, outside of any transaction: reading it takes time. Raises BadInput.

    Whoever could not hand it in is told so before any of it is read; `upload` asks again, for good.
    """
    if item.assignment is None:
        raise BadInput(
            f"{item.name} is judged on Codeforces: hand it in there.",
            ru=f"{item.name} проверяется на Codeforces: сдавайте решение там.",
        )
    _check_open(course, item, user, now)
    with database.reading() as session:
        if submissions.same(session, user, item.name, upload, now) is None:
            _check_budget(session, course, item, user, now)
    return Received(item, item.assignment, upload, accept(filename, upload, item.assignment, person=user.id))


def upload(
    session: Session, user: User, course: Course, received: Received, *, now: datetime
) -> tuple[Submission, Job]:
    """Take an upload in. Raises BadInput, and then nothing is stored, and nothing is taken from the budget.

    After a task's strict deadline it is taken as practice: graded, and worth nothing. The tests that run only after
    the deadline wait until it is over for everybody for whom the upload counts.

    The same bytes within a minute are the same upload: the first one's submission is given back, and spends nothing.
    Of two that come at once the second waits here for the first.
    """
    item = received.item
    submissions.lock(session, user, item.name)
    if (first := submissions.same(session, user, item.name, received.upload, now)) is not None:
        return first
    if item.bucket is not None and not user.is_staff:
        budgets.lock(session, item, user)  # two uploads at once wait for each other here
    _check_budget(session, course, item, user, now)
    own = deadlines(session, submissions.authors(session, user, team=item.team))
    until = {author: item.deadline_for(found) for author, found in own.items()}
    return submissions.record(
        session,
        user,
        received.assignment,
        received.content,
        received.upload,
        practice=_is_practice(item, until[user.id], now),
        team=item.team,
        defers=not all(is_due(item, end, now) for end in until.values()),
        now=now,
    )


def show(session: Session, course: Course, submission_id: str, viewer: User, now: datetime) -> Shown | None:
    """A submission with its report, cut to what the viewer may see; None when it is not theirs, or not there."""
    found = submissions.find(session, submission_id, viewer=viewer)
    if found is None:
        return None
    submission, job, result = found
    report = submissions.report_of(result) if result is not None else None
    item = course.item(submission.assignment)
    until = _own_deadline(session, item, submission.user if viewer.is_staff else viewer) if item else None
    if report is not None and not viewer.is_staff:
        report = student_view(report, after_due=item is not None and is_due(item, until, now))
    return Shown(
        submission=submission,
        job=job,
        report=report,
        content=submissions.content_of(session, submission_id),
        wait=waiting.wait(session, job),
        practice=item is not None and _is_practice(item, until, submission.received_at),
        costs=submission.costs and item is not None and item.bucket is not None,
        regraded=history(session, submission_id),
    )


@dataclass(frozen=True)
class Counted:
    """What an upload is worth in the course by itself, and the mark of the assignment, which another may give."""

    own: Mark
    best: Mark


def counted(session: Session, course: Course, shown: Shown, viewer: User) -> Counted | None:
    """How the points of a graded upload become the course's; None before, and where the course has it no more."""
    item = course.item(shown.submission.assignment)
    if item is None or shown.report is None:
        return None
    user = shown.submission.user if viewer.is_staff else viewer
    record = records(session, [user])[user.id]
    mine = [one for one in record.attempts.get(item.name, ()) if one.submission == shown.submission.id]
    if not mine:
        return None
    own = mark(course, item, replace(record, attempts={item.name: mine}, overrides={}))
    return Counted(own, mark(course, item, record))


@dataclass(frozen=True)
class Progress:
    """How far a job is: its state, the tests that have finished, and how many jobs come first while it waits."""

    state: str
    tests: list[tuple[int, dict[str, Any]]]
    before: int | None


def progress(session: Session, submission_id: str, viewer: User, after: int) -> Progress | None:
    """The state of a submission's job and the tests that have finished since ``after``, for the live view.

    Tests that the student may not see are left out; of the others title, verdict and points are told. None when the
    submission is not theirs, or not there.
    """
    found = submissions.find_job(session, submission_id, viewer=viewer)
    if found is None:
        return None
    if found.state == "queued":
        return Progress("queued", [], jobs.position(session, found))
    events = submissions.events_after(session, found.id, after)
    visible = [(e.number, e.payload) for e in events if e.fence == found.fence and _may_see(e.payload, viewer)]
    return Progress(found.state, visible, None)


def source_line(content: Content, test: TestResult) -> str:
    """The student's own line at which an exception was raised."""
    return "" if test.raised is None else content.line(test.raised.file, test.raised.line)[:200]


def _may_see(payload: dict[str, Any], viewer: User) -> bool:
    return viewer.is_staff or payload.get("visibility", "always") == "always"


def _is_practice(item: CourseItem, until: datetime | None, uploaded_at: datetime) -> bool:
    """A task's deadline is strict. It can be put off later on: then what was practice counts after all."""
    return item.kind == "task" and item.is_late(until, uploaded_at)


def _own_deadline(session: Session, item: CourseItem, user: User) -> datetime | None:
    return item.deadline_for(deadlines(session, [user])[user.id])


def _check_open(course: Course, item: CourseItem, user: User, now: datetime) -> None:
    if item.opens is not None and not may_open(item, user, now):
        en, ru = both(item.opens, course.zone, now)
        raise BadInput(f"{item.name} opens on {en}.", ru=f"Задание {item.name} откроется {ru}.")


def _check_budget(session: Session, course: Course, item: CourseItem, user: User, now: datetime) -> None:
    """Raise BadInput where nothing is left."""
    if item.bucket is None or user.is_staff:
        return
    found = budgets.left(session, [item], user, now)[item.name]
    if found.left:
        return
    if found.next_at is None:
        raise BadInput(
            f"All {item.bucket.burst} uploads for {item.name} are used up, and there are no more.",
            ru=f"Все попытки по заданию {item.name} израсходованы (их было {item.bucket.burst}), новых не будет.",
        )
    en, ru = both(found.next_at, course.zone, now)
    raise BadInput(
        f"There are no uploads left for {item.name}; the next one comes at {en}.",
        ru=f"Попыток по заданию {item.name} пока не осталось, следующая появится {ru}.",
    )
