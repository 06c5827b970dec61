"""Growth of cost, on a machine whose clocks only work moves on: what must pass, and every way of faking it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from math import log2
from typing import Any

import pytest

from grader.core.errors import AssignmentFault
from grader.testing import assert_scaling, scaling
from grader.testing.words import speaking

SIZES = (1000, 8000, 32000)
PER_CALL = 5e-5  # what every call costs, however little it does


class Machine:
    """Two sides with a clock each. ``noise`` comes on top of the student's work, a value a call."""

    def __init__(self) -> None:
        self.student = 0.0
        self.reference = 0.0
        self.calls = 0
        self.sizes: list[int] = []
        self.values = count()

    def make(self, n: int) -> tuple[int, int]:
        """A size, and a value that was never seen before."""
        self.sizes.append(n)
        return n, next(self.values)

    def linear(self, n: int, value: int) -> int:
        """The reference: a microsecond a step."""
        self.reference += 1e-6 * n + PER_CALL
        return -value

    def work(self, seconds: float) -> None:
        self.student += seconds + PER_CALL

    def compare(self, student: Callable[[int, int], Any], **settings: Any) -> None:
        clocks = (lambda: self.student, lambda: self.reference)
        assert_scaling(student, self.linear, self.make, sizes=SIZES, clocks=clocks, **settings)


@pytest.fixture
def machine() -> Machine:
    return Machine()


def quadratic(machine: Machine) -> Callable[[int, int], int]:
    """As quick as the reference at the smallest size, and 32 times slower at the largest."""

    def student(n: int, value: int) -> int:
        machine.work(1e-9 * n * n)
        return -value

    return student


@pytest.mark.parametrize("slower", [0.1, 1, 100])
def test_a_constant_factor_does_not_matter(machine, slower):
    def student(n, value):
        machine.work(slower * 1e-6 * n)
        return -value

    machine.compare(student)
    assert len(machine.sizes) <= 25


def test_a_logarithm_does_not_matter_and_a_worse_order_does(machine):
    def student(n, value):
        machine.work(1e-6 * n * log2(n))
        return -value

    machine.compare(student)
    with pytest.raises(
        AssertionError, match=r"^it: from n = 1000 to n = 8000 it grew 8\.0 .* at most 5\.7 times is allowed$"
    ):
        machine.compare(quadratic(machine), what="it")
    assert machine.sizes.count(8000) == 4, "three attempts, after that of the one before"
    assert machine.sizes.count(32000) == 1


def test_it_is_told_in_russian_too(machine):
    with speaking("ru"), pytest.raises(AssertionError, match="рост больше, чем у эталона: отношение 8"):
        machine.compare(quadratic(machine))
    with (
        speaking("ru"),
        pytest.raises(AssertionError, match="при n = 32000 отношение к эталону 32; допускается не больше 20"),
    ):
        machine.compare(quadratic(machine), tolerance=100, factor=20)


def test_an_answer_that_was_kept_is_never_asked_for_again(machine):
    kept: dict[int, int] = {}

    def student(n, value):
        if value not in kept:
            kept[value] = quadratic(machine)(n, value)
        return kept[value]

    with pytest.raises(AssertionError, match="it grew 8"):
        machine.compare(student)


@pytest.mark.parametrize("seldom", [1, 2])
def test_time_wasted_at_the_smaller_sizes_buys_nothing_where_the_largest_is_bounded(machine, seldom):
    """Always wasted, growth looks like the reference's; wasted in every second call only, it does not."""
    calls = count()

    def student(n, value):
        if n < SIZES[-1] and next(calls) % seldom == 0:
            machine.work(0.03 * n / 1000)
        return quadratic(machine)(n, value)

    machine_says = "times the reference's; at most 20" if seldom == 1 else "times faster"
    with pytest.raises(AssertionError, match=machine_says):
        machine.compare(student, factor=20)


def test_work_that_is_done_between_two_calls_counts(machine):
    """As by a thread that prepares what it can before it is asked."""

    def student(n, value):
        machine.work(1e-6 * n)
        return -value

    def make(n):
        machine.student += 1e-9 * n * n
        return Machine.make(machine, n)

    clocks = (lambda: machine.student, lambda: machine.reference)
    with pytest.raises(AssertionError, match="times faster"):
        assert_scaling(student, machine.linear, make, sizes=SIZES, clocks=clocks)


@pytest.mark.parametrize("wrong_at", SIZES)
def test_every_answer_is_compared(machine, wrong_at):
    def student(n, value):
        machine.work(1e-6 * n)
        return -value if n != wrong_at else value + 1

    with pytest.raises(AssertionError, match="result: expected"):
        machine.compare(student)


def test_the_suite_says_how_answers_are_compared(machine):
    seen = []

    def student(n, value):
        machine.work(1e-6 * n)
        return "anything"

    machine.compare(student, check=lambda actual, expected: seen.append((actual, expected)))
    assert len(seen) == len(machine.sizes)
    assert all(actual == "anything" and expected <= 0 for actual, expected in seen)


def test_an_author_is_told_that_inputs_must_be_new_each_time(machine):
    machine.make = lambda n: (n, 5)
    with pytest.raises(AssignmentFault, match=r"make\(1000\) gives the same arguments again"):
        machine.compare(quadratic(machine))


@pytest.mark.parametrize(("disturbed", "passes"), [(2, True), (3, False)])
def test_a_busy_machine_costs_nobody_points(machine, disturbed, passes):
    """The first attempts at the middle size are disturbed; the third is quiet, or is not."""
    calls = count()

    def student(n, value):
        machine.work(1e-6 * n + (1.0 if n == 8000 and next(calls) < disturbed else 0.0))
        return -value

    if passes:
        machine.compare(student)
        assert machine.sizes.count(8000) == disturbed + 1
    else:
        with pytest.raises(AssertionError, match="times faster"):
            machine.compare(student)


def test_a_reference_that_was_disturbed_at_the_smallest_size_is_measured_again(machine):
    """Else the student's ratio there would look too small for ever."""

    def slow_at_first(n, value):
        machine.reference += 0.0 if 8000 in machine.sizes else 1.0
        return machine.linear(n, value)

    def student(n, value):
        machine.work(1e-6 * n)
        return -value

    clocks = (lambda: machine.student, lambda: machine.reference)
    assert_scaling(student, slow_at_first, machine.make, sizes=SIZES, clocks=clocks)


def test_what_is_too_quick_for_a_clock_is_nobodys_failure(machine):
    machine.compare(lambda n, value: -value)


@pytest.mark.parametrize(("times", "fine"), [(1, True), (2, False)])
def test_a_proof_asks_for_room(machine, times, fine):
    used: list[float] = []

    def student(n, value):
        machine.work(1e-6 * n * (4 if n == 32000 else 1))
        return -value

    with scaling.stricter(times, used.append):
        if fine:
            machine.compare(student, tolerance=6)
        else:
            with pytest.raises(AssertionError, match="at most 3"):
                machine.compare(student, tolerance=6)
    assert used == [pytest.approx(4 / 6, rel=0.1)]


def test_a_proof_is_told_of_what_is_wrong_by_how_much(machine):
    used: list[float] = []
    with scaling.stricter(0.5, used.append), pytest.raises(AssertionError):
        machine.compare(quadratic(machine), tolerance=3)
    assert used == [pytest.approx(8 / 3, rel=0.1)]
