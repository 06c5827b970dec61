"""A student's transcript: every number of the final score, with the step that it comes from.

Only data: a page to print and the terminal show it. Formulas are LaTeX in ``formula`` and text in ``plain``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from grader.core.course import Course
from grader.core.gradebook import Mark, Record, Standing, deadline, standing
from grader.core.report import Bilingual, number
from grader.core.scoring import Step, rounded, written


@dataclass(frozen=True)
class Bonus:
    """Points for something extra, and what for."""

    points: Fraction
    reason: str
    at: datetime


@dataclass(frozen=True)
class Line:
    """One assignment: its mark, the product that gives it, when it was handed in and until when it could be."""

    title: Bilingual
    mark: Mark
    plain: str
    deadline: datetime | None
    handed_in: datetime | None
    defended: datetime | None


@dataclass(frozen=True)
class Sum:
    """What the lines of one kind add up to, and how much of it counts."""

    kind: str
    total: Fraction
    most: Fraction
    waiting: int

    @property
    def counted(self) -> Fraction:
        return min(self.total, self.most)


@dataclass(frozen=True)
class Transcript:
    """All of it. ``steps`` lead from theory, practice and bonus to the final score."""

    login: str
    name: str
    group: str
    course: Bilingual
    made_at: datetime
    lines: tuple[Line, ...]
    sums: tuple[Sum, ...]
    bonus: tuple[Bonus, ...]
    standing: Standing

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.standing.score.steps


def transcript(
    course: Course, person: Mapping[str, str], record: Record, bonus: Sequence[Bonus], made_at: datetime
) -> Transcript:
    """The transcript of a person (``login``, ``name``, ``group``) with this record."""
    counted = standing(course, record)
    lines = tuple(_line(course, mark, record) for mark in counted.marks)
    sums = (_sum("lab", counted.marks, course.formula.labs), _sum("task", counted.marks, course.formula.tasks))
    return Transcript(
        login=person["login"],
        name=person["name"],
        group=person["group"],
        course=course.title,
        made_at=made_at,
        lines=lines,
        sums=sums,
        bonus=tuple(bonus),
        standing=counted,
    )


def to_json(made: Transcript) -> dict[str, Any]:
    """The transcript as data."""
    score, points = made.standing.score, made.standing.points
    exam = points.exam
    return {
        "login": made.login,
        "name": made.name,
        "group": made.group,
        "made_at": made.made_at.isoformat(),
        "marks": [_line_json(line) for line in made.lines],
        "labs": number(points.labs),
        "tasks": number(points.tasks),
        "test": number(points.test),
        "exam": None if exam is None else [number(exam.minimum), number(exam.ticket)],
        "bonus_entries": [{"points": number(one.points), "reason": one.reason} for one in made.bonus],
        "steps": [{"symbol": s.symbol, "formula": s.plain, "value": float(rounded(s.value))} for s in made.steps],
        "final": float(rounded(score.final)),
    }


def _line(course: Course, mark: Mark, record: Record) -> Line:
    item = course.item(mark.assignment)
    assert item is not None
    handed_in = [a.uploaded_at for a in record.attempts.get(item.name, ()) if a.submission == mark.submission]
    defence = record.defences.get(item.name)
    return Line(
        title=item.title,
        mark=mark,
        plain=product(mark),
        deadline=deadline(item, record),
        handed_in=handed_in[0] if handed_in else None,
        defended=defence.at if defence is not None and mark.kind == "lab" else None,
    )


def product(mark: Mark) -> str:
    """``share * points * factor * defence``, as far as each changes something: ``0.75 * 20 * 0.8``."""
    if mark.state == "none" or mark.override is not None:
        return ""
    factors = [mark.share, mark.max_points, *(one for one in (mark.factor, mark.defended) if one != 1)]
    return " * ".join(_text(one) for one in factors)


def _text(value: Fraction) -> str:
    text = written(value)
    return f"({text})" if "/" in text else text


def _sum(kind: str, marks: Sequence[Mark], most: Fraction) -> Sum:
    mine = [mark for mark in marks if mark.kind == kind]
    total = sum((mark.points for mark in mine if mark.state == "counted"), Fraction(0))
    return Sum(kind, total, most, sum(mark.state == "waiting" for mark in mine))


def _line_json(line: Line) -> dict[str, Any]:
    mark = line.mark
    return {
        "assignment": mark.assignment,
        "kind": mark.kind,
        "state": mark.state,
        "points": number(mark.points),
        "max_points": number(mark.max_points),
        "product": line.plain,
        "override": mark.override,
        "deadline": _iso(line.deadline),
        "handed_in": _iso(line.handed_in),
        "defended": _iso(line.defended),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
