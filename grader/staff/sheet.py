"""Everything of one student on one sheet: marks and what stands behind each, theory, bonus, uploads, the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from grader.core.course import Course, CourseItem
from grader.core.gradebook import Mark, Standing, deadline, standing
from grader.staff import audit_log, bonus, defences, extensions, overrides, theory
from grader.staff.audit_log import Line
from grader.staff.theory import Theory
from grader.store import submissions
from grader.store.engine import Database
from grader.store.models import Job, Result, Submission, User
from grader.store.records import records


@dataclass(frozen=True)
class Row:
    """One item: the mark, the deadline that holds, and what staff have entered about it."""

    item: CourseItem
    mark: Mark
    deadline: datetime | None
    defence: defences.Given | None
    extensions: list[extensions.Given]
    override: overrides.Given | None


@dataclass(frozen=True)
class Sheet:
    """A student's sheet. ``log`` holds the newest audit entries about them."""

    user: User
    standing: Standing
    rows: list[Row]
    theory: Theory
    bonus: list[bonus.Given]
    uploads: list[tuple[Submission, Job, Result | None]]
    log: list[Line]


def sheet_of(database: Database, course: Course, user_id: str) -> Sheet | None:
    """The sheet of the person with this id, in a number of queries that does not grow with what there is on it."""
    with database.reading() as session:
        user = session.get(User, user_id)
        if user is None:
            return None
        record = records(session, [user])[user.id]
        counted = standing(course, record)
        marked = {given.mark.assignment: given for given in defences.defences(session, user_id=user.id)}
        above = {given.mark.assignment: given for given in overrides.overrides(session, user.id)}
        longer = extensions.extensions(session, user)
        rows = [
            Row(
                item=item,
                mark=mark,
                deadline=deadline(item, record),
                defence=marked.get(item.name),
                extensions=[given for given in longer if given.assignment == item.name],
                override=above.get(item.name),
            )
            for item, mark in zip(course.items, counted.marks, strict=True)
        ]
        return Sheet(
            user=user,
            standing=counted,
            rows=rows,
            theory=theory.kept(session, [user.id])[user.id],
            bonus=bonus.entries(session, user.id),
            uploads=submissions.of_student(session, user.id),
            log=audit_log.about(session, course, user),
        )
