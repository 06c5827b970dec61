"""The gradebook as CSV, as JSON, and as the files that Canvas and Moodle import.

A lab that waits for its defence is ``waiting`` (for Canvas and Moodle, which take nothing but numbers: an empty cell),
what was not handed in is an empty cell. Neither is a zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.core.course import Course
from grader.core.gradebook import Mark, Standing
from grader.core.report import number
from grader.core.scoring import rounded
from grader.reports.cells import Cell, Key, as_csv

WAITING = "waiting"
PERSON = ("login", "name", "group")
TOTALS = ("T", "P", "B'", "final")
_CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_CANVAS_MAXIMA = "    Points Possible"  # Canvas knows the row by these four blanks
_MOODLE = ("username", "fullname", "email", "group")
_FINAL = "Final score"


@dataclass(frozen=True)
class Student:
    """One student's line in the gradebook."""

    login: str
    name: str
    group: str
    email: str
    standing: Standing


def rows(course: Course, students: Sequence[Student]) -> Iterator[list[Cell]]:
    """The gradebook as a table, its heading first: people, a column for each assignment, the formula's parts."""
    yield [*PERSON, *(item.name for item in course.items), *TOTALS]
    for student in students:
        marks = [mark_cell(mark) for mark in student.standing.marks]
        yield [Key(student.login), student.name, student.group, *marks, *totals(student.standing)]


def mark_cell(mark: Mark) -> Cell:
    return WAITING if mark.state == "waiting" else _points(mark)


def totals(standing: Standing) -> list[Fraction]:
    """T, P, B' and the final score."""
    score = standing.score
    return [score.theory, score.practice, score.bonus, score.final]


def to_csv(course: Course, students: Sequence[Student]) -> str:
    return as_csv(rows(course, students))


def to_canvas(course: Course, students: Sequence[Student]) -> str:
    """What Canvas imports as a gradebook: who is who follows from the SIS Login ID, which is the login here."""
    maxima = [item.points for item in course.items]
    table: list[list[Cell]] = [
        [*_CANVAS, *(item.name for item in course.items), _FINAL],
        [_CANVAS_MAXIMA, None, None, None, None, *maxima, course.formula.final],
    ]
    for student in students:
        person: list[Cell] = [student.name, None, None, Key(student.login), student.group]
        table.append([*person, *map(_points, student.standing.marks), student.standing.score.final])
    return as_csv(table)


def to_moodle(course: Course, students: Sequence[Student]) -> str:
    """What Moodle imports as grades from CSV: ``username`` or ``email`` is mapped to its users, columns to items."""
    table: list[list[Cell]] = [[*_MOODLE, *(item.name for item in course.items), _FINAL]]
    for student in students:
        person: list[Cell] = [Key(student.login), student.name, Key(student.email), student.group]
        table.append([*person, *map(_points, student.standing.marks), student.standing.score.final])
    return as_csv(table)


def empty_cells(course: Course, students: Sequence[Student]) -> int:
    """How many cells of a file for Canvas or Moodle are empty: each takes away the grade that the other system has."""
    return sum(_points(mark) is None for student in students for mark in student.standing.marks)


def to_json(course: Course, students: Sequence[Student]) -> dict[str, Any]:
    """The gradebook as data. ``exact`` is the fraction behind a rounded number of points."""
    return {
        "course": dict(course.title),
        "assignments": [
            {"name": item.name, "title": dict(item.title), "kind": item.kind, "max_points": number(item.points)}
            for item in course.items
        ],
        "students": [_student_json(student) for student in students],
    }


def score_json(standing: Standing) -> dict[str, float]:
    """T, P, B' and the final score, rounded as everywhere."""
    return {name: float(rounded(getattr(standing.score, name))) for name in ("theory", "practice", "bonus", "final")}


def mark_json(mark: Mark) -> dict[str, Any]:
    told = {"state": mark.state, "points": float(rounded(mark.points)), "exact": str(mark.points)}
    return told if mark.override is None else {**told, "override": mark.override}


def _student_json(student: Student) -> dict[str, Any]:
    handed_in = [mark for mark in student.standing.marks if mark.state != "none"]
    return {
        "login": student.login,
        "name": student.name,
        "group": student.group,
        "marks": {mark.assignment: mark_json(mark) for mark in handed_in},
        **score_json(student.standing),
    }


def _points(mark: Mark) -> Fraction | None:
    return mark.points if mark.state == "counted" else None
