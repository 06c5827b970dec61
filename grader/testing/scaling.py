"""How cost grows, compared with the reference: tells O(n^2) from O(n log n) without any absolute time.

Both functions are timed from outside, one after the other at each size. What counts is how the ratio of
the two grows from the smallest size to the largest: a constant factor, however large, does not matter.
A failure must show three times in a row, so that a busy machine cannot cost a student points.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from grader.testing.words import said

_clock = time.perf_counter
_ROUNDS = 3
_REPEATS = 3
_MOST_REPEATS = 20  # where it is quick: a short time is easily disturbed, and the smallest size is what all is told by
_QUICK_SECONDS = 1.0


def assert_scaling(
    student: Callable[..., Any],
    reference: Callable[..., Any],
    make: Callable[[int], tuple[Any, ...]],
    *,
    sizes: Sequence[int],
    tolerance: float | None = None,
    what: str = "running time",
) -> None:
    """Fail if over ``sizes`` the student's cost outgrows the reference's by more than ``tolerance``.

    ``make(n)`` gives the arguments of size n. The tolerance is a factor on the growth of the ratio of the two
    times; by default the square root of the growth in size, which lies half way (on a logarithmic scale)
    between the same order of growth and one that is a factor n worse.
    """
    ordered = sorted(sizes)
    allowed = tolerance if tolerance is not None else (ordered[-1] / ordered[0]) ** 0.5
    growth = 0.0
    for _ in range(_ROUNDS):
        growth = _excess_growth(student, reference, make, ordered, allowed)
        if growth <= allowed:
            return
    first, last = ordered[0], ordered[-1]
    text = said(
        f"from n = {first} to n = {last} it grew {growth:.0f} times faster than the reference's; "
        f"at most {allowed:.0f} times is allowed",
        f"от n = {first} до n = {last} выросло в {growth:.0f} раз сильнее, чем у эталона; "
        f"допускается не больше чем в {allowed:.0f} раз",
    )
    raise AssertionError(f"{what}: {text}")


def _excess_growth(
    student: Callable[..., Any],
    reference: Callable[..., Any],
    make: Callable[[int], tuple[Any, ...]],
    sizes: Sequence[int],
    enough: float,
) -> float:
    """How much the ratio of the two times grows over ``sizes``; it stops once that is too much."""
    first = _ratio(student, reference, make(sizes[0]))
    growth = 1.0
    for size in sizes[1:]:
        growth = _ratio(student, reference, make(size)) / first
        if growth > enough:
            break
    return growth


def _ratio(student: Callable[..., Any], reference: Callable[..., Any], arguments: tuple[Any, ...]) -> float:
    """The student's best time over the reference's, taken in turn so that both see the same machine."""
    times: list[tuple[float, float]] = []
    while len(times) < _REPEATS or (len(times) < _MOST_REPEATS and sum(map(sum, times)) < _QUICK_SECONDS):
        times.append((_seconds(student, arguments), _seconds(reference, arguments)))
    return min(own for own, _ in times) / max(min(other for _, other in times), 1e-9)


def _seconds(function: Callable[..., Any], arguments: tuple[Any, ...]) -> float:
    begin = _clock()
    function(*arguments)
    return _clock() - begin
