"""Planning: what a wanted final score needs, what can still be had, and "what if". Pure; nothing is saved.

Needed points are found by turning the formula round, exactly: ``T = (S - B')^2 / P``, rounded up to a hundredth. They
are about the score itself, before it is rounded for people. What can still be had is a bound from above, by the same
rules that count marks: full points for whatever is still open, handed in now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction

from grader.core.course import Course, CourseItem
from grader.core.errors import BadInput
from grader.core.gradebook import Attempt, Defence, Mark, Record, Solved, Standing, mark, total
from grader.core.lateness import moment
from grader.core.scoring import Exam, FinalScore, final_score, within

_HUNDREDTHS = 100


@dataclass(frozen=True)
class Assumed:
    """What is assumed instead of what is so: points by item, and theory or bonus where they are told."""

    items: Mapping[str, Fraction] = field(default_factory=dict)
    test: Fraction | None = None
    exam: Exam | None = None
    bonus: Fraction | None = None


@dataclass(frozen=True)
class Need:
    """Points of T or of P that a wanted score needs, in hundredths; None: no number of points would do.

    ``most`` is what can still be had.
    """

    points: Fraction | None
    most: Fraction

    @property
    def reachable(self) -> bool:
        return self.points is not None and self.points <= self.most


@dataclass(frozen=True)
class Plan:
    """For a wanted score: the T that it needs with P and B as they are, and the P with T and B as they are.

    ``best`` is the score if everything that is still open were won, bonus as it is.
    """

    wanted: Fraction
    theory: Need
    practice: Need
    best: Fraction

    @property
    def reachable(self) -> bool:
        return self.wanted <= self.best


def needed(wanted: Fraction, other: Fraction, softened: Fraction, most: Fraction) -> Fraction | None:
    """The least T for a wanted score given P and B', or the least P given T: the formula is the same in both.

    In hundredths. None where no number of points gives it: the other factor is 0, or the score is over ``most``.
    """
    if wanted <= softened and wanted <= most:
        return Fraction(0)
    if wanted > most or other == 0:
        return None
    exact = (wanted - softened) ** 2 / other
    return Fraction(-(-exact * _HUNDREDTHS // 1), _HUNDREDTHS)


def plan(course: Course, record: Record, assumed: Assumed, wanted: Fraction, now: datetime) -> Plan:
    """What a wanted score needs, from where the student stands with what is assumed."""
    within("want", wanted, course.formula.final, ru="желаемый балл")
    score = what_if(course, record, assumed).score
    top = possible(course, record, assumed, now)
    return Plan(
        wanted=wanted,
        theory=Need(needed(wanted, score.practice, score.bonus, course.formula.final), top.theory),
        practice=Need(needed(wanted, score.theory, score.bonus, course.formula.final), top.practice),
        best=top.final,
    )


def what_if(course: Course, record: Record, assumed: Assumed) -> Standing:
    """The standing that would be with what is assumed. Raises BadInput for an unknown item and for what is no mark."""
    _check(course, assumed)
    marks = [_assumed(item, mark(course, item, record), assumed) for item in course.items]
    return total(course, tuple(marks), _record(record, assumed))


def possible(course: Course, record: Record, assumed: Assumed, now: datetime) -> FinalScore:
    """The final score if everything still open were handed in now, whole, and defended; theory at its most.

    A deadline that has passed, and what lateness has taken from a lab by now, is not won back. A defence that was
    marked stays as it was marked, an attempted exam too. Bonus stays as it is, since it has no upper end. Budgets of
    submissions are not counted in: whoever has no upload left may reach less.
    """
    best = [_assumed(item, _best(course, item, record, now), assumed) for item in course.items]
    points = total(course, tuple(best), _record(record, assumed)).points
    if points.exam is None and assumed.test is None:
        points = replace(points, exam=Exam(course.formula.minimum, course.formula.ticket))
    return final_score(points, course.formula)


def _best(course: Course, item: CourseItem, record: Record, now: datetime) -> Mark:
    """The mark after one more solution, complete, at the first moment from now on when it is taken in."""
    at = max(now, item.opens, key=moment) if item.opens is not None else now
    defences = record.defences if item.name in record.defences else {**record.defences, item.name: Defence(at)}
    attempts = {**record.attempts, item.name: [*record.attempts.get(item.name, ()), Attempt("", at, Fraction(1))]}
    problems = item.contest.problems if item.contest is not None else ()
    solved = [*record.solved.get(item.name, ()), *(Solved(problem, at) for problem in problems)]
    best = replace(record, attempts=attempts, defences=defences, solved={**record.solved, item.name: solved})
    return mark(course, item, best)


def _assumed(item: CourseItem, counted: Mark, assumed: Assumed) -> Mark:
    points = assumed.items.get(item.name)
    if points is None:
        return counted
    within(item.name, points, item.points)
    return replace(counted, state="counted", points=points, override=None)


def _record(record: Record, assumed: Assumed) -> Record:
    """The record with theory and bonus as they are assumed; an exam stands above a test here too."""
    return replace(
        record,
        test=record.test if assumed.test is None else assumed.test,
        exam=record.exam if assumed.exam is None else assumed.exam,
        bonus=record.bonus if assumed.bonus is None else assumed.bonus,
    )


def _check(course: Course, assumed: Assumed) -> None:
    """Raise BadInput naming what is no item of the course, or no points that there can be."""
    unknown = [name for name in assumed.items if course.item(name) is None]
    if unknown:
        known = ", ".join(item.name for item in course.items)
        raise BadInput(
            f"There is no {unknown[0]} in this course; there are {known}.",
            ru=f"В этом курсе нет {unknown[0]}; есть {known}.",
        )
    formula, exam = course.formula, assumed.exam
    if assumed.test is not None:
        within("test", assumed.test, formula.test, ru="тест")
    if exam is not None:
        within("exam (term minimum)", exam.minimum, formula.minimum, ru="экзамен (теорминимум)")
        within("exam (ticket)", exam.ticket, formula.ticket, ru="экзамен (билет)")
    if assumed.bonus is not None:
        within("bonus", assumed.bonus, None, ru="бонус")
