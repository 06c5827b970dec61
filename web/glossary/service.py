"""The glossary of the course in force: for its page, and for the links in statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from grader.core import term_links
from grader.core.assignment import Assignment
from grader.core.course import Course, CourseItem
from grader.core.glossary import Entry, Glossary, of_assignments
from grader.core.needs import all_needed
from grader.core.term_links import Links
from grader.store.models import User
from web.student.service import may_open


@dataclass(frozen=True)
class Line:
    """A term, and what is set in the course, open to the reader, and defines it."""

    entry: Entry
    items: list[CourseItem]


def letters(course: Course, reader: User, language: str, now: datetime) -> list[tuple[str, list[Line]]]:
    """The terms of all that the course sets, below the letters that their names begin with in this language."""
    opened = {item.name: item for item in course.items if may_open(item, reader, now)}

    def line(entry: Entry) -> Line:
        return Line(entry, [opened[name] for name in entry.assignments if name in opened])

    return [(letter, [line(entry) for entry in entries]) for letter, entries in _of(course).by_letter[language]]


def links(course: Course, assignment: Assignment, language: str) -> Links:
    """The terms that this assignment's statement may link."""
    needs = {one.name: one.needs for one in _assignments(course)}
    return term_links.links(_of(course), assignment.name, all_needed(assignment.name, needs), language)


def _of(course: Course) -> Glossary:
    return of_assignments(_assignments(course))


def _assignments(course: Course) -> list[Assignment]:
    return [item.assignment for item in course.items if item.assignment is not None]
