"""A report put together from what judges send, test by test; it also tells what is left for the next judge.

The messages of a judge, in this order: ``begin`` with the tests that it will run, then for each ``start`` and
``result``, with an ``event`` between them where a proof asks for one. Nothing here decides anything about a submission.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from grader.core.hints import hint_of
from grader.core.report import (
    ImportFault,
    Report,
    TestResult,
    ToCome,
    import_fault_from_json,
    number,
    raised_from_json,
    refused_once,
    result_from_json,
)
from grader.core.verdicts import Verdict
from grader.harness.judge import Order, Part

OnEvent = Callable[[dict[str, Any]], None]


class Assembly:
    """What is known of one submission's grading. ``on_event`` is told how many tests there are, and each result."""

    def __init__(self, order: Order, on_event: OnEvent) -> None:
        self.order = order
        self.running: str | None = None  # the test that has started and has no result
        self.suspects: dict[str, str] = {}  # tests that went wrong as a broken suite's would -> how
        self.spent = order.part.spent if order.part is not None else 0.0
        self._on_event = on_event
        self._began = time.monotonic()
        self._started = 0.0
        self._planned: dict[str, TestResult] | None = None
        self._depends: dict[str, list[str]] = {}
        self._results: dict[str, TestResult] = {}
        self._to_come = ToCome()
        self._provenance: dict[str, str] = {}
        self._bench: dict[str, Any] = {"kind": "", "image": "", "versions": {}, "import_fault": None, "doubts": 0}
        self._notes: list[str] = []

    def take(self, message: dict[str, Any]) -> None:
        """One message of a judge."""
        match message:
            case {"begin": planned, "depends": depends, "to_come": to_come, "provenance": provenance}:
                if self._planned is None:
                    self._begin(planned, depends, to_come, provenance)
            case {"event": str()}:
                self._on_event(message)
            case {"start": str() as name}:
                self.running, self._started = name, time.monotonic()
            case {"result": data, "suspect": suspect, "notes": notes, "bench": bench}:
                earlier = self._bench.get("cell_fault")  # told by the first judge, before anything hidden was there
                self._bench, self.spent = {**bench, "cell_fault": earlier or bench["cell_fault"]}, bench["spent"]
                self._notes += notes
                self._add(result_from_json(data), suspect)

    def settle(self, verdict: Verdict, detail: str) -> None:
        """The running test ended together with its judge, for this reason; its time counts to the total."""
        assert self.running is not None
        assert self._planned is not None
        planned = self._planned[self.running]
        seconds = time.monotonic() - self._started
        self.spent += seconds
        facts = {"name": planned.name, "verdict": verdict, "points": Fraction(0), "message": detail}
        facts["hint"] = hint_of(verdict, planned.hint)
        self._add(TestResult(**{**planned.__dict__, **facts, "seconds": seconds}), detail)

    @property
    def left(self) -> tuple[str, ...]:
        """The tests that have no result yet, in their order; none as long as nothing has begun."""
        return tuple(name for name in self._planned or () if name not in self._results)

    @property
    def complete(self) -> bool:
        return self._planned is not None and not self.left

    @property
    def next_order(self) -> Order:
        """The order for the next judge."""
        if self._planned is None:
            return self.order
        known = {name: result.verdict.has_value for name, result in self._results.items()}
        before = self.order.part.outcomes if self.order.part is not None else {}
        part = Part(self.left, {**before, **known}, self.spent, self._bench["doubts"])
        return Order(**{**self.order.__dict__, "part": part})

    def with_needed(self, tests: Iterable[str]) -> tuple[str, ...]:
        """These tests and those that they depend on, directly or not."""
        wanted, pending = set[str](), list(tests)
        while pending:
            name = pending.pop()
            if name not in wanted:
                wanted.add(name)
                pending += [case for needed in self._depends.get(name, ()) for case in self._cases(needed)]
        return tuple(name for name in self._planned or () if name in wanted)

    def report(self) -> Report:
        tests, refusals = refused_once(tuple(self._results[name] for name in self._planned or ()))
        versions = {f"sandbox_{name}": version for name, version in self._bench["versions"].items()}
        return Report(
            assignment=self.order.assignment,
            suite=self.order.suite,
            tests=tests,
            sandbox=self._bench["kind"],
            seconds=round(time.monotonic() - self._began, 3),
            import_fault=self._import_fault(),
            cell_fault=raised_from_json(self._bench.get("cell_fault")),
            provenance={**self._provenance, "image": self._bench["image"], **versions},
            staff_notes=tuple(self._notes),
            to_come=self._to_come,
            refusals=refusals,
        )

    def note(self, text: str) -> None:
        """Something that staff are told with the report."""
        self._notes.append(text)

    def result(self, name: str) -> TestResult | None:
        return self._results.get(name)

    def _import_fault(self) -> ImportFault | None:
        return import_fault_from_json(self._bench["import_fault"])

    def _begin(
        self, planned: list[Any], depends: dict[str, list[str]], to_come: list[Any], provenance: dict[str, str]
    ) -> None:
        self._planned = {result.name: result for result in map(result_from_json, planned)}
        self._depends, self._provenance = depends, provenance
        self._to_come = ToCome(to_come[0], Fraction(to_come[1]))
        self._on_event({"event": "tests", "count": len(self._planned)})

    def _add(self, result: TestResult, suspect: str) -> None:
        self.running = None
        self._results[result.name] = result
        if suspect:
            self.suspects[result.name] = suspect
        self._on_event(
            {
                "event": "test",
                "name": result.name,
                "title": dict(result.title),
                "visibility": result.visibility,
                "verdict": str(result.verdict),
                "points": number(result.points),
                "max_points": number(result.max_points),
                "seconds": round(result.seconds, 3),
            }
        )

    def _cases(self, name: str) -> list[str]:
        """A test of this name, or the cases of a parametrised one."""
        return [test for test in self._planned or () if test == name or test.startswith(name + "[")]
