"""The shapes of what staff send and get."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from web.api.shapes import Grades, Mark, Number, Points, Shape

Reason = Annotated[str, StringConstraints(min_length=1, max_length=300)]
SORTS = "name, group, T, P, B, final, or an item's name; with a minus before it downwards"


class GradebookQuery(Shape):
    """Which page of the gradebook, and in which order."""

    page: Annotated[int, Field(ge=1, le=10**6)] = 1
    sort: Annotated[str, StringConstraints(min_length=1, max_length=120), Field(description=SORTS)] = "group"
    group: Annotated[str, StringConstraints(max_length=60), Field(description="This study group alone.")] = ""
    search: Annotated[str, StringConstraints(max_length=100), Field(description="Words of a name or login.")] = ""


class GradebookLine(Shape):
    """One student's line."""

    login: str
    name: str
    group: str
    marks: list[Mark]
    theory: Number
    practice: Number
    bonus: float
    final: float


class Gradebook(Shape):
    """A page of the gradebook: 100 students."""

    page: int
    pages: int
    total: int
    students: list[GradebookLine]


class ExportQuery(Shape):
    format: Literal["csv", "xlsx", "json", "canvas", "moodle"] = "csv"


class PeopleQuery(Shape):
    """Whom to list; what is left out does not matter."""

    role: Literal["student", "assistant", "instructor"] | None = None
    group: Annotated[str, StringConstraints(max_length=60)] | None = None
    inactive: Annotated[bool, Field(description="Those who were deactivated, too.")] = False


class Listed(Shape):
    """Somebody of the course."""

    login: str
    name: str
    role: Literal["student", "assistant", "instructor"]
    group: str
    team: str
    email: str
    codeforces: str
    active: bool


class Theory(Shape):
    """Points of theory; null is what was not entered. An exam replaces the test once one of its parts is there."""

    test: Points | None
    minimum: Points | None
    ticket: Points | None


class BonusEntry(Shape):
    """Bonus points before softening; those that were revoked do not count."""

    id: str
    points: Number
    kind: str
    reason: str
    link: str
    given_by: str
    created_at: datetime
    revoked: bool


class NewBonus(Shape):
    points: Points
    reason: Reason
    kind: Literal["notes", "visualiser", "improvement", "other"] = "other"
    link: Annotated[str, StringConstraints(max_length=500)] = ""


class Defence(Shape):
    """A lab was defended, with this share of its points."""

    share: Points = 1
    note: Annotated[str, StringConstraints(max_length=2000)] = ""


class Extension(Shape):
    """A later deadline."""

    until: AwareDatetime
    reason: Reason


class Override(Shape):
    """Points that stand above what was counted."""

    points: Points
    reason: Reason


class Item(Shape):
    """What staff have entered about one item of a student; null where there is nothing."""

    assignment: str
    deadline: datetime | None
    defence: Defence | None
    override: Override | None


class Sheet(Shape):
    """Everything of one student."""

    person: Listed
    grades: Grades
    items: list[Item]
    theory: Theory
    bonus: list[BonusEntry]


class WithdrawQuery(Shape):
    reason: Annotated[str, StringConstraints(max_length=300)] = ""
