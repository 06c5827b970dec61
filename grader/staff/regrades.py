"""Regrades: what was graded is graded again, compared, applied to the gradebook, and rolled back if need be.

Results are never changed: a regrade adds others, and the gradebook points to one of each submission. Until it is
applied (`grader.staff.regrade_moves`) a regrade changes nothing; `grader.staff.regrade_preview` tells what it would.
One that is not wanted any more is withdrawn. A submission meets the inputs again with which its result was made, unless
staff want other ones.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select
from sqlalchemy.orm import Session

from grader.core.assignment import Assignment
from grader.core.course import Course, CourseItem
from grader.core.editions import reference_sha256, suite_sha256
from grader.core.errors import BadInput
from grader.core.tasks import queue_of
from grader.staff import entering
from grader.store import audit, inputs, kept_figures, people
from grader.store.engine import Database
from grader.store.jobs import REGRADE, REGRADE_PRIORITY
from grader.store.kept_figures import RESULTS
from grader.store.listing import IS_STUDENT
from grader.store.models import Job, Regrade, RegradeItem, Result, Submission, SubmissionAuthor, User, new_id
from grader.store.standings import refresh_all, standings

WHICH = ("counting", "latest", "all")
ONE = "one"  # a single submission, which was named
PLANNED, APPLIED, ROLLED_BACK, WITHDRAWN = "planned", "applied", "rolled back", "withdrawn"


@dataclass(frozen=True)
class Chosen:
    """A submission to grade again: the result that counts now, and the seed with which it is graded."""

    submission: str
    result: str
    seed: str


@dataclass(frozen=True)
class OutOfDate:
    """An assignment, how many results of it the gradebook points to, and how many of those are not of today's suite."""

    item: CourseItem
    results: int
    old: int


def out_of_date(database: Database, course: Course) -> list[OutOfDate]:
    """For each assignment that has results, how many were made with another suite or reference than today's.

    Those of active students count; how many there are by which suite is kept as long as no result is another one.
    """
    refresh_all(database, course)
    items = {item.name: item.assignment for item in course.items if item.assignment is not None}
    names = {RESULTS + name: name for name in items}
    counted = kept_figures.kept(database, list(names), "", lambda key: _suites(database, names[key]))
    found = []
    for key, name in names.items():
        counts = {(suite, reference): count for suite, reference, count in counted[key]["suites"]}
        every, item = sum(counts.values()), course.item(name)
        if every and item is not None:
            found.append(OutOfDate(item, every, every - counts.get(_today(items[name]), 0)))
    return found


def _suites(database: Database, name: str) -> dict[str, Any]:
    """How many results that count were made with which suite and reference."""
    theirs = select(SubmissionAuthor.user_id).join(User, User.id == SubmissionAuthor.user_id)
    theirs = theirs.where(SubmissionAuthor.submission_id == Submission.id, IS_STUDENT)
    query = (
        select(Result.suite_sha256, Result.reference_sha256, func.count())
        .join(Submission, Submission.result_id == Result.id)
        .where(Submission.assignment == name, theirs.exists())
        .group_by(Result.suite_sha256, Result.reference_sha256)
    )
    with database.reading() as session:
        return {"suites": [list(row) for row in session.execute(query)]}


def start(
    database: Database,
    course: Course,
    name: str,
    *,
    which: str = ONE,
    only: str = "",
    everything: bool = False,
    other_inputs: bool = False,
    why: str,
    actor: User,
    now: datetime,
) -> str:
    """Queue the submissions to be graded again; the regrade's id. Raises BadInput where there are none.

    ``which`` of each student's: the one that counts, the latest, or all; of these only those that are out of date,
    unless ``everything`` is wanted. ``only`` names a single submission instead, by its id or how that begins.
    With ``other_inputs`` every one meets inputs that it has not met before, out of date or not.
    """
    item = entering.item(course, name)
    if item.assignment is None:
        raise BadInput(
            f"{name} is judged on Codeforces, not here.", ru=f"{name} проверяется не здесь, а на Codeforces."
        )
    if not only and which not in WHICH:
        raise BadInput(f"Which submissions? One of {', '.join(WHICH)}.", ru=f"Какие загрузки? {', '.join(WHICH)}.")
    told = entering.reason(why)
    which = ONE if only else which
    wanted = {_named(database, item, only)} if only else _wanted(database, course, item, which)
    with database.writing() as session:
        everything = everything or other_inputs or bool(only)
        chosen = _chosen(session, item.assignment, wanted, everything)
        if not chosen:
            raise BadInput(
                "There is nothing to grade again: no result is out of date.",
                ru="Перепроверять нечего: устаревших результатов нет.",
            )
        regrade = Regrade(
            assignment=name,
            which=which,
            other_inputs=other_inputs,
            reason=told,
            started_by=actor.id,
            created_at=now,
        )
        session.add(regrade)
        session.flush()
        if other_inputs:
            chosen = [replace(one, seed=inputs.other_seed(session, name, regrade.id, one.seed)) for one in chosen]
        _queue(session, regrade, item.assignment, chosen, now)
        after = {"assignment": name, "which": which, "other inputs": other_inputs, "submissions": len(chosen)}
        if only:
            after["submission"] = chosen[0].submission
        audit.append(session, actor.id, "regrade.started", regrade.id, None, after, now=now, reason=told)
        return regrade.id


def find(session: Session, regrade_id: str) -> Regrade:
    """The regrade whose id is this, or begins so where that tells which. Raises BadInput."""
    found = session.scalars(select(Regrade).where(Regrade.id.startswith(regrade_id, autoescape=True)).limit(2)).all()
    if len(found) != 1 or not regrade_id:
        raise BadInput(f"There is no regrade {regrade_id!r}.", ru=f"Перепроверки «{regrade_id}» нет.")
    return found[0]


def _today(assignment: Assignment) -> tuple[str, str]:
    return suite_sha256(assignment), reference_sha256(assignment)


def _named(database: Database, item: CourseItem, only: str) -> str:
    """The one submission to an assignment whose id begins so, and that has a result. Raises BadInput."""
    begins = select(Submission.id).where(Submission.id.startswith(only, autoescape=True))
    begins = begins.where(Submission.assignment == item.name, Submission.result_id.is_not(None))
    with database.reading() as session:
        found = session.scalars(begins.limit(2)).all()
    if len(found) != 1:
        raise BadInput(
            f"There is no upload {only!r} to {item.name} that was graded.",
            ru=f"Проверенной загрузки «{only}» по заданию {item.name} нет.",
        )
    return found[0]


def _wanted(database: Database, course: Course, item: CourseItem, which: str) -> set[str]:
    """The submissions of active students that a choice means."""
    with database.reading() as session:
        users = people.students(session)
        query = (
            select(SubmissionAuthor.user_id, Submission.id)
            .join(Submission, Submission.id == SubmissionAuthor.submission_id)
            .join(User, User.id == SubmissionAuthor.user_id)
            .where(Submission.assignment == item.name, Submission.result_id.is_not(None))
            .where(User.role == "student", User.active)
            .order_by(Submission.received_at, Submission.id)
        )
        mine = session.execute(query).all()
    if which == "all":
        return {submission for _, submission in mine}
    if which == "latest":
        newest = {row.user_id: row.id for row in mine}
        return set(newest.values())
    place = course.items.index(item)
    counted = standings(database, course, users).values()
    return {found for one in counted if (found := one.marks[place].submission) is not None}


def _chosen(session: Session, assignment: Assignment, wanted: Collection[str], everything: bool) -> list[Chosen]:
    """Of the wanted submissions those to grade again, each with the seed of the result that counts now."""
    suite, reference = _today(assignment)
    query = select(Submission.id, Result.id, Job.seed, Submission.seed)
    query = query.join(Result, Result.id == Submission.result_id).join(Job, Job.id == Result.job_id)
    query = query.where(Submission.assignment == assignment.name)
    if not everything:
        query = query.where(or_(Result.suite_sha256 != suite, Result.reference_sha256 != reference))
    return [
        Chosen(submission, result, others or own)
        for submission, result, others, own in session.execute(query)
        if submission in wanted
    ]


def _queue(session: Session, regrade: Regrade, assignment: Assignment, chosen: Sequence[Chosen], now: datetime) -> None:
    """A job for each submission, behind all new ones."""
    common = {
        "key": f"{REGRADE}{regrade.id}",
        "queue": queue_of(assignment.environment, regrade=True),
        "priority": REGRADE_PRIORITY,
        "run_after": now,
        "created_at": now,
        "lease_until": None,
        "started_at": None,
        "finished_at": None,
    }
    jobs = [{**common, "id": new_id(), "submission_id": one.submission, "seed": one.seed} for one in chosen]
    session.execute(insert(Job), jobs)
    items = [
        {
            "regrade_id": regrade.id,
            "submission_id": one.submission,
            "job_id": job["id"],
            "before_result_id": one.result,
        }
        for one, job in zip(chosen, jobs, strict=True)
    ]
    session.execute(insert(RegradeItem), items)
