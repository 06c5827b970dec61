"""The course file: what is set, for how many points, until when, and how lateness is counted.

Errors name the file, the key and what was expected. The kind of an assignment (lab or task) is in its own
`assignment.toml`, not here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from grader.core.assignment import LANGUAGES, Assignment
from grader.core.errors import BadInput
from grader.core.lateness import WEEKS, Weeks
from grader.core.scoring import LABS_MAX, TASKS_MAX

LateFrom = Literal["upload", "defence"]


@dataclass(frozen=True)
class CourseItem:
    """One assignment of the course: its points and its deadline (None: it never ends)."""

    assignment: Assignment
    points: Fraction
    deadline: datetime | None = None

    @property
    def name(self) -> str:
        return self.assignment.name

    @property
    def kind(self) -> str:
        return self.assignment.kind


@dataclass(frozen=True)
class Course:
    """A course as its file describes it; ``items`` in the file's order."""

    title: Mapping[str, str]
    zone: ZoneInfo
    items: tuple[CourseItem, ...]
    weeks: Weeks = "started"
    late_from: LateFrom = "upload"

    def item(self, name: str) -> CourseItem | None:
        return next((item for item in self.items if item.name == name), None)


def read_course(path: Path, assignments: Mapping[str, Assignment]) -> Course:
    """The course in a file. Raises BadInput: which key of which file is wrong, and what belongs there."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: {error}") from error
    return _Reader(path.name, data, assignments).course()


@dataclass(frozen=True)
class _Reader:
    file: str
    data: Mapping[str, Any]
    assignments: Mapping[str, Assignment]

    def wrong(self, key: str, expected: str) -> BadInput:
        return BadInput(f"{self.file}: {key} must be {expected}.")

    def course(self) -> Course:
        unknown = set(self.data) - {"title", "timezone", "lateness", "assignment"}
        if unknown:
            raise self.wrong(sorted(unknown)[0], "one of title, timezone, lateness, assignment")
        title = self.data.get("title")
        if not isinstance(title, dict) or set(title) != set(LANGUAGES):
            raise self.wrong("[title]", "given in en and ru")
        zone = self._zone()
        items = tuple(self._item(number, entry, zone) for number, entry in enumerate(self._entries(), start=1))
        self._check_sums(items)
        lateness = self.data.get("lateness", {})
        return Course(
            title=title,
            zone=zone,
            items=items,
            weeks=cast(Weeks, self._choice(lateness, "weeks", WEEKS, "started")),
            late_from=cast(LateFrom, self._choice(lateness, "from", ("upload", "defence"), "upload")),
        )

    def _zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(str(self.data.get("timezone", "UTC")))
        except (ZoneInfoNotFoundError, ValueError):
            raise self.wrong("timezone", "a name such as Europe/Moscow") from None

    def _choice(self, table: Mapping[str, Any], key: str, known: tuple[str, ...], default: str) -> str:
        value = table.get(key, default)
        if value not in known:
            raise self.wrong(f"lateness.{key}", f"one of {', '.join(known)}")
        return str(value)

    def _entries(self) -> list[Mapping[str, Any]]:
        entries = self.data.get("assignment", [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.wrong("assignment", "a list of [[assignment]] tables")
        seen = [entry.get("name") for entry in entries]
        repeated = [name for name in seen if seen.count(name) > 1]
        if repeated:
            raise self.wrong("[[assignment]]", f"given once each ({repeated[0]} stands twice)")
        return entries

    def _item(self, number: int, entry: Mapping[str, Any], zone: ZoneInfo) -> CourseItem:
        key = f"[[assignment]] number {number}"
        name, points, deadline = entry.get("name"), entry.get("points"), entry.get("deadline")
        if not isinstance(name, str) or name not in self.assignments:
            raise self.wrong(f"{key}: name", f"an assignment there is ({', '.join(self.assignments)}), not {name!r}")
        if not isinstance(points, int | float | str) or isinstance(points, bool) or Fraction(str(points)) <= 0:
            raise self.wrong(f"{key} ({name}): points", "a positive number")
        if deadline is not None and not isinstance(deadline, datetime):
            raise self.wrong(f"{key} ({name}): deadline", "a time such as 2027-02-14T23:59:00")
        if isinstance(deadline, datetime) and deadline.tzinfo is None:
            deadline = deadline.replace(tzinfo=zone)
        return CourseItem(self.assignments[name], Fraction(str(points)), deadline)

    def _check_sums(self, items: tuple[CourseItem, ...]) -> None:
        for kind, most in (("lab", LABS_MAX), ("task", TASKS_MAX)):
            total = sum((item.points for item in items if item.kind == kind), Fraction(0))
            if total > most:
                raise self.wrong("[[assignment]] points", f"at most {most} for all {kind}s together, not {total}")
