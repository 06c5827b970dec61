"""The course's formula: from points to the final score (lecture 0, rows L00.*).

``final = min(sqrt(T * P) + B', 100)`` with ``B' = 30 B / (30 + B)``. Everything stays an exact fraction up to
the root; `rounded` is the one place where a number is rounded for people. The command line, a student's page
and the gradebook call the same `final_score`, and show its steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from grader.core.errors import BadInput

TEST_MAX = Fraction(60)
MINIMUM_MAX = Fraction(60)
TICKET_MAX = Fraction(60)
LABS_MAX = Fraction(70)
TASKS_MAX = Fraction(50)
BONUS_SCALE = Fraction(30)
FINAL_MAX = Fraction(100)


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
    """One step of the formula: the symbol, how it came about in LaTeX with the numbers put in, its value."""

    symbol: str
    formula: str
    value: Fraction


@dataclass(frozen=True)
class FinalScore:
    """The result: T, P and B' exact, the final score to 28 digits, and every step on the way."""

    theory: Fraction
    practice: Fraction
    bonus: Fraction
    final: Decimal
    steps: tuple[Step, ...]


def final_score(points: Points) -> FinalScore:
    """The final score and its steps. Raises BadInput naming the number that is out of its range.

    >>> str(rounded(final_score(Points(test=Fraction(50), labs=Fraction(60), tasks=Fraction(20))).final))
    '63.25'
    """
    t, p, b = theory(points), practice(points), softened_bonus(points.bonus)
    root = _root(t * p)
    total = min(root + _decimal(b), Decimal(100))
    steps = (
        Step("T", _theory_formula(points), t),
        Step("P", f"{_tex(points.labs)} + {_tex(points.tasks)}", p),
        Step("B'", rf"\frac{{30 \cdot {_tex(points.bonus)}}}{{30 + {_tex(points.bonus)}}}", b),
        Step(r"\sqrt{T P}", rf"\sqrt{{{_tex(t)} \cdot {_tex(p)}}}", Fraction(root)),
        Step("S", rf"\min({rounded(root)} + {_tex(b)},\ 100)", Fraction(total)),
    )
    return FinalScore(t, p, b, total, steps)


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


def rounded(value: Fraction | Decimal) -> Decimal:
    """A number for people: two decimals, halves away from zero."""
    exact = _decimal(value) if isinstance(value, Fraction) else value
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def parse(name: str, text: str) -> Fraction:
    """Points that a person has written: 41.5, 41,5 or 83/2. Raises BadInput naming ``name``."""
    try:
        return Fraction(text.strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        raise BadInput(f"{name}: {text!r} is not a number.") from None


def _theory_formula(points: Points) -> str:
    if points.exam is None:
        return _tex(points.test)
    return f"{_tex(points.exam.minimum)} + {_tex(points.exam.ticket)}"


def _within(name: str, value: Fraction, most: Fraction | None) -> None:
    if value < 0 or (most is not None and value > most):
        upper = "" if most is None else f" to {most}"
        raise BadInput(f"{name} must be from 0{upper}, not {_tex(value)}.")


def _decimal(value: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = 28
        return Decimal(value.numerator) / Decimal(value.denominator)


def _root(value: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = 28
        return (Decimal(value.numerator) / Decimal(value.denominator)).sqrt()


def _tex(value: Fraction) -> str:
    """A number as it stands in a formula: at most two decimals, none where none are needed."""
    shown = rounded(value)
    return str(int(shown)) if shown == int(shown) else str(shown.normalize())
