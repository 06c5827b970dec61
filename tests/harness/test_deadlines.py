"""When a call has had its time: by a clock that stands where it is put, and by what is claimed of a real sandbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from grader.core.verdicts import Verdict
from grader.harness.deadlines import FIRST, STRETCH, Deadline, Reading
from grader.harness.process import ProcessSandboxes
from grader.harness.session import SandboxFailure
from grader.harness.usage import Usage
from tests.worker.sandboxes.inside import Inside

LIMIT = 10.0
NOTHING = Usage(0.0)


def part(processor: float = 0.0, lost: float = 0.0) -> Callable[[float], Usage]:
    """What has been used and lost after so many seconds, as parts of them."""
    return lambda seconds: Usage(processor * seconds, lost * seconds)


# What is used and lost in the sandbox, and by the judge; and when the call ends, in limits.
ENDS = {
    "it sleeps": (part(), part(), 1.0),
    "it computes alone": (part(1.0), part(), 1.0),
    "it computes, three others do": (part(0.25, 0.75), part(), 4.0),
    "it computes, twenty others do": (part(0.05, 0.95), part(), STRETCH),
    "it sleeps most of the time, others compute": (part(0.1, 0.3), part(), 1 / 0.7),
    "four threads on two processors": (part(2.0, 0.0), part(), 1.0),
    "four threads beside sixteen others": (part(0.4, 0.6), part(), 2.5),
    "threads that lose more than there is": (part(0.5, 3.0), part(), 2.0),
    "threads that use all there is, and wait": (part(1.0, 3.0), part(), 1.0),
    "the judge waits for others": (part(0.2), part(0.2, 0.6), 1 / 0.6),
    "the judge waits for the sandbox": (part(0.9), part(0.1, 0.9), 1.0),
    "pressure falls": (part(0.5, -0.5), part(), 1.0),
}


@pytest.mark.parametrize("case", ENDS)
def test_what_others_had_does_not_count(case):
    sandbox, judge, ends = ENDS[case]
    assert ended(lambda now: Reading(now, sandbox(now), judge(now))) / LIMIT == pytest.approx(ends, rel=0.02)


def test_where_nobody_can_tell_the_limit_is_by_the_clock():
    assert ended(lambda now: None) == pytest.approx(LIMIT, rel=0.01)


def test_what_was_told_last_counts_where_nobody_answers_in_the_end():
    seen = part(0.5, 0.5)
    assert ended(lambda now: Reading(now, seen(now), NOTHING) if now <= 8 else None) == pytest.approx(14, rel=0.02)


def test_a_short_call_asks_nothing():
    clock = Clock()
    deadline = Deadline(LIMIT, pytest.fail, clock=clock)
    clock.now = FIRST * LIMIT / 2
    assert deadline.left() == pytest.approx(FIRST * LIMIT / 2)


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def ended(look: Callable[[float], Reading | None]) -> float:
    """When a call that never answers is ended."""
    clock = Clock()
    deadline = Deadline(LIMIT, lambda: look(clock.now), clock=clock)
    while left := deadline.left():
        clock.now += left
    return clock.now


class Crowded:
    """A sandbox, or a kind of them, on a machine where all that it does not use is lost to others."""

    def __init__(self, real: Any) -> None:
        self._real = real
        self._claimed = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def start(self, environment: str) -> Any:
        return Crowded(self._real.start(environment))

    def usage(self) -> Usage:
        self._claimed += 1000.0
        return Usage(self._real.usage().processor, self._claimed)


def test_a_call_goes_on_past_its_limit_where_time_was_lost():
    kind: Any = Crowded(ProcessSandboxes())
    box = Inside(kind)
    with box as module:
        box.session.call_seconds = 1.0
        module.sleep(2.0)
        assert box.session._busy >= 2.0  # by the clock
        assert box.session.busy_seconds < 1.0  # of the submission's total


def test_but_what_sleeps_where_nothing_was_lost_does_not():
    box = Inside(ProcessSandboxes())
    with box as module:
        box.session.call_seconds = 0.5
        with pytest.raises(SandboxFailure) as failure:
            module.sleep(60.0)
    assert failure.value.verdict is Verdict.TIMEOUT


def test_short_calls_are_settled_together():
    kind: Any = Crowded(ProcessSandboxes())
    box = Inside(kind)
    with box as module:
        for _ in range(5):
            module.sleep(0.2)
        assert box.session.busy_seconds >= 1.0
        box.session.settle()
        assert box.session.busy_seconds < 1.0
