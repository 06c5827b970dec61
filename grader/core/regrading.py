"""What a regrade would change: marks and final scores with the old results and with the new ones. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from grader.core.course import Course, CourseItem
from grader.core.gradebook import Mark, Record, Standing, mark, total


@dataclass(frozen=True)
class Outcome:
    """What a result says of a submission: its share of the suite's points, and whether that is all of it."""

    share: Fraction
    complete: bool = True


@dataclass(frozen=True)
class Effect:
    """One student's mark and final score before and after."""

    before: Mark
    after: Mark
    final_before: Fraction
    final_after: Fraction

    @property
    def changes(self) -> bool:
        return self.before.points != self.after.points


def effect(
    course: Course,
    item: CourseItem,
    record: Record,
    stands: Standing,
    before: Mapping[str, Outcome],
    after: Mapping[str, Outcome],
) -> Effect:
    """What it means for a student that submissions to an item have other outcomes.

    ``record`` needs to hold no more than what concerns this item; the marks of the others are those of ``stands``.
    """
    old = mark(course, item, _with(record, item.name, before))
    new = mark(course, item, _with(record, item.name, after))
    return Effect(old, new, _final(course, stands, old), _final(course, stands, new))


def _with(record: Record, name: str, outcomes: Mapping[str, Outcome]) -> Record:
    attempts = [
        replace(attempt, share=found.share, complete=found.complete) if found is not None else attempt
        for attempt in record.attempts.get(name, ())
        for found in [outcomes.get(attempt.submission)]
    ]
    return replace(record, attempts={name: attempts})


def _final(course: Course, stands: Standing, changed: Mark) -> Fraction:
    marks = tuple(changed if one.assignment == changed.assignment else one for one in stands.marks)
    points = stands.points
    return total(course, marks, Record(test=points.test, exam=points.exam, bonus=points.bonus)).score.final
