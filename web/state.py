"""What every view needs: settings, database, course, bell. One object, put into the application once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

from flask import current_app, g

from grader.core.catalogue import Lecture
from grader.core.course import Course
from grader.store.courses import AppliedCourse
from grader.store.engine import Database
from web.bell import Bell
from web.settings import Settings
from web.student.streams import Places, of_threads


@dataclass(frozen=True)
class State:
    settings: Settings
    database: Database
    applied: AppliedCourse
    bell: Bell
    lectures: Sequence[Lecture] = ()  # those of the catalogue, as it was when the application started
    streams: Places = field(default_factory=lambda: of_threads(1 / 2))
    uploads: Places = field(default_factory=lambda: of_threads(1 / 4))  # that are read, or wait for that

    @property
    def course(self) -> Course:
        """The course in force; the same one during a request, whatever is applied meanwhile. Raises NoCourse."""
        if "course" not in g:
            g.course = self.applied.current()
        return cast(Course, g.course)


def state() -> State:
    """The state of the application that serves this request."""
    return cast(State, current_app.extensions["grader"])


def now() -> datetime:
    return datetime.now(UTC)
