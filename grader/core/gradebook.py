"""From a student's submissions to marks, and from marks to the final score. Pure, exact, explainable.

Of several submissions the one with the most points after the penalty counts. A lab counts once it was
defended; until then it waits, which is not a zero. What staff decided by an override stands above all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from typing import Literal

from grader.core.course import Contest, Course, CourseItem
from grader.core.lateness import moment
from grader.core.scoring import Exam, FinalScore, Points, final_score

State = Literal["none", "counted", "waiting"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One graded submission: its share of the suite's points, and when it was uploaded.

    It is not ``complete`` as long as tests are to come: the share is a lower bound then.
    """

    submission: str
    uploaded_at: datetime
    share: Fraction
    complete: bool = True


@dataclass(frozen=True)
class Solved:
    """An accepted solution of a problem on Codeforces, and the share of its points that it has."""

    problem: str
    at: datetime
    share: Fraction = Fraction(1)


@dataclass(frozen=True)
class Defence:
    """A lab was defended: when, and with which share of its points (1 by default)."""

    at: datetime
    share: Fraction = Fraction(1)


@dataclass(frozen=True)
class Override:
    """Points that staff have set, and why; they hold whatever was handed in or defended."""

    points: Fraction
    reason: str


@dataclass(frozen=True)
class Record:
    """All that is known of one student."""

    attempts: Mapping[str, Sequence[Attempt]] = field(default_factory=dict)
    solved: Mapping[str, Sequence[Solved]] = field(default_factory=dict)
    defences: Mapping[str, Defence] = field(default_factory=dict)
    deadlines: Mapping[str, datetime] = field(default_factory=dict)  # the student's own, after an extension
    overrides: Mapping[str, Override] = field(default_factory=dict)
    test: Fraction = Fraction(0)
    exam: Exam | None = None
    bonus: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one assignment: ``points = share * max_points * factor * defended``, from the best submission.

    ``share`` is what the suite gave, ``factor`` what lateness left, ``defended`` what the defence left of a lab.
    With an ``override`` the points are those, and the rest tells what they would be without it. As long as it is not
    ``complete``, tests of that submission are to come.
    """

    assignment: str
    kind: str
    max_points: Fraction
    state: State = "none"
    points: Fraction = Fraction(0)
    share: Fraction = Fraction(0)
    weeks: Fraction = Fraction(0)
    factor: Fraction = Fraction(1)
    defended: Fraction = Fraction(1)
    submission: str | None = None
    complete: bool = True
    override: str | None = None

    @property
    def computed(self) -> Fraction:
        """The points without an override."""
        return self.share * self.max_points * self.factor * self.defended


@dataclass(frozen=True)
class Standing:
    """Where a student stands: a mark an assignment, and the final score with its steps."""

    marks: tuple[Mark, ...]
    points: Points
    score: FinalScore


def standing(course: Course, record: Record) -> Standing:
    """All marks of a student and the final score that follows from them.

    Theory that was entered when the formula gave more counts up to what it gives today.
    """
    most, exam = course.formula, record.exam
    if exam is not None:
        exam = Exam(min(exam.minimum, most.minimum), min(exam.ticket, most.ticket))
    marks = tuple(mark(course, item, record) for item in course.items)
    return total(course, marks, replace(record, test=min(record.test, most.test), exam=exam))


def total(course: Course, marks: tuple[Mark, ...], record: Record) -> Standing:
    """The final score that follows from marks, and from a record's theory and bonus.

    Raises BadInput naming the theory or bonus points that are out of their range.
    """
    points = Points(
        test=record.test,
        exam=record.exam,
        labs=min(_counted(marks, "lab"), course.formula.labs),
        tasks=min(_counted(marks, "task"), course.formula.tasks),
        bonus=record.bonus,
    )
    return Standing(marks, points, final_score(points, course.formula))


def mark(course: Course, item: CourseItem, record: Record) -> Mark:
    """The mark of one assignment: the best of the attempts after the penalty; of equal ones the earliest."""
    none = Mark(item.name, item.kind, item.points)
    attempts = sorted(record.attempts.get(item.name, ()), key=lambda attempt: moment(attempt.uploaded_at))
    candidates = [
        _attempt_mark(course, item, record, attempt) for attempt in _that_can_count(course, item, record, attempts)
    ]
    if item.contest is not None:
        candidates = _contest_marks(item, item.contest, record)
    best = max(candidates, key=lambda m: m.points, default=none)
    override = record.overrides.get(item.name)
    if override is None:
        return best
    return replace(best, state="counted", points=override.points, override=override.reason)


def deadline(item: CourseItem, record: Record) -> datetime | None:
    """The deadline that holds for this student."""
    return item.deadline_for(record.deadlines)


def _that_can_count(course: Course, item: CourseItem, record: Record, attempts: Sequence[Attempt]) -> list[Attempt]:
    """Of attempts in the order of time those that may be the best after the penalty, without counting it.

    A later one must have a greater share than all before. Then it is better than those before it if nothing is
    taken from it that is not taken from them: because it came in time, or because lateness goes by the defence.
    """
    until = deadline(item, record)
    by_defence = course.late_from == "defence" and item.kind == "lab" and item.name in record.defences
    best: list[Attempt] = []
    for attempt in attempts:
        if best and attempt.share <= best[-1].share:
            continue
        if by_defence or not item.is_late(until, attempt.uploaded_at):
            best.clear()
        best.append(attempt)
    return best


def _attempt_mark(course: Course, item: CourseItem, record: Record, attempt: Attempt) -> Mark:
    defence = record.defences.get(item.name) if item.kind == "lab" else None
    counted_at = defence.at if defence is not None and course.late_from == "defence" else attempt.uploaded_at
    weeks, left = item.lateness.factor(item.kind, deadline(item, record), counted_at)
    defended = defence.share if defence is not None else Fraction(1)
    return Mark(
        assignment=item.name,
        kind=item.kind,
        max_points=item.points,
        state="waiting" if item.kind == "lab" and defence is None else "counted",
        points=attempt.share * item.points * left * defended,
        share=attempt.share,
        weeks=weeks,
        factor=left,
        defended=defended,
        submission=attempt.submission,
        complete=attempt.complete,
    )


def contest_share(item: CourseItem, contest: Contest, solved: Sequence[Solved], until: datetime | None) -> Fraction:
    """The share of a contest's points: of each problem the best solution that was accepted by the deadline."""
    in_time = [one for one in solved if not item.is_late(until, one.at)]
    best = [max((one.share for one in in_time if one.problem == p), default=Fraction(0)) for p in contest.problems]
    return sum(best, Fraction(0)) / len(contest.problems)


def _contest_marks(item: CourseItem, contest: Contest, record: Record) -> list[Mark]:
    """One mark where something was solved."""
    solved = record.solved.get(item.name, ())
    if not solved:
        return []
    share = contest_share(item, contest, solved, deadline(item, record))
    return [Mark(item.name, item.kind, item.points, "counted", share * item.points, share)]


def _counted(marks: Sequence[Mark], kind: str) -> Fraction:
    return sum((m.points for m in marks if m.kind == kind and m.state == "counted"), Fraction(0))
