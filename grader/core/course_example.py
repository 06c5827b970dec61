"""A course file to begin from: all assignments, points that add up, a deadline a week, and the rest as comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from fractions import Fraction

from grader.core.assignment import Assignment
from grader.core.catalogue import Lecture
from grader.core.report import number
from grader.core.scoring import LECTURE

_FIRST_DEADLINE, _STEP = timedelta(weeks=2), timedelta(weeks=1)
_HEAD = """\
# A course: what is set, for how many points, until when, and by which rules it is counted.
# `grader course check` says whether this file is right; docs/reference/course-file.md explains every key.
# A running server reads it again as soon as it has changed.

timezone = "Europe/Moscow"   # deadlines without an offset are meant in it

[title]
en = "Machine learning"
ru = "Машинное обучение"

# [lateness]
# weeks = "started"          # weeks of a late lab: "started", "full" or "exact"
# from = "upload"            # they are counted until the "upload", or until the "defence"
# grace = "5 min"            # what comes so long after a deadline is still in time; students are not shown it
"""
_BUDGET = """\
# [submissions]              # how often a student may hand in one assignment; without it there is no limit
# burst = 10                 # at once
# refill_minutes = 60        # until the next one; without it there are no more
"""
_ITEM_OPTIONS = """\
# opens = {opens}T09:00:00   # students see it, and can hand it in, from then on
# burst = 3                  # a budget of its own
# team = true                # an upload counts for everybody in the student's team
"""
_CONTEST = """\
# [[codeforces]]             # a task that Codeforces judges
# name = "codeforces/warm-up"
# title = {{ en = "Warm-up", ru = "Разминка" }}
# points = 5
# contest = 102
# problems = ["A", "B"]      # each gives an equal share
# deadline = {deadline}T23:59:00
"""


def example(assignments: Sequence[Assignment], begins: date, lectures: Sequence[Lecture]) -> str:
    """The text of a course file in which labs and tasks add up to what the formula counts at most.

    The assignments stand in the order of these ``lectures``.
    """
    by_lecture = _by_lecture(assignments, lectures)
    points = {**_shares(assignments, "lab", LECTURE.labs), **_shares(assignments, "task", LECTURE.tasks)}
    parts = [_HEAD, _formula(), _BUDGET]
    for week, (lecture, found) in enumerate(by_lecture.items()):
        deadline = begins + _FIRST_DEADLINE + week * _STEP
        for place, assignment in enumerate(found):
            heading = f"# {lecture}\n" if place == 0 else ""
            options = _ITEM_OPTIONS.format(opens=deadline - _FIRST_DEADLINE) if week == place == 0 else ""
            parts.append(heading + _item(assignment, points[assignment.name], deadline) + options)
    parts.append(_CONTEST.format(deadline=begins + _FIRST_DEADLINE))
    return "\n".join(parts)


def _by_lecture(assignments: Sequence[Assignment], lectures: Sequence[Lecture]) -> dict[str, list[Assignment]]:
    """The assignments by the title of their lecture, in the order of the lectures; those of none of them last."""
    known = {lecture.package: f"{lecture.number}. {lecture.title['en']}" for lecture in lectures}
    others = {assignment.lecture: assignment.lecture for assignment in assignments if assignment.lecture not in known}
    found = {
        title: [assignment for assignment in assignments if assignment.lecture == package]
        for package, title in {**known, **others}.items()
    }
    return {title: members for title, members in found.items() if members}


def _shares(assignments: Sequence[Assignment], kind: str, total: Fraction) -> Mapping[str, Fraction]:
    """Equal points for those of a kind, whole ones where there is one for each: they add up to the total."""
    names = [assignment.name for assignment in assignments if assignment.kind == kind]
    if not names or total < len(names):
        return {name: total / len(names) for name in names}
    each, over = divmod(int(total), len(names))
    return {name: Fraction(each + (place < over)) for place, name in enumerate(names)}


def _item(assignment: Assignment, points: Fraction, deadline: date) -> str:
    written = str(points) if points.denominator == 1 else f'"{points}"'
    return (
        f'[[assignment]]\nname = "{assignment.name}"\n'
        f"points = {written:<20}# {assignment.kind}: {assignment.title['en']}\n"
        f"deadline = {deadline.isoformat()}T23:59:00\n"
    )


def _formula() -> str:
    lines = [f"# {field.name} = {number(getattr(LECTURE, field.name))}" for field in fields(LECTURE)]
    return "\n".join(["# [formula]                  # the lecture's numbers", *lines, ""])
