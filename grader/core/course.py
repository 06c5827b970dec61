"""The course file: what is set, for how many points, until when, and how lateness is counted.

Errors name the file, the line, the key and what was expected; an unknown key is an error, since a misspelt
`deadline` would be none at all. The kind of an assignment (lab or task) is in its own `assignment.toml`, not here.
"""

from __future__ import annotations

import re
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
from grader.core.lateness import WEEKS, Weeks, in_zone
from grader.core.scoring import LABS_MAX, TASKS_MAX, parse

LateFrom = Literal["upload", "defence"]

_ENTRY = "[[assignment]]"


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
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: {error}") from error
    return _Reader(path.name, text, data, assignments).course()


@dataclass(frozen=True)
class _Reader:
    """Reads one file's keys, and says where a wrong one stands."""

    file: str
    text: str
    data: Mapping[str, Any]
    assignments: Mapping[str, Assignment]

    def wrong(self, key: str, expected: str, *, table: str = "", number: int = 1) -> BadInput:
        """The error for ``key`` of the ``number``-th table whose header is ``table``."""
        line = _line(self.text, table, number, key)
        place = f"{self.file}, line {line}" if line else self.file
        shown = f"{table} {key}".strip()
        return BadInput(f"{place}: {shown} must be {expected}.")

    def course(self) -> Course:
        self._only(self.data, ("title", "timezone", "lateness", "assignment"))
        zone = self._zone()
        items = tuple(self._item(number, entry, zone) for number, entry in enumerate(self._entries(), start=1))
        self._check_sums(items)
        lateness = self.data.get("lateness", {})
        if not isinstance(lateness, dict):
            raise self.wrong("lateness", "a table, [lateness], with weeks and from")
        self._only(lateness, ("weeks", "from"), table="[lateness]")
        return Course(
            title=self._title(),
            zone=zone,
            items=items,
            weeks=cast(Weeks, self._choice(lateness, "weeks", WEEKS, "started")),
            late_from=cast(LateFrom, self._choice(lateness, "from", ("upload", "defence"), "upload")),
        )

    def _only(self, found: Mapping[str, Any], known: tuple[str, ...], *, table: str = "", number: int = 1) -> None:
        for key in found:
            if key not in known:
                raise self.wrong(key, f"left out; known are {', '.join(known)}", table=table, number=number)

    def _title(self) -> Mapping[str, str]:
        title = self.data.get("title")
        if not isinstance(title, dict) or set(title) != set(LANGUAGES):
            raise self.wrong("title", "a table, [title], with en and ru")
        for language, text in title.items():
            if not isinstance(text, str) or not text.strip():
                raise self.wrong(language, "a text", table="[title]")
        return title

    def _zone(self) -> ZoneInfo:
        name = self.data.get("timezone", "UTC")
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, TypeError, AttributeError, OSError):
            raise self.wrong("timezone", f'a name such as "Europe/Moscow", not {name!r}') from None

    def _choice(self, table: Mapping[str, Any], key: str, known: tuple[str, ...], default: str) -> str:
        value = table.get(key, default)
        if value not in known:
            raise self.wrong(key, f"one of {', '.join(known)}", table="[lateness]")
        return str(value)

    def _entries(self) -> list[Mapping[str, Any]]:
        entries = self.data.get("assignment", [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.wrong("assignment", "a list of [[assignment]] tables")
        return entries

    def _item(self, number: int, entry: Mapping[str, Any], zone: ZoneInfo) -> CourseItem:
        def wrong(key: str, expected: str) -> BadInput:
            return self.wrong(key, expected, table=_ENTRY, number=number)

        self._only(entry, ("name", "points", "deadline"), table=_ENTRY, number=number)
        name = entry.get("name")
        if not isinstance(name, str) or name not in self.assignments:
            raise wrong("name", f"an assignment there is ({', '.join(self.assignments)}), not {name!r}")
        if name in [earlier.get("name") for earlier in self._entries()[: number - 1]]:
            raise wrong("name", f"given once; {name} stands twice")
        points = _points(entry.get("points"))
        if points is None:
            raise wrong("points", f"a positive number for {name}")
        deadline = entry.get("deadline")
        if deadline is not None and not isinstance(deadline, datetime):
            raise wrong("deadline", f"a time without quotes, such as 2027-02-14T23:59:00, for {name}")
        return CourseItem(self.assignments[name], points, _absolute(deadline, zone))

    def _check_sums(self, items: tuple[CourseItem, ...]) -> None:
        for kind, most in (("lab", LABS_MAX), ("task", TASKS_MAX)):
            total = sum((item.points for item in items if item.kind == kind), Fraction(0))
            if total > most:
                raise self.wrong(f"points of all {kind}s together", f"at most {most}, not {float(total):g}")


def _points(value: object) -> Fraction | None:
    """Points as they are written, 7.5 or "15/2", exactly; None for what is no positive number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        points = parse("points", str(value))
    except BadInput:
        return None
    return points if points > 0 else None


def _absolute(deadline: datetime | None, zone: ZoneInfo) -> datetime | None:
    """A deadline as a moment: local times are those of the course's zone."""
    if deadline is None or deadline.tzinfo is not None:
        return deadline
    return in_zone(deadline, zone)


def _line(text: str, table: str, number: int, key: str) -> int | None:
    """The line where ``key`` stands, or at least its table; None where neither is to be seen."""
    header, found, inside = None, 0, table == ""
    for place, line in enumerate(text.splitlines(), start=1):
        bare = re.sub(r"\s", "", line.partition("#")[0])
        if bare.startswith("["):
            found += bare == table
            inside = bare == table and found == number
            header = place if inside else header
            if table == "" and bare.strip("[]") == key:
                return place
        elif inside and bare.partition("=")[0].strip("\"'") == key and "=" in bare:
            return place
    return header
