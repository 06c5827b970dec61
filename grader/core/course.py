"""A course: what is set, for how many points, until when, and by which rules marks are counted.

`course_file` reads it; `gradebook` counts by it. The kind of an assignment of ours (lab or task) is in its own
`assignment.toml`; what Codeforces judges is always a task.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from grader.core.assignment import Assignment
from grader.core.fingerprint import of_value
from grader.core.lateness import BY_LECTURE, Lateness, Weeks, moment
from grader.core.scoring import LECTURE, Formula

LateFrom = Literal["upload", "defence"]
Solutions = Literal["never", "after_closed"]


@dataclass(frozen=True)
class Bucket:
    """A budget of submissions: ``burst`` at once, and one more every ``refill`` (None: no more)."""

    burst: int
    refill: timedelta | None


@dataclass(frozen=True)
class Contest:
    """A contest on Codeforces: each of its ``problems`` that was solved in time gives an equal share."""

    number: int
    problems: tuple[str, ...]

    @property
    def url(self) -> str:
        """Its page. Numbers from 100000 on are those of the gym."""
        kind = "gym" if self.number >= 100_000 else "contest"
        return f"https://codeforces.com/{kind}/{self.number}"


@dataclass(frozen=True)
class CourseItem:
    """One thing that gives practice points: an assignment of ours, or a contest that Codeforces judges.

    It can be handed in from ``opens`` on (None: at once). Without a ``deadline`` it never ends. With ``team`` one
    upload counts for everybody in the student's team. Without a ``bucket`` uploads are not limited. ``lateness`` are
    the rules of its course. ``solutions`` tells whether students are shown the reference, which changes no mark.
    """

    name: str
    kind: Literal["lab", "task"]
    title: Mapping[str, str]
    points: Fraction
    deadline: datetime | None = None
    opens: datetime | None = None
    assignment: Assignment | None = None
    contest: Contest | None = None
    bucket: Bucket | None = None
    team: bool = False
    lateness: Lateness = BY_LECTURE
    solutions: Solutions = field(default="never", compare=False)

    def deadline_for(self, own: Mapping[str, datetime]) -> datetime | None:
        """The deadline that holds for whoever has these deadlines of their own: an extension makes none earlier."""
        extended = own.get(self.name)
        if self.deadline is None or extended is None:
            return self.deadline
        return max(self.deadline, extended, key=moment)

    def is_late(self, until: datetime | None, at: datetime) -> bool:
        """Whether this moment is past the deadline ``until``; never without one."""
        return self.lateness.is_late(until, at)

    def is_open(self, now: datetime) -> bool:
        return self.opens is None or moment(now) >= moment(self.opens)


@dataclass(frozen=True)
class Course:
    """A course as its file describes it; ``items`` in the file's order, each with the course's rules of lateness.

    ``sha256`` is the file's.
    """

    title: Mapping[str, str]
    zone: ZoneInfo
    items: tuple[CourseItem, ...]
    weeks: Weeks = "started"
    grace: timedelta = timedelta(0)
    late_from: LateFrom = "upload"
    formula: Formula = LECTURE
    sha256: str = ""
    _by_name: Mapping[str, CourseItem] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lateness = Lateness(self.weeks, self.zone, self.grace, self.formula.late_lab_keeps)
        items = tuple(replace(item, lateness=lateness) for item in self.items)
        object.__setattr__(self, "items", items)
        object.__setattr__(self, "_by_name", {item.name: item for item in items})

    def item(self, name: str) -> CourseItem | None:
        return self._by_name.get(name)

    @cached_property
    def fingerprint(self) -> str:
        """Of all that is set here, assignments with their kinds included: by other rules marks are counted again."""
        return of_value(self)
