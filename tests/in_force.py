"""The course in force of a test; one is put in force without a look at whose marks change."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from grader.core.assignment import assignments_folder, by_name
from grader.core.course_file import course_text, parse_course
from grader.store import courses
from grader.store.engine import Database


def text_in_force(database: Database) -> str:
    with database.reading() as session:
        version = courses.newest(session)
        assert version is not None
        return version.text


def put_in_force(database: Database, course: Path | str, assignments: Path | None = None) -> None:
    """A course file, or the text of one."""
    text = course_text(course) if isinstance(course, Path) else course
    known = by_name(assignments or assignments_folder())
    with database.writing() as session:
        courses.add(session, text, parse_course(text, known), actor="", now=datetime.now(UTC))
