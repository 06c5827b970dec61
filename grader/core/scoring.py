"""The course's formula: from points to the final score (lecture 0, rows L00.*).

``final = min(sqrt(T * P) + B', 100)`` with ``B' = 30 B / (30 + B)``. Everything stays an exact fraction up to
the root, and beyond it where the root is a fraction too; `rounded` is the one place where a number is rounded
for people. The command line, a student's page and the gradebook call the same `final_score`, and show its steps.
Where points come from (submissions, lateness, defences) is `gradebook`'s business, not this module's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from grader.core.errors import BadInput

TEST_MAX = Fraction(60)
MINIMUM_MAX = Fraction(60)
TICKET_MAX = Fraction(60)
LABS_MAX = Fraction(70)
TASKS_MAX = Fraction(50)
BONUS_SCALE = Fraction(30)
FINAL_MAX = Fraction(100)

_ROOT_SCALE = 10**40  # a root that is no fraction is cut after 40 decimals
_NUMBER = re.compile(
    r"[+-]?(\d{1,40}/\d{1,40}|(\d{1,40}([.,]\d{0,40})?|[.,]\d{1,40})(e[+-]?\d{1,2})?)", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True)
class Exam:
    """An attempted exam: the term minimum, 0..60, and the answers to the ticket, 0..60."""

    minimum: Fraction
    ticket: Fraction


@dataclass(frozen=True)
class Points:
    """All that the formula takes. What is not there yet is 0; an exam that was not attempted is None."""

    test: Fraction = Fraction(0)
    exam: Exam | None = None
    labs: Fraction = Fraction(0)
    tasks: Fraction = Fraction(0)
    bonus: Fraction = Fraction(0)


@dataclass(frozen=True)
class Step:
    """One step of the formula: its symbol, its formula with the numbers put in, its value.

    ``symbol`` and ``formula`` are LaTeX for a page, ``plain`` is the formula for a terminal.
    """

    symbol: str
    formula: str
    value: Fraction
    plain: str


@dataclass(frozen=True)
class FinalScore:
    """The result: T, P and B' exact, the final score to 40 decimals at least, and every step on the way."""

    theory: Fraction
    practice: Fraction
    bonus: Fraction
    final: Fraction
    steps: tuple[Step, ...]


def final_score(points: Points) -> FinalScore:
    """The final score and its steps. Raises BadInput naming the number that is out of its range.

    >>> str(rounded(final_score(Points(test=Fraction(50), labs=Fraction(60), tasks=Fraction(20))).final))
    '63.25'
    """
    t, p, b = theory(points), practice(points), softened_bonus(points.bonus)
    root = _root(t * p)
    total = min(root + b, FINAL_MAX)
    return FinalScore(t, p, b, total, _steps(points, t, p, b, root, total))


def theory(points: Points) -> Fraction:
    """T: the test's points, or the exam's once it was attempted, even where they are fewer (L00.theory)."""
    _within("test", points.test, TEST_MAX)
    if points.exam is None:
        return points.test
    _within("exam (term minimum)", points.exam.minimum, MINIMUM_MAX)
    _within("exam (ticket)", points.exam.ticket, TICKET_MAX)
    return points.exam.minimum + points.exam.ticket


def practice(points: Points) -> Fraction:
    """P: labs, at most 70, and tasks, at most 50 (L00.practice)."""
    _within("labs", points.labs, LABS_MAX)
    _within("tasks", points.tasks, TASKS_MAX)
    return points.labs + points.tasks


def softened_bonus(bonus: Fraction) -> Fraction:
    """``B' = 30 B / (30 + B)``, which stays below 30 (L00.bonus)."""
    _within("bonus", bonus, None)
    return BONUS_SCALE * bonus / (BONUS_SCALE + bonus)


def rounded(value: Fraction | Decimal | int) -> Decimal:
    """A number for people: two decimals, halves away from zero.

    >>> str(rounded(Fraction(1, 8)))
    '0.13'
    """
    hundredths = abs(Fraction(value)) * 100
    nearest = (2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator)
    return Decimal(f"{'-' if value < 0 and nearest else ''}{nearest}E-2")


def parse(name: str, text: str) -> Fraction:
    """Points that a person has written: 41.5, 41,5 or 83/2. Raises BadInput naming ``name``.

    Lengths are bounded: the exact value of 1e999999999 would keep us busy for ever.
    """
    written = text.strip()
    if not _NUMBER.fullmatch(written):
        raise BadInput(f"{name}: {written[:40]!r} is not a number such as 41.5.")
    try:
        return Fraction(written.replace(",", "."))
    except ZeroDivisionError:
        raise BadInput(f"{name}: {written!r} divides by zero.") from None


def _steps(points: Points, t: Fraction, p: Fraction, b: Fraction, root: Fraction, total: Fraction) -> tuple[Step, ...]:
    exam = points.exam
    from_theory = _text(points.test) if exam is None else f"{_text(exam.minimum)} + {_text(exam.ticket)}"
    from_practice = f"{_text(points.labs)} + {_text(points.tasks)}"
    given, softened, rooted = _text(points.bonus), _text(b), _text(root)
    t_text, p_text = _text(t), _text(p)
    return (
        Step("T", from_theory, t, from_theory),
        Step("P", from_practice, p, from_practice),
        Step("B'", rf"\frac{{30 \cdot {given}}}{{30 + {given}}}", b, f"30 * {given} / (30 + {given})"),
        Step(r"\sqrt{T P}", rf"\sqrt{{{t_text} \cdot {p_text}}}", root, f"sqrt({t_text} * {p_text})"),
        Step("S", rf"\min({rooted} + {softened},\ 100)", total, f"min({rooted} + {softened}, 100)"),
    )


def _within(name: str, value: Fraction, most: Fraction | None) -> None:
    if value < 0 or (most is not None and value > most):
        expected = "0 or more" if most is None else f"from 0 to {most}"
        raise BadInput(f"{name} must be {expected}, not {_exactly(value)}.")


def _root(value: Fraction) -> Fraction:
    """The square root: exact where it is a fraction (the scale is a square too), else cut after 40 decimals."""
    product = value.numerator * value.denominator  # sqrt(n / d) = sqrt(n d) / d
    return Fraction(isqrt(product * _ROOT_SCALE**2), value.denominator * _ROOT_SCALE)


def _text(value: Fraction) -> str:
    """A number as it stands in a formula: at most two decimals, none where none are needed."""
    shown = f"{rounded(value):f}"
    return shown.rstrip("0").rstrip(".")


def _exactly(value: Fraction) -> str:
    """A refused number as it was given: 60.001 must not be shown as 60."""
    return _text(value) if rounded(value) == value else f"{float(value):.10g}"
