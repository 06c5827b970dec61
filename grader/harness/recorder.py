"""The judge's pytest plugin that turns outcomes into verdicts, one `TestResult` a test.

A failure is told apart by whose it is: the student's exception, a sandbox that ended, a comparison that
said no; an exception of the suite itself on this one submission counts as failed, because the reference has
passed the same suite, and staff are told of it. A test whose sandbox may have been ended from outside runs again.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from fractions import Fraction
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from grader.core.errors import AssignmentFault, GraderError, OurFault
from grader.core.report import Raised, TestResult, number
from grader.core.submission import Submission
from grader.core.text import clean
from grader.core.verdicts import Verdict
from grader.harness.bench import RUNS, NotImported, SandboxBench
from grader.harness.raised import told
from grader.harness.session import SandboxFailure, remote_of
from grader.testing import marks
from grader.testing.plugin import BENCH, PLAN

_OURS = (MemoryError, OSError, ImportError, SystemExit)


class Recorder:
    """Collects results in the order of the tests; ``fault`` is set when the run as a whole is worthless.

    Where it ``defers``, deferred tests are ``left_out``.
    """

    def __init__(
        self,
        bench: SandboxBench,
        submission: Submission,
        on_event: Callable[[dict[str, Any]], None],
        *,
        public: bool,
        defers: bool = False,
    ) -> None:
        self.bench = bench
        self.submission = submission
        self.on_event = on_event
        self.public = public
        self.defers = defers
        self.plans: list[marks.Plan] = []
        self.left_out: tuple[marks.Plan, ...] = ()
        self.results: list[TestResult] = []
        self.staff_notes: list[str] = []
        self.fault: GraderError | None = None
        self._seconds = 0.0
        self._printed = 0
        self._runs = 0  # of the test that runs now
        self._again = False

    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[BENCH] = self.bench

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep what runs now; the suite's own plugin has read the marks by then."""
        self.plans = [item.stash[PLAN] for item in items]
        if self.defers:
            self.left_out = tuple(plan for plan in self.plans if plan.deferred)
            items[:] = [item for item in items if not item.stash[PLAN].deferred]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.on_event({"event": "tests", "count": len(session.items)})

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file of the suite that cannot be imported: the last line of its traceback tells why."""
        if report.failed:
            lines = [line for line in str(report.longrepr).splitlines() if line.strip()]
            self.fault = self.fault or AssignmentFault(f"{report.nodeid} cannot be imported: {lines[-1].strip()}")

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        error = excinfo.value
        self.fault = self.fault or (
            error if isinstance(error, GraderError) else AssignmentFault(f"the suite does not run: {error!r}")
        )
        return True

    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        """Run a test; again, with fixtures made anew, as long as nobody knows who ended its sandbox."""
        self._runs, self._again = 0, True
        while self._again:
            self._runs, self._again = self._runs + 1, False
            runtestprotocol(item, log=False, nextitem=nextitem)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if call.when == "setup":
            self._seconds, self.bench.waited = call.duration - self.bench.waited, 0.0
        else:
            self._seconds += call.duration
        failed_early = call.when == "setup" and call.excinfo is not None
        if call.when == "call" or failed_early:
            error = call.excinfo.value if call.excinfo is not None else None
            self._record(item, item.stash[PLAN], error)
        return report

    def _record(self, item: pytest.Item, plan: marks.Plan, error: BaseException | None) -> None:
        if isinstance(error, SandboxFailure):
            error = self.bench.fault or error
        if isinstance(error, (GraderError, *_OURS)) and remote_of(error) is None:
            self.fault = error if isinstance(error, GraderError) else OurFault(f"in {plan.name}: {error!r}")
            item.session.shouldstop = "the run is worthless"
            return
        if isinstance(error, SandboxFailure) and self.bench.doubtful and self._runs < RUNS:
            self._again = True
            return
        result = self._result(plan, error)
        self.results.append(result)
        self.bench.outcomes[plan.name] = result.passed
        self.on_event(
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

    def _result(self, plan: marks.Plan, error: BaseException | None) -> TestResult:
        output, exceeded = self._output()
        error = error or exceeded
        verdict = self._verdict(error)
        return TestResult(
            name=plan.name,
            verdict=verdict,
            points=plan.points if verdict is Verdict.PASSED else Fraction(0),
            max_points=plan.points,
            seconds=self._seconds,
            title=plan.title,
            hint=plan.hint,
            visibility=plan.visibility,
            raised=self._raised(error),
            message="" if error is None else self._message(plan, error),
            output=output,
        )

    def _verdict(self, error: BaseException | None) -> Verdict:
        if error is None:
            return Verdict.PASSED
        if isinstance(error, SandboxFailure):
            return error.verdict
        if isinstance(error, NotImported):
            assert self.bench.import_fault is not None
            return self.bench.import_fault.verdict
        if isinstance(error, pytest.skip.Exception):
            return Verdict.SKIPPED
        return Verdict.ERROR if remote_of(error) is not None else Verdict.FAILED

    def _raised(self, error: BaseException | None) -> Raised | None:
        remote = remote_of(error) if error is not None else None
        return None if remote is None else told(remote, self.submission, whole=self.public)

    def _message(self, plan: marks.Plan, error: BaseException) -> str:
        if isinstance(error, SandboxFailure):
            return error.detail
        if isinstance(error, NotImported):
            return "the submission could not be imported"
        expected = (AssertionError, pytest.fail.Exception, pytest.skip.Exception)
        if remote_of(error) is None and not isinstance(error, expected):
            self.staff_notes.append(f"{plan.name}: the suite itself raised {type(error).__name__}: {error}")
        return clean(f"{error}", limit=1000)

    def _output(self) -> tuple[str, SandboxFailure | None]:
        """What was printed during this test (public suites only), or that it was too much."""
        if not self.public:
            return "", None
        try:
            printed = self.bench.printed()
        except SandboxFailure as failure:
            return "", failure
        new = printed[self._printed :] if len(printed) >= self._printed else printed
        self._printed = len(printed)
        return new, None
