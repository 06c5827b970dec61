"""The course's formula: from points to the final score (lecture 0, rows L00.*).

``final = min(sqrt(T * P) + B', 100)`` with ``B' = 30 B / (30 + B)``. Everything stays an exact fraction up to
the root, and beyond it where the root is a fraction too; `rounded` is the one place where a number is rounded
for people. The command line, a student's page and the gradebook call the same `final_score`, and show its steps.
Where points come from (submissions, lateness, defences) is `gradebook`'s business, not this module's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from grader.core.errors import BadInput

_ROOT_SCALE = 10**40  # a root that is no fraction is cut after 40 decimals
_NUMBER = re.compile(
    r"[+-]?(\d{1,40}/\d{1,40}|(\d{1,40}([.,]\d{0,40})?|[.,]\d{1,40})(e[+-]?\d{1,2})?)", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True)
class Formula:
    """The formula's numbers, with those of the lecture as defaults: what each part gives at most, the bonus' scale.

    ``late_lab_keeps`` is what a lab keeps of its points however late it comes (`lateness.lab_factor`).
    """

    test: Fraction = Fraction(60)
    minimum: Fraction = Fraction(60)
    ticket: Fraction = Fraction(60)
    labs: Fraction = Fraction(70)
    tasks: Fraction = Fraction(50)
    bonus_scale: Fraction = Fraction(30)
    final: Fraction = Fraction(100)
    late_lab_keeps: Fraction = Fraction(3, 5)


LECTURE = Formula()


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


def final_score(points: Points, formula: Formula = LECTURE) -> FinalScore:
    """The final score and its steps. Raises BadInput naming the number that is out of its range.

    >>> str(rounded(final_score(Points(test=Fraction(50), labs=Fraction(60), tasks=Fraction(20))).final))
    '63.25'
    """
    t, p, b = theory(points, formula), practice(points, formula), softened_bonus(points.bonus, formula)
    root = _root(t * p)
    total = min(root + b, formula.final)
    return FinalScore(t, p, b, total, _steps(points, formula, t, p, b, root, total))


def theory(points: Points, formula: Formula = LECTURE) -> Fraction:
    """T: the test's points, or the exam's once it was attempted, even where they are fewer (L00.theory)."""
    within("test", points.test, formula.test)
    if points.exam is None:
        return points.test
    within("exam (term minimum)", points.exam.minimum, formula.minimum)
    within("exam (ticket)", points.exam.ticket, formula.ticket)
    return points.exam.minimum + points.exam.ticket


def practice(points: Points, formula: Formula = LECTURE) -> Fraction:
    """P: labs, at most 70, and tasks, at most 50 (L00.practice)."""
    within("labs", points.labs, formula.labs)
    within("tasks", points.tasks, formula.tasks)
    return points.labs + points.tasks


def softened_bonus(bonus: Fraction, formula: Formula = LECTURE) -> Fraction:
    """``B' = 30 B / (30 + B)``, which stays below 30 (L00.bonus)."""
    within("bonus", bonus, None)
    return formula.bonus_scale * bonus / (formula.bonus_scale + bonus)


def within(name: str, value: Fraction, most: Fraction | None, *, ru: str = "") -> None:
    """Raise BadInput that names what is below 0, or over ``most``; ``ru`` is its name in Russian."""
    if value < 0 or (most is not None and value > most):
        expected = "0 or more" if most is None else f"from 0 to {most}"
        expected_ru = "не меньше 0" if most is None else f"от 0 до {most}"
        shown = _exactly(value)
        raise BadInput(
            f"{name} must be {expected}, not {shown}.", ru=f"{ru or name}: нужно число {expected_ru}, а не {shown}."
        )


def rounded(value: Fraction | Decimal | int, places: int = 2) -> Decimal:
    """A number for people: two decimals, halves away from zero.

    >>> str(rounded(Fraction(1, 8)))
    '0.13'
    """
    scaled = abs(Fraction(value)) * 10**places
    nearest = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(f"{'-' if value < 0 and nearest else ''}{nearest}E-{places}")


def written(value: Fraction) -> str:
    """A number as `parse` reads it back, exactly: a decimal where it has one, else a fraction.

    >>> written(Fraction(83, 2)), written(Fraction(1, 3))
    ('41.5', '1/3')
    """
    decimal = Decimal(value.numerator) / value.denominator
    return f"{decimal:f}" if Fraction(decimal) == value else str(value)


def parse(name: str, text: str, *, ru: str = "") -> Fraction:
    """Points that a person has written: 41.5, 41,5 or 83/2. Raises BadInput naming ``name``, in Russian ``ru``.

    Lengths are bounded: the exact value of 1e999999999 would keep us busy for ever.
    """
    bare = text.strip()
    if not _NUMBER.fullmatch(bare):
        raise BadInput(
            f"{name}: {bare[:40]!r} is not a number such as 41.5.",
            ru=f"{ru or name}: «{bare[:40]}» — не число; пишите, например, 41,5.",
        )
    try:
        return Fraction(bare.replace(",", "."))
    except ZeroDivisionError:
        raise BadInput(f"{name}: {bare!r} divides by zero.", ru=f"{ru or name}: {bare} — деление на ноль.") from None


def _steps(
    points: Points, formula: Formula, t: Fraction, p: Fraction, b: Fraction, root: Fraction, total: Fraction
) -> tuple[Step, ...]:
    halves = [points.test] if points.exam is None else [points.exam.minimum, points.exam.ticket]
    from_theory = " + ".join(_shown(halves, _sum, t))
    from_practice = " + ".join(_shown([points.labs, points.tasks], _sum, p))
    scale, most = _text(formula.bonus_scale), _text(formula.final)
    (given,) = _shown([points.bonus], lambda bonus: softened_bonus(bonus, formula), b)
    t_text, p_text = _shown([t, p], lambda t, p: _root(t * p), root)
    rooted, softened = _shown([root, b], lambda root, b: min(root + b, formula.final), total)
    below = f"{scale} + {given}"
    return (
        Step("T", from_theory, t, from_theory),
        Step("P", from_practice, p, from_practice),
        Step("B'", rf"\frac{{{scale} \cdot {given}}}{{{below}}}", b, f"{scale} * {given} / ({below})"),
        Step(r"\sqrt{T P}", rf"\sqrt{{{t_text} \cdot {p_text}}}", root, f"sqrt({t_text} * {p_text})"),
        Step("S", rf"\min({rooted} + {softened},\ {most})", total, f"min({rooted} + {softened}, {most})"),
    )


def _shown(operands: Sequence[Fraction], compute: Callable[..., Fraction], value: Fraction) -> list[str]:
    """Operands with as many decimals as it takes to get, by hand, the value that is shown."""
    texts: list[str] = []
    for places in range(2, 9):
        texts = [_text(operand, places) for operand in operands]
        if rounded(compute(*map(Fraction, texts))) == rounded(value):
            break
    return texts


def _sum(*values: Fraction) -> Fraction:
    return sum(values, Fraction(0))


def _root(value: Fraction) -> Fraction:
    """The square root: exact where it is a fraction (the scale is a square too), else cut after 40 decimals."""
    product = value.numerator * value.denominator  # sqrt(n / d) = sqrt(n d) / d
    return Fraction(isqrt(product * _ROOT_SCALE**2), value.denominator * _ROOT_SCALE)


def _text(value: Fraction, places: int = 2) -> str:
    """A number as it stands in a formula: none of its decimals where none are needed."""
    shown = f"{rounded(value, places):f}"
    return shown.rstrip("0").rstrip(".")


def _exactly(value: Fraction) -> str:
    """A refused number as it was given: 60.001 must not be shown as 60."""
    return _text(value) if rounded(value) == value else f"{float(value):.10g}"
