"""The course file as a server holds it: read again when it has changed, kept as it was while it is wrong.

The assignments' own files are watched as well: an assignment's kind stands there, and marks go by it.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from grader.core.assignment import load_all, names
from grader.core.course import Course
from grader.core.course_file import read_course
from grader.core.errors import BadInput, GraderError

log = logging.getLogger("grader.course")


class WatchedCourse:
    """A course by its file and the folder of assignments. `current` may be called from several threads.

    ``problem`` tells what is wrong with the file that is there now; the log tells it once.
    """

    def __init__(self, path: Path, assignments: Path) -> None:
        self.path = path
        self.problem: GraderError | None = None
        self._assignments = assignments
        self._lock = threading.Lock()
        self._course: Course | None = None
        self._files = [path]
        self._seen: object = None

    def current(self) -> Course:
        """The course of today's file, or the last good one. Raises GraderError where there has been none."""
        with self._lock:
            if self._state() != self._seen:
                self._files = [self.path, *self._settings()]
                self._seen = self._state()
                self._read()
            if self._course is None:
                raise self.problem or BadInput(f"{self.path} cannot be read.")
            return self._course

    def _settings(self) -> list[Path]:
        return [self._assignments / name / "assignment.toml" for name in names(self._assignments)]

    def _state(self) -> list[object]:
        return [_stamp(path) for path in self._files]

    def _read(self) -> None:
        try:
            assignments = {assignment.name: assignment for assignment in load_all(self._assignments)}
            self._course = read_course(self.path, assignments)
        except GraderError as error:
            self.problem = error
            if self._course is not None:
                log.error("the course file is wrong, the last good one holds: %s", error)
            return
        if self.problem is not None:
            log.info("the course file is good again")
        self.problem = None


def _stamp(path: Path) -> object:
    """What changes when a file does; an editor that writes a new file changes its number."""
    try:
        status = path.stat()
    except OSError as error:
        return error.errno
    return status.st_mtime_ns, status.st_size, status.st_ino
