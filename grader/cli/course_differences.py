"""What another course file changes, in words, before it is applied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any

from grader.core import moments
from grader.core.course import Course, CourseItem
from grader.core.scoring import written

Row = tuple[str, str, str, str]  # of what, what of it, before, after
_RULES = ("timezone", "weeks of lateness", "grace", "late from")


def differences(before: Course, after: Course) -> list[Row]:
    """The course's own rules first, then the items of both, in the order of the new file."""
    names = dict.fromkeys([item.name for item in after.items] + [item.name for item in before.items])
    return [*_of_rules(before, after), *(row for name in names for row in _of_item(name, before, after))]


def _of_rules(before: Course, after: Course) -> Iterator[Row]:
    old, new = _rules(before), _rules(after)
    yield from (("the course", what, old[what], new[what]) for what in old if old[what] != new[what])


def _rules(course: Course) -> dict[str, str]:
    told = dict(zip(_RULES, (str(course.zone), course.weeks, str(course.grace), course.late_from), strict=True))
    titles = {f"title.{language}": title for language, title in course.title.items()}
    formula = {f.name: written(getattr(course.formula, f.name)) for f in fields(course.formula)}
    return titles | told | formula


def _of_item(name: str, before: Course, after: Course) -> Iterator[Row]:
    old, new = before.item(name), after.item(name)
    if old is None or new is None:
        yield name, "", "-" if old is None else "is set", "-" if new is None else "is set"
        return
    was, becomes = _facts(old, before), _facts(new, after)
    yield from ((name, what, was[what], becomes[what]) for what in was if was[what] != becomes[what])


def _facts(item: CourseItem, course: Course) -> dict[str, str]:
    bucket, contest = item.bucket, item.contest
    uploads = "not limited" if bucket is None else f"{bucket.burst}, then one each {bucket.refill or 'never'}"
    return {
        "kind": item.kind,
        "title": " / ".join(item.title.values()),
        "points": written(item.points),
        "opens": _time(item.opens, course),
        "deadline": _time(item.deadline, course),
        "uploads": uploads,
        "team": str(item.team).lower(),
        "solutions": item.solutions,
        "contest": "-" if contest is None else f"{contest.number}: {' '.join(contest.problems)}",
    }


def _time(at: datetime | None, course: Course) -> str:
    return "-" if at is None else moments.due(at, course.zone, "en", None)


def to_json(rows: list[Row]) -> list[dict[str, Any]]:
    return [dict(zip(("of", "what", "before", "after"), row, strict=True)) for row in rows]
