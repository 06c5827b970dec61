"""What to do before an assignment, and what it prepares for, as a reader is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from grader.core.assignment import Assignment, load
from grader.core.course import Course, CourseItem
from grader.core.errors import GraderError
from grader.store import submissions
from grader.store.models import User


@dataclass(frozen=True)
class Before:
    """An assignment to do first; ``set`` in the course it has a page, and may have been ``handed_in`` already."""

    name: str
    title: Mapping[str, str]
    set: bool
    handed_in: bool


def before(session: Session, course: Course, user: User, assignment: Assignment) -> list[Before]:
    """What the assignment needs, in its own order."""
    if not assignment.needs:
        return []
    uploads = submissions.numbers(session, user.id)
    found = []
    for name in assignment.needs:
        item = course.item(name)
        title = item.title if item is not None else _title(name, assignment)
        found.append(Before(name, title, item is not None, uploads.get(name, 0) > 0))
    return found


def after(course: Course, name: str) -> list[CourseItem]:
    """What is set in the course and needs this assignment."""
    return [item for item in course.items if item.assignment is not None and name in item.assignment.needs]


def _title(name: str, beside: Assignment) -> Mapping[str, str]:
    """The title of an assignment that the course does not set; its name where it cannot be read."""
    try:
        return load(name, beside.folder.parents[1]).title
    except GraderError:
        return {"en": name, "ru": name}
