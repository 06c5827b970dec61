"""The course in force: the newest text of the course file that was applied, read by web and sweeper without a restart.

Versions are only ever added. Whoever applies one has seen before whose marks change by it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.core.assignment import Assignment, by_name, names
from grader.core.course import Course
from grader.core.course_file import parse_course
from grader.core.errors import BadInput, GraderError, NoCourse
from grader.store import audit
from grader.store.engine import Database
from grader.store.models import CourseVersion

log = logging.getLogger("grader.course")


def newest(session: Session) -> CourseVersion | None:
    return session.scalar(select(CourseVersion).order_by(CourseVersion.number.desc()).limit(1))


def versions(session: Session) -> list[CourseVersion]:
    """All of them, the newest first."""
    return list(session.scalars(select(CourseVersion).order_by(CourseVersion.number.desc())))


def find(session: Session, number: int) -> CourseVersion:
    """Raises BadInput where there is no such version."""
    found = session.get(CourseVersion, number)
    if found is None:
        raise BadInput(f"There is no version {number} of the course: see grader course history.")
    return found


def add(session: Session, text: str, course: Course, *, actor: str, now: datetime) -> CourseVersion:
    """Put a text in force that was read as this ``course``; ``actor`` is a user's id, or empty."""
    before = newest(session)
    number = before.number + 1 if before is not None else 1
    told = {"number": number, "sha256": course.sha256}
    audit.append(
        session, actor, "course.applied", "course", None if before is None else {"number": before.number}, told, now=now
    )
    version = CourseVersion(number=number, applied_at=now, applied_by=actor, text=text)
    session.add(version)
    session.flush()
    return version


def course_in_force(session: Session, assignments: Mapping[str, Assignment]) -> Course:
    """Raises NoCourse where none was applied yet, BadInput where it does not fit these assignments any more."""
    version = newest(session)
    if version is None:
        raise NoCourse
    return parse_course(version.text, assignments)


class AppliedCourse:
    """The course in force, read again when another one was applied or an assignment's file has changed.

    An assignment's kind stands in its own file, and marks go by it. Where the text does not fit the assignments any
    more, the last course that did holds, and ``problem`` tells why; the log tells it once. `current` may be called from
    several threads.
    """

    def __init__(self, database: Database, assignments: Path) -> None:
        self.problem: GraderError | None = None
        self._database = database
        self._assignments = assignments
        self._lock = threading.Lock()
        self._course: Course | None = None
        self._files: list[Path] = []
        self._seen: object = None

    def current(self) -> Course:
        """The course of the newest version, or the last good one. Raises NoCourse, or BadInput where none was good."""
        with self._database.reading() as session:
            number = session.scalar(select(func.max(CourseVersion.number)))
        with self._lock:
            if self.problem is not None or (number, self._stamps()) != self._seen:
                self._files = [self._assignments / name / "assignment.toml" for name in names(self._assignments)]
                self._seen = (number, self._stamps())
                self._read()
            if self._course is None:
                raise self.problem or NoCourse()
            return self._course

    def _stamps(self) -> list[object]:
        return [_stamp(path) for path in self._files]

    def _read(self) -> None:
        before, self.problem = self.problem, None
        try:
            assignments = by_name(self._assignments)
            with self._database.reading() as session:
                self._course = course_in_force(session, assignments)
        except GraderError as error:
            self.problem = error
            if self._course is not None and str(error) != str(before):
                log.error("the course does not fit the assignments, the last one that did holds: %s", error)
        else:
            if before is not None:
                log.info("the course fits the assignments again")


def _stamp(path: Path) -> object:
    """What changes when a file does; an editor that writes a new file changes its number."""
    try:
        status = path.stat()
    except OSError as error:
        return error.errno
    return status.st_mtime_ns, status.st_size, status.st_ino
