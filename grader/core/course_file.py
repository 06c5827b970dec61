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
from grader.core.course import Bucket, Contest, Course, CourseItem, LateFrom, Solutions
from grader.core.errors import BadInput
from grader.core.lateness import WEEKS, Weeks, moment
from grader.core.report import number
from grader.core.scoring import LECTURE, Formula
from grader.core.tables import Table, lines_of

_COMMON = ("name", "points", "deadline", "opens")
_BUCKET = ("burst", "refill_minutes")
KEYS: Mapping[str, tuple[str, ...]] = {
    "": ("title", "timezone", "lateness", "formula", "submissions", "solutions", "assignment", "codeforces"),
    "[title]": LANGUAGES,
    "[lateness]": ("weeks", "from", "grace"),
    "[formula]": tuple(field.name for field in fields(Formula)),
    "[submissions]": _BUCKET,
    "[[assignment]]": (*_COMMON, *_BUCKET, "team", "solutions"),
    "[[codeforces]]": (*_COMMON, "title", "contest", "problems"),
}
LATE_FROM = ("upload", "defence")
SOLUTIONS = ("never", "after_closed")
MOST_UPLOADS, MOST_MINUTES, MOST_CONTEST = 10_000, 366 * 24 * 60, 10**9
MOST_GRACE = timedelta(days=1)


def read_course(path: Path, assignments: Mapping[str, Assignment]) -> Course:
    """The course in a file. Raises BadInput: which key of which file is wrong, and what belongs there."""
    return parse_course(course_text(path), assignments, name=path.name)


def course_text(path: Path) -> str:
    """What a course file holds, unchecked. Raises BadInput where it cannot be read."""
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read: {error.strerror}.", ru=f"{path} не читается: {error.strerror}."
        ) from error
    except UnicodeDecodeError as error:
        raise _no_toml(str(path), error) from error


def parse_course(text: str, assignments: Mapping[str, Assignment], *, name: str = "course.toml") -> Course:
    """The course in the text of a file. Raises BadInput: which key is wrong, and what belongs there."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _no_toml(name, error) from error
    top = Table(name, lines_of(text), data)
    return _Reader(top, assignments).course(hashlib.sha256(text.encode()).hexdigest())


def _no_toml(name: str, error: Exception) -> BadInput:
    return BadInput(f"{name}: {error}", ru=f"{name} — не файл в формате TOML: {error}")


def totals(course: Course) -> dict[str, tuple[Fraction, Fraction]]:
    """For labs and tasks the points that are set, and those that the formula counts at most."""
    return {
        kind: (sum((item.points for item in course.items if item.kind == kind), Fraction(0)), most)
        for kind, most in (("lab", course.formula.labs), ("task", course.formula.tasks))
    }


def shortfalls(course: Course) -> list[tuple[str, Fraction, Fraction]]:
    """The kinds of which less is set than the formula counts: kind, what is set, what there could be.

    No error, since a course may be written week by week.
    """
    return [(kind, total, most) for kind, (total, most) in totals(course).items() if total < most]


@dataclass(frozen=True)
class _Reader:
    """Reads the whole file."""

    top: Table
    assignments: Mapping[str, Assignment]

    def course(self, sha256: str) -> Course:
        self.top.only(KEYS[""])
        zone = self._zone()
        lateness = self._table("lateness")
        course = Course(
            title=self.top.texts("title"),
            zone=zone,
            items=self._items(zone),
            weeks=cast(Weeks, lateness.choice("weeks", WEEKS, "started")),
            grace=lateness.duration("grace", MOST_GRACE),
            late_from=cast(LateFrom, lateness.choice("from", LATE_FROM, "upload")),
            formula=self._formula(),
            sha256=sha256,
        )
        self._check_totals(course)
        return course

    def _table(self, key: str) -> Table:
        table = self.top.inner(key)
        table.only(KEYS[table.header])
        return table

    def _tables(self, key: str) -> list[Table]:
        tables = self.top.list_of_tables(key)
        for table in tables:
            table.only(KEYS[table.header])
        return tables

    def _zone(self) -> ZoneInfo:
        name = self.top.data.get("timezone", "UTC")
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, TypeError, AttributeError, OSError):
            raise self.top.wrong(
                "timezone",
                f'a name such as "Europe/Moscow", not {name!r}',
                f'ожидается название зоны, например "Europe/Moscow", а не {name!r}',
            ) from None

    def _formula(self) -> Formula:
        table = self._table("formula")
        values = {key: table.exact(key, default=getattr(LECTURE, key)) for key in KEYS["[formula]"]}
        if values["late_lab_keeps"] > 1:
            raise table.wrong("late_lab_keeps", "a share of at most 1", "доля не может быть больше 1")
        return Formula(**values)

    @property
    def _solutions(self) -> str:
        """What holds for assignments that say nothing of their own."""
        return self.top.choice("solutions", SOLUTIONS, "never")

    def _items(self, zone: ZoneInfo) -> tuple[CourseItem, ...]:
        bucket = _bucket(self._table("submissions"), None)
        items: dict[str, CourseItem] = {}
        for table in (*self._tables("assignment"), *self._tables("codeforces")):
            own = table.header == "[[assignment]]"
            item = self._assignment(table, zone, bucket) if own else _contest(table, zone)
            if item.name in items:
                raise table.wrong("name", f"given once; {item.name} stands twice", f"{item.name} встречается дважды")
            items[item.name] = item
        return tuple(items.values())

    def _assignment(self, table: Table, zone: ZoneInfo, bucket: Bucket | None) -> CourseItem:
        name = table.data.get("name")
        if not isinstance(name, str) or name not in self.assignments:
            listed = ", ".join(self.assignments)
            raise table.wrong(
                "name", f"an assignment there is ({listed}), not {name!r}", f"нет задания {name!r}; есть {listed}"
            )
        assignment = self.assignments[name]
        opens, deadline = _times(table, zone, name)
        return CourseItem(
            name=name,
            kind=assignment.kind,
            title=assignment.title,
            points=table.exact("points", name),
            deadline=deadline,
            opens=opens,
            assignment=assignment,
            bucket=_bucket(table, bucket),
            team=table.flag("team"),
            solutions=cast(Solutions, table.choice("solutions", SOLUTIONS, self._solutions)),
        )

    def _check_totals(self, course: Course) -> None:
        for kind, (total, most) in totals(course).items():
            if total > most:
                raise self.top.wrong(
                    f"points of all {kind}s together",
                    f"at most {number(most):g}, not {number(total):g}",
                    f"в сумме не больше {number(most):g}, а не {number(total):g}",
                )


def _contest(table: Table, zone: ZoneInfo) -> CourseItem:
    name = table.data.get("name")
    if not isinstance(name, str) or not re.fullmatch(r"codeforces/[a-z0-9-]{1,80}", name):
        form = "codeforces/some-words"
        raise table.wrong("name", f'of the form "{form}"', f'ожидается имя вида "{form}"')
    contest = table.whole("contest", MOST_CONTEST)
    if contest is None:
        raise table.wrong("contest", f"the contest's number for {name}", f"нужен номер контеста ({name})")
    opens, deadline = _times(table, zone, name)
    return CourseItem(
        name=name,
        kind="task",
        title=table.texts("title"),
        points=table.exact("points", name),
        deadline=deadline,
        opens=opens,
        contest=Contest(contest, _problems(table, name)),
    )


def _problems(table: Table, name: str) -> tuple[str, ...]:
    problems: Any = table.data.get("problems")
    good = isinstance(problems, list) and problems and all(isinstance(p, str) and p.strip() for p in problems)
    if not good or len(set(problems)) < len(problems):
        raise table.wrong(
            "problems",
            f'a list such as ["A", "B1"] for {name}, each once',
            f'ожидается список без повторов, например ["A", "B1"] ({name})',
        )
    return tuple(problems)


def _times(table: Table, zone: ZoneInfo, name: str) -> tuple[datetime | None, datetime | None]:
    """When an item opens, and its deadline after that."""
    opens, deadline = table.time("opens", zone, name), table.time("deadline", zone, name)
    if opens is not None and deadline is not None and moment(deadline) <= moment(opens):
        raise table.wrong("deadline", f"after opens for {name}", f"срок должен быть позже, чем opens ({name})")
    return opens, deadline


def _bucket(table: Table, default: Bucket | None) -> Bucket | None:
    """The budget of submissions that a table tells; what it leaves out is the course's own."""
    burst, minutes = table.whole("burst", MOST_UPLOADS), table.whole("refill_minutes", MOST_MINUTES)
    if burst is None and minutes is None:
        return default
    if burst is None and default is None:
        raise table.wrong("burst", "given where refill_minutes is", "нужен там, где есть refill_minutes")
    known = default or Bucket(1, None)
    refill = known.refill if minutes is None else timedelta(minutes=minutes)
    return Bucket(known.burst if burst is None else burst, refill)
