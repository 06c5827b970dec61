"""Statistics of the course: what happened at each assignment, test by test. Nothing is changed here.

They are counted from the marks that are kept beside the standings, by the database, and kept until a mark or an upload
is another one (`grader.store.kept_figures`). The tests of an assignment are counted from one report of each student,
the one that counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.core.course import Course, CourseItem
from grader.core.report import Report, from_json
from grader.core.statistics import Bin, Summary, TestStatistics, Waiting, Work, by_test, histogram, summary, waiting
from grader.staff import entering
from grader.store.engine import Database
from grader.store.jobs import FIRST
from grader.store.kept_figures import COURSE, kept
from grader.store.models import Job, KeptMark, Result, StandingRow, Submission, User
from grader.store.standings import refresh_all, rules

_AT_ONCE = 500  # reports that are read together


@dataclass(frozen=True)
class Overview:
    """Every assignment of the course, and the final scores."""

    students: int
    items: list[tuple[CourseItem, Summary]]
    finals: Sequence[Bin]


@dataclass(frozen=True)
class Details:
    """One assignment: its summary, its tests, how long results took, and who has not begun."""

    item: CourseItem
    summary: Summary
    tests: list[TestStatistics]
    waiting: Waiting | None
    not_started: list[User]


def overview(database: Database, course: Course) -> Overview:
    """All assignments in a number of queries that does not grow with students, uploads or assignments."""
    refresh_all(database, course)
    figures = kept(database, [COURSE], rules(course), lambda _: _count_overview(database, course))[COURSE]
    items = [(item, _summary(told)) for item, told in zip(course.items, figures["items"], strict=True)]
    return Overview(figures["students"], items, _bins(figures["finals"]))


def details(database: Database, course: Course, name: str) -> Details:
    """One assignment. Raises BadInput where it is not set."""
    item = entering.item(course, name)
    refresh_all(database, course)
    figures = kept(database, [name], rules(course), partial(_count_details, database, course))[name]
    with database.reading() as session:
        idle = select(KeptMark.user_id).where(KeptMark.assignment == name, ~KeptMark.begun)
        found = select(User).where(User.id.in_(idle)).order_by(User.group, User.name, User.login)
        not_started = list(session.scalars(found))
    return Details(
        item=item,
        summary=_summary(figures["summary"]),
        tests=[TestStatistics(**told) for told in figures["tests"]],
        waiting=Waiting(**figures["waiting"]) if figures["waiting"] else None,
        not_started=not_started,
    )


def _count_overview(database: Database, course: Course) -> dict[str, Any]:
    """Everything as JSON, from two groupings of what is kept."""
    with database.reading() as session:
        works = _works(session)
        finals = list(session.scalars(select(StandingRow.final)))
    return {
        "students": len(finals),
        "items": [asdict(summary(works.get(item.name, []), item.points)) for item in course.items],
        "finals": [asdict(one) for one in histogram(finals, float(course.formula.final))],
    }


def _count_details(database: Database, course: Course, name: str) -> dict[str, Any]:
    item = entering.item(course, name)
    with database.reading() as session:
        works = _works(session, name)
        took = waiting(_seconds(session, name))
        tests = by_test(list(_reports(session, name)))
    return {
        "summary": asdict(summary(works.get(name, []), item.points)),
        "tests": [asdict(one) for one in tests],
        "waiting": asdict(took) if took else None,
    }


def _works(session: Session, only: str | None = None) -> Mapping[str, list[Work]]:
    """By assignment a `Work` for each student; equal ones are read once, with how many there are."""
    alike = (KeptMark.begun, KeptMark.state, KeptMark.full, KeptMark.points, KeptMark.uploads)
    query = select(KeptMark.assignment, *alike, func.count()).group_by(KeptMark.assignment, *alike)
    if only is not None:
        query = query.where(KeptMark.assignment == only)
    found: dict[str, list[Work]] = {}
    for name, _begun, state, full, points, uploads, count in session.execute(query):
        graded = state != "none"
        work = Work(uploads, Fraction(full), Fraction(points), graded=True) if graded else Work(uploads)
        found.setdefault(name, []).extend([work] * count)
    return found


def _seconds(session: Session, name: str) -> list[float]:
    """From each upload to its first result."""
    query = (  # without a condition on the state, along whose index a database may go through all jobs there are
        select(Submission.received_at, Job.finished_at, Job.state)
        .join(Job, (Job.submission_id == Submission.id) & (Job.key == FIRST))
        .where(Submission.assignment == name)
    )
    return [
        (end - begin).total_seconds()
        for begin, end, state in session.execute(query)
        if state == "graded" and end is not None
    ]


def _reports(session: Session, name: str) -> Iterator[Report]:
    """The report of each upload that counts for somebody, in the order of their ids."""
    counting = select(KeptMark.submission).where(KeptMark.assignment == name, KeptMark.submission.is_not(None))
    query = select(Result.report).join(Submission, Submission.result_id == Result.id)
    query = query.where(Submission.id.in_(counting)).order_by(Submission.id)
    for told in session.scalars(query.execution_options(yield_per=_AT_ONCE)):
        yield from_json(told)


def _summary(told: Mapping[str, Any]) -> Summary:
    return Summary(**{**told, "histogram": _bins(told["histogram"])})


def _bins(told: Sequence[Mapping[str, Any]]) -> tuple[Bin, ...]:
    return tuple(Bin(**one) for one in told)
