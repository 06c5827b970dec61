"""The course file, `course.toml`: read and checked.

Errors name the file, the line, the key and what was expected; an unknown key is an error, since a misspelt
`deadline` would be none at all. `docs/reference/course-file.md` lists every key.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from grader.core.assignment import LANGUAGES, Assignment
from grader.core.course import Bucket, Contest, Course, CourseItem, LateFrom
from grader.core.errors import BadInput
from grader.core.lateness import WEEKS, Weeks, in_zone
from grader.core.scoring import LECTURE, Formula, parse

ASSIGNMENT, CODEFORCES = "[[assignment]]", "[[codeforces]]"
_COMMON = ("name", "points", "deadline", "opens")
_BUCKET = ("burst", "refill_minutes")


def read_course(path: Path, assignments: Mapping[str, Assignment]) -> Course:
    """The course in a file. Raises BadInput: which key of which file is wrong, and what belongs there."""
    try:
        content = path.read_bytes()
        text = content.decode()
        data = tomllib.loads(text)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: {error}") from error
    return _Reader(path.name, text, data, assignments).course(hashlib.sha256(content).hexdigest())


def shortfalls(course: Course) -> list[tuple[str, Fraction, Fraction]]:
    """The kinds of which less is set than the formula counts: kind, what is set, what there could be.

    No error, since a course may be written week by week.
    """
    found = []
    for kind, most in (("lab", course.formula.labs), ("task", course.formula.tasks)):
        total = sum((item.points for item in course.items if item.kind == kind), Fraction(0))
        if total < most:
            found.append((kind, total, most))
    return found


@dataclass(frozen=True)
class _Table:
    """One table of the file, which can say where a wrong key of it stands."""

    file: str
    text: str
    data: Mapping[str, Any]
    header: str = ""
    number: int = 1

    def wrong(self, key: str, expected: str) -> BadInput:
        line = _line(self.text, self.header, self.number, key)
        place = f"{self.file}, line {line}" if line else self.file
        return BadInput(f"{place}: {f'{self.header} {key}'.strip()} must be {expected}.")

    def only(self, *known: str) -> None:
        for key in self.data:
            if key not in known:
                raise self.wrong(key, f"left out; known are {', '.join(known)}")

    def choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        value = self.data.get(key, default)
        if value not in known:
            raise self.wrong(key, f"one of {', '.join(known)}")
        return str(value)

    def texts(self, key: str) -> Mapping[str, str]:
        """A text in both languages."""
        value = self.data.get(key)
        inner = _Table(self.file, self.text, value if isinstance(value, dict) else {}, f"[{key}]")
        if not isinstance(value, dict) or set(value) != set(LANGUAGES):
            raise self.wrong(key, "a table with en and ru")
        for language, text in value.items():
            if not isinstance(text, str) or not text.strip():
                raise (self if self.header else inner).wrong(language, "a text")
        return value

    def exact(self, key: str, expected: str, default: Fraction | None = None) -> Fraction:
        """A positive number, exactly as it is written: 7.5 or "15/2"."""
        value = self.data.get(key)
        if value is None and default is not None:
            return default
        points = _positive(value)
        if points is None:
            raise self.wrong(key, expected)
        return points

    def whole(self, key: str, least: int) -> int | None:
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise self.wrong(key, f"a whole number of at least {least}")
        return value

    def time(self, key: str, zone: ZoneInfo, of: str) -> datetime | None:
        """A moment; local times are those of the course's zone."""
        value = self.data.get(key)
        if value is not None and not isinstance(value, datetime):
            raise self.wrong(key, f"a time without quotes, such as 2027-02-14T23:59:00, for {of}")
        return value if value is None or value.tzinfo is not None else in_zone(value, zone)


@dataclass(frozen=True)
class _Reader:
    """Reads the whole file."""

    file: str
    text: str
    data: Mapping[str, Any]
    assignments: Mapping[str, Assignment]

    def course(self, sha256: str) -> Course:
        top = self._top()
        top.only("title", "timezone", "lateness", "formula", "submissions", "assignment", "codeforces")
        zone = self._zone(top)
        lateness = self._table("lateness")
        lateness.only("weeks", "from")
        formula = self._formula()
        items = self._items(zone)
        self._check_sums(items, formula)
        return Course(
            title=top.texts("title"),
            zone=zone,
            items=items,
            weeks=cast(Weeks, lateness.choice("weeks", WEEKS, "started")),
            late_from=cast(LateFrom, lateness.choice("from", ("upload", "defence"), "upload")),
            formula=formula,
            sha256=sha256,
        )

    def _top(self) -> _Table:
        return _Table(self.file, self.text, self.data)

    def _table(self, key: str) -> _Table:
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            raise self._top().wrong(key, f"a table, [{key}]")
        return _Table(self.file, self.text, value, f"[{key}]")

    def _tables(self, key: str, header: str) -> list[_Table]:
        entries = self.data.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self._top().wrong(key, f"a list of {header} tables")
        return [_Table(self.file, self.text, entry, header, place) for place, entry in enumerate(entries, start=1)]

    def _zone(self, top: _Table) -> ZoneInfo:
        name = self.data.get("timezone", "UTC")
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, TypeError, AttributeError, OSError):
            raise top.wrong("timezone", f'a name such as "Europe/Moscow", not {name!r}') from None

    def _formula(self) -> Formula:
        table = self._table("formula")
        known = tuple(field.name for field in fields(Formula))
        table.only(*known)
        values = {key: table.exact(key, "a positive number", getattr(LECTURE, key)) for key in known}
        if values["late_lab_keeps"] > 1:
            raise table.wrong("late_lab_keeps", "a share of at most 1")
        return Formula(**values)

    def _items(self, zone: ZoneInfo) -> tuple[CourseItem, ...]:
        submissions = self._table("submissions")
        submissions.only(*_BUCKET)
        bucket = _bucket(submissions, None)
        ours = [self._assignment(table, zone, bucket) for table in self._tables("assignment", ASSIGNMENT)]
        theirs = [self._contest(table, zone) for table in self._tables("codeforces", CODEFORCES)]
        known = {item.name for item in ours}
        for item, table in zip(theirs, self._tables("codeforces", CODEFORCES), strict=True):
            if item.name in known:
                raise table.wrong("name", f"given once; {item.name} stands twice")
            known.add(item.name)
        return (*ours, *theirs)

    def _assignment(self, table: _Table, zone: ZoneInfo, bucket: Bucket | None) -> CourseItem:
        table.only(*_COMMON, *_BUCKET, "team")
        name = table.data.get("name")
        if not isinstance(name, str) or name not in self.assignments:
            raise table.wrong("name", f"an assignment there is ({', '.join(self.assignments)}), not {name!r}")
        earlier = self._tables("assignment", ASSIGNMENT)[: table.number - 1]
        if name in [other.data.get("name") for other in earlier]:
            raise table.wrong("name", f"given once; {name} stands twice")
        team = table.data.get("team", False)
        if not isinstance(team, bool):
            raise table.wrong("team", "true or false")
        assignment = self.assignments[name]
        return CourseItem(
            name=name,
            kind=assignment.kind,
            title=assignment.title,
            points=table.exact("points", f"a positive number for {name}"),
            deadline=table.time("deadline", zone, name),
            opens=table.time("opens", zone, name),
            assignment=assignment,
            bucket=_bucket(table, bucket),
            team=team,
        )

    def _contest(self, table: _Table, zone: ZoneInfo) -> CourseItem:
        table.only(*_COMMON, "title", "contest", "problems")
        name = table.data.get("name")
        if not isinstance(name, str) or not re.fullmatch(r"codeforces/[a-z0-9-]{1,80}", name):
            raise table.wrong("name", 'of the form "codeforces/some-words"')
        number = table.whole("contest", 1)
        if number is None:
            raise table.wrong("contest", f"the contest's number for {name}")
        problems = table.data.get("problems")
        good = isinstance(problems, list) and problems and all(isinstance(p, str) and p for p in problems)
        if not good or len(set(problems)) < len(problems):  # type: ignore[arg-type]
            raise table.wrong("problems", f'a list such as ["A", "B1"] for {name}, each once')
        return CourseItem(
            name=name,
            kind="task",
            title=table.texts("title"),
            points=table.exact("points", f"a positive number for {name}"),
            deadline=table.time("deadline", zone, name),
            opens=table.time("opens", zone, name),
            contest=Contest(number, tuple(problems)),  # type: ignore[arg-type]
        )

    def _check_sums(self, items: tuple[CourseItem, ...], formula: Formula) -> None:
        for kind, most in (("lab", formula.labs), ("task", formula.tasks)):
            total = sum((item.points for item in items if item.kind == kind), Fraction(0))
            if total > most:
                raise self._top().wrong(
                    f"points of all {kind}s together", f"at most {float(most):g}, not {float(total):g}"
                )


def _bucket(table: _Table, default: Bucket | None) -> Bucket | None:
    """The budget of submissions that a table tells; where it tells nothing, the course's own."""
    burst, minutes = table.whole("burst", 1), table.whole("refill_minutes", 1)
    if burst is None and minutes is None:
        return default
    if burst is None:
        burst = default.burst if default is not None else None
        if burst is None:
            raise table.wrong("burst", "given where refill_minutes is")
    refill = timedelta(minutes=minutes) if minutes is not None else default.refill if default is not None else None
    return Bucket(burst, refill)


def _positive(value: object) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        points = parse("points", str(value))
    except BadInput:
        return None
    return points if points > 0 else None


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
