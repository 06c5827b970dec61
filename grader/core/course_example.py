"""A course file to begin from: assignments, points that add up, deadlines by lecture, and the rest as comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from fractions import Fraction

from grader.core.assignment import Assignment
from grader.core.course_part import FIRST_DEADLINE, Group, deadlines, shares
from grader.core.report import number
from grader.core.scoring import LECTURE

_HEAD = """\
# A course: what is set, for how many points, until when, and by which rules it is counted.
# `grader course check` says whether this file is right; docs/reference/course-file.md explains every key.
# `grader course apply` puts it in force, after it has told whose marks change.

timezone = "Europe/Moscow"   # deadlines without an offset are meant in it
# solutions = "after_closed" # students may read the reference once no upload of anybody can change a mark any more

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


def example(groups: Sequence[Group], begins: date, weeks: int | None = None) -> str:
    """The text of a course file that sets these assignments, for as many points as the formula counts at most.

    Raises BadInput for a term of ``weeks`` that is too short or too long.
    """
    every = [assignment for _, found in groups for assignment in found]
    points = {
        **shares([one for one in every if one.kind == "lab"], LECTURE.labs),
        **shares([one for one in every if one.kind == "task"], LECTURE.tasks),
    }
    parts = [_HEAD, _formula(), _BUDGET]
    options = _ITEM_OPTIONS.format(opens=begins)  # once is enough
    for (lecture, found), deadline in zip(groups, deadlines(len(groups), begins, weeks), strict=True):
        heading = f"# {lecture.number}. {lecture.title['en']}\n" if lecture else "# Others\n"
        for assignment in found:
            parts.append(heading + _item(assignment, points[assignment.name], deadline) + options)
            heading = options = ""
    parts.append(_CONTEST.format(deadline=begins + FIRST_DEADLINE))
    return "\n".join(parts)


def _item(assignment: Assignment, points: Fraction, deadline: date) -> str:
    written = str(number(points)) if 4 % points.denominator == 0 else f'"{points}"'
    work = f"{assignment.kind}, {assignment.hours} h" if assignment.hours else assignment.kind
    return (
        f'[[assignment]]\nname = "{assignment.name}"\n'
        f"points = {written:<20}# {work}: {assignment.title['en']}\n"
        f"deadline = {deadline.isoformat()}T23:59:00\n"
    )


def _formula() -> str:
    lines = [f"# {field.name} = {number(getattr(LECTURE, field.name))}" for field in fields(LECTURE)]
    return "\n".join(["# [formula]                  # the lecture's numbers", *lines, ""])
