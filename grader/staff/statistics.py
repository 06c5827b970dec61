"""Statistics of the course: what happened at each assignment, test by test. Nothing is changed here.

The overview takes a number of queries that does not grow; the tests of an assignment are counted from one report of
each student, the one that counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.core.course import Course, CourseItem
from grader.core.gradebook import Mark, Standing
from grader.core.report import from_json
from grader.core.statistics import Bin, Summary, TestStatistics, Waiting, Work, by_test, histogram, summary, waiting
from grader.staff import entering
from grader.store import people
from grader.store.engine import Database
from grader.store.jobs import FIRST
from grader.store.models import Job, Result, Submission, SubmissionAuthor, User
from grader.store.standings import standings

_AT_ONCE = 500  # reports in memory


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
    with database.reading() as session:
        users = people.students(session)
        uploads = _uploads(session, users)
    found = standings(database, course, users)
    items = []
    for place, item in enumerate(course.items):
        works = [_work(found[user.id], place, uploads[item.name].get(user.id, 0)) for user in users]
        items.append((item, summary(works, item.points)))
    finals = [float(standing.score.final) for standing in found.values()]
    return Overview(len(users), items, histogram(finals, float(course.formula.final)))


def details(database: Database, course: Course, name: str) -> Details:
    """One assignment. Raises BadInput where it is not set."""
    item = entering.item(course, name)
    place = course.items.index(item)
    with database.reading() as session:
        users = people.students(session)
        uploads = _uploads(session, users, name)[name]
        seconds = _seconds(session, name)
    found = standings(database, course, users)
    works = {user.id: _work(found[user.id], place, uploads.get(user.id, 0)) for user in users}
    counting = {mark.submission for user in users if (mark := found[user.id].marks[place]).submission is not None}
    return Details(
        item=item,
        summary=summary(list(works.values()), item.points),
        tests=_tests(database, sorted(one for one in counting if one is not None)),
        waiting=waiting(seconds),
        not_started=[user for user in users if not (works[user.id].uploads or works[user.id].graded)],
    )


def _uploads(session: Session, users: Sequence[User], only: str | None = None) -> Mapping[str, dict[str, int]]:
    """Uploads by assignment and student; of a team's upload each member has one."""
    wanted = {user.id for user in users}
    query = (
        select(Submission.assignment, SubmissionAuthor.user_id, func.count())
        .join(Submission, Submission.id == SubmissionAuthor.submission_id)
        .group_by(Submission.assignment, SubmissionAuthor.user_id)
    )
    if only is not None:
        query = query.where(Submission.assignment == only)
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for name, user_id, count in session.execute(query):
        if user_id in wanted:
            counts[name][user_id] = count
    return counts


def _seconds(session: Session, name: str) -> list[float]:
    """From each upload to its first result."""
    query = (
        select(Submission.received_at, Job.finished_at)
        .join(Job, (Job.submission_id == Submission.id) & (Job.key == FIRST))
        .where(Submission.assignment == name, Job.state == "graded", Job.finished_at.is_not(None))
    )
    return [(end - begin).total_seconds() for begin, end in session.execute(query) if end is not None]


def _work(standing: Standing, place: int, uploads: int) -> Work:
    mark: Mark = standing.marks[place]
    if mark.state == "none":
        return Work(uploads)
    share = mark.share if mark.override is None else Fraction(mark.points, mark.max_points)
    return Work(uploads, share, mark.points, graded=True)


def _tests(database: Database, submissions: Sequence[str]) -> list[TestStatistics]:
    reports = []
    with database.reading() as session:
        for first in range(0, len(submissions), _AT_ONCE):
            query = select(Result.report).join(Submission, Submission.result_id == Result.id)
            some = session.scalars(query.where(Submission.id.in_(submissions[first : first + _AT_ONCE])))
            reports += [from_json(report) for report in some]
    return by_test(reports)
