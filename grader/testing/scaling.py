"""How cost grows, compared with the reference: tells O(n^2) from O(n log n) without any absolute time.

What counts is processor time, of the student's as their sandbox's kernel tells it from outside: sleeping costs
nothing, and threads and children cost what they use. Every call gets arguments that were never seen before and its
result is compared with the reference's, so nothing is gained by keeping answers, by putting work off or by a wrong
answer that comes quickly. Work between two calls counts to the second.

Two things must hold. From the smallest size to any other the ratio of the two costs may grow by a factor only: a
slow language does not matter, a worse order does. And at the largest size the ratio itself is bounded, generously:
else it would be enough to waste time at the smaller sizes. A size fails after three attempts, each with the least
that was seen of every cost, so that a busy machine cannot cost a student points.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from grader.core.errors import AssignmentFault
from grader.testing.comparison import assert_close, assert_equal
from grader.testing.remote import RemoteObject
from grader.testing.words import said

FACTOR = 300.0  # plain Python takes 30 to 100 times as long as a reference in numpy
_ATTEMPTS = 3
_REPEATS = (3, 20)  # at the smallest size, which all growth is told by: more where it is quick
_REPEATS_SECONDS = 1.0
_REFERENCE_REPEATS = (2, 10)  # with the same arguments: nobody gains by that
_REFERENCE_SECONDS = 0.1
_RESOLUTION = 1e-6  # seconds; less is taken for this much

Clock = Callable[[], float]


@dataclass(frozen=True)
class _Demand:
    """So many times less is allowed; and who is told how much was used of what is allowed otherwise."""

    times: float = 1.0
    tell: Callable[[float], None] = lambda used: None


_AS_IT_IS = _Demand()
_demand: ContextVar[_Demand] = ContextVar("demand", default=_AS_IT_IS)


@contextmanager
def stricter(times: float, tell: Callable[[float], None]) -> Iterator[None]:
    """As long as the block lasts, so many times less is allowed: a proof wants room on both sides of the bounds.

    ``tell`` gets, for each comparison of costs, what was used of the bounds without this strictness, 1 for all of it.
    """
    before = _demand.set(_Demand(times, tell))
    try:
        yield
    finally:
        _demand.reset(before)


def assert_scaling(
    student: Callable[..., Any],
    reference: Callable[..., Any],
    make: Callable[[int], tuple[Any, ...]],
    *,
    sizes: Sequence[int],
    tolerance: float | None = None,
    factor: float = FACTOR,
    check: Callable[[Any, Any], None] = assert_close,
    what: str = "running time",
    clocks: tuple[Clock, Clock] | None = None,
) -> None:
    """Fail if over ``sizes`` the student's cost outgrows the reference's, or is far above it at the largest.

    ``make(n)`` draws new arguments of size n each time it is called. ``check(actual, expected)`` compares each result.

    ``tolerance`` is what the ratio of the two costs may grow by from the smallest size to any other; by default the
    square root of the growth in size, which lies half way (on a logarithmic scale) between the same order of growth
    and one that is a factor n worse. ``factor`` is how large the ratio may be at the largest size. ``clocks`` tell
    the processor time of the student's side and of the reference's, by default the sandbox's and this thread's.
    """
    first, *others = sorted(sizes)
    growth = tolerance if tolerance is not None else (others[-1] / first) ** 0.5
    race = _Race(student, reference, make, check, clocks or _clocks(student))
    demand, smallest, used = _demand.get(), _Costs(), 0.0
    for size in others:
        allowed = _Allowed(growth / demand.times, factor / demand.times if size == others[-1] else None)
        costs = _Costs()
        for attempt in range(_ATTEMPTS):
            if attempt or size == others[0]:
                race.measure_often(first, smallest)
            race.measure(size, costs)
            if not (complaint := allowed.complaint(first, smallest, size, costs)):
                used = max(used, allowed.used(smallest, costs))
                break
        else:
            demand.tell(allowed.used(smallest, costs) / demand.times)
            raise AssertionError(f"{what}: {complaint}")
    demand.tell(used / demand.times)


@dataclass
class _Costs:
    """The least seconds that were seen at one size."""

    student: float = float("inf")
    reference: float = float("inf")

    @property
    def ratio(self) -> float:
        return self.student / self.reference

    def take(self, student: float, reference: float) -> None:
        self.student = min(self.student, max(student, _RESOLUTION))
        self.reference = min(self.reference, max(reference, _RESOLUTION))


@dataclass(frozen=True)
class _Allowed:
    """How much the ratio may grow; and how large it may be, or None."""

    growth: float
    factor: float | None

    def used(self, smallest: _Costs, costs: _Costs) -> float:
        growth = costs.ratio / smallest.ratio
        return max(growth / self.growth, costs.ratio / self.factor if self.factor is not None else 0.0)

    def complaint(self, first: int, smallest: _Costs, size: int, costs: _Costs) -> str:
        """What is wrong at this size, or nothing."""
        growth = costs.ratio / smallest.ratio
        if growth > self.growth:
            return said(
                f"from n = {first} to n = {size} it grew {growth:.1f} times faster than the reference's; "
                f"at most {self.growth:.1f} times is allowed",
                f"от n = {first} до n = {size} рост больше, чем у эталона: отношение {growth:.1f}; "
                f"допускается не больше {self.growth:.1f}",
            )
        if self.factor is not None and costs.ratio > self.factor:
            return said(
                f"at n = {size} it was {costs.ratio:.0f} times the reference's; "
                f"at most {self.factor:.0f} times is allowed",
                f"при n = {size} отношение к эталону {costs.ratio:.0f}; допускается не больше {self.factor:.0f}",
            )
        return ""


@dataclass
class _Race:
    """The two, called in turn with the same arguments, so that both see the same machine."""

    student: Callable[..., Any]
    reference: Callable[..., Any]
    make: Callable[[int], tuple[Any, ...]]
    check: Callable[[Any, Any], None]
    clocks: tuple[Clock, Clock]
    _told: float = field(init=False)  # by the student's clock, at the end of the last call
    _made: dict[int, tuple[Any, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._told = self.clocks[0]()

    def measure_often(self, size: int, costs: _Costs) -> None:
        least, most = _REPEATS
        end = time.monotonic() + _REPEATS_SECONDS
        for number in range(most):
            if number >= least and time.monotonic() > end:
                return
            self.measure(size, costs)

    def measure(self, size: int, costs: _Costs) -> None:
        arguments = self._fresh(size)
        before = self._told
        actual = self.student(*arguments)
        self._told = self.clocks[0]()
        seconds, expected = self._of_reference(arguments)
        costs.take(self._told - before, seconds)
        self.check(actual, expected)

    def _of_reference(self, arguments: tuple[Any, ...]) -> tuple[float, Any]:
        """The least seconds that it took, and its result."""
        least, most = _REFERENCE_REPEATS
        seconds: list[float] = []
        while len(seconds) < least or (len(seconds) < most and sum(seconds) < _REFERENCE_SECONDS):
            begin = self.clocks[1]()
            result = self.reference(*arguments)
            seconds.append(self.clocks[1]() - begin)
        return min(seconds), result

    def _fresh(self, size: int) -> tuple[Any, ...]:
        """New arguments; the author is told when they are the old ones, since an answer could have been kept."""
        arguments = self.make(size)
        if size in self._made and _same(arguments, self._made[size]):
            raise AssignmentFault(f"make({size}) gives the same arguments again: it must draw new ones each time")
        self._made[size] = arguments
        return arguments


def _same(one: Any, other: Any) -> bool:
    try:
        assert_equal(one, other)
    except AssertionError:
        return False
    return True


def _clocks(student: Callable[..., Any]) -> tuple[Clock, Clock]:
    if isinstance(student, RemoteObject):
        return student._connection.processor_seconds, time.thread_time
    return time.thread_time, time.thread_time
