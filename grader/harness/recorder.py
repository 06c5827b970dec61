"""The judge's pytest plugin that turns outcomes into verdicts, and sends one `TestResult` a test.

A failure is told apart by whose data was involved. Once a submission's values are in a test, whatever goes wrong in it
is the submission's verdict: its exception, a sandbox that ended, a comparison that said no, and also what the suite
itself could not do with such values. Where the latter looks like a fault of the suite or of the machine, the result is
sent as a suspect: somebody outside runs the same test with the reference, and only when that fails too is the
assignment at fault (`grader.harness.supervisor`). A test whose sandbox may have been ended from outside runs again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping
from fnmatch import fnmatch
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.runner import runtestprotocol

from grader.core.errors import AssignmentFault, GraderError, OurFault
from grader.core.hints import hint_of
from grader.core.report import Bilingual, Raised, TestResult, result_to_json
from grader.core.submission import Submission
from grader.core.text import clean
from grader.core.verdicts import Verdict
from grader.harness.bench import MOST_DOUBTS, RUNS, NoSandbox, NotImported, SandboxBench
from grader.harness.raised import told
from grader.harness.session import NotDefined, SandboxFailure, remote_of
from grader.testing import marks
from grader.testing.plugin import BENCH, IN_PART, PLAN, Waiting

if TYPE_CHECKING:
    from grader.harness.judge import Wanted

_NOT_OF_COMPARISONS = (AssignmentFault, MemoryError, OSError, ImportError, SystemExit)  # of a suite or a machine
_TORCH_WITHOUT_MEMORY = "DefaultCPUAllocator"  # it raises a RuntimeError


class Recorder:
    """Sends what comes of each test, in their order; ``fault`` is set when the run as a whole is worthless.

    With ``only``, these tests alone run, and of what is ``wanted`` what is still waited for. Where it ``defers``,
    deferred tests are told as still to come. Where it ``tells_names`` or ``tells_lines``, a proof learns which of the
    required names each test asked for, or which lines it ran. It ``gives_up`` where the judge has come to the end of
    its memory: the tests that are left are for another one.
    """

    def __init__(
        self,
        bench: SandboxBench,
        submission: Submission,
        send: Callable[[dict[str, Any]], None],
        *,
        public: bool,
        defers: bool = False,
        only: Collection[str] | None = None,
        wanted: Wanted | None = None,
        tells_names: bool = False,
        tells_lines: bool = False,
        provenance: Mapping[str, str] | None = None,
    ) -> None:
        self.bench = bench
        self.submission = submission
        self.send = send
        self.public = public
        self.defers = defers
        self.only = None if only is None else frozenset(only)
        self.wanted = wanted
        self.tells_names = tells_names
        self.tells_lines = tells_lines
        self.provenance = dict(provenance or {})
        self.plans: list[marks.Plan] = []
        self.fault: GraderError | None = None
        self.gives_up = False
        self._running: marks.Plan | None = None
        before = bench.outcomes.items()
        self._caught = any(self._may_stop(test) for test, came in before if not came)
        self._seconds = 0.0
        self._printed = 0
        self._runs = 0  # of the test that runs now
        self._again = False
        self._notes: list[str] = []

    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[BENCH] = self.bench
        config.stash[IN_PART] = self.wanted is not None

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Files with tests of which none is wanted stay unread."""
        if self.wanted is None or not fnmatch(collection_path.name, "test_*.py"):
            return None
        functions = {test.partition("[")[0] for test in self._wanted_tests}
        text = collection_path.read_text(encoding="utf-8")
        return None if any(f"def {function}(" in text for function in functions) else True

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep what runs now; the suite's own plugin has read the marks by then."""
        self.plans = [item.stash[PLAN] for item in items]
        later = [plan for plan in self.plans if plan.deferred and self.defers]
        names = {plan.name for plan in self.plans if plan not in later}
        if self.only is not None:
            names &= self.only
        if self.wanted is not None:
            order = self._wanted_tests
            names &= set(order)
            items.sort(key=lambda item: order.index(name) if (name := item.stash[PLAN].name) in names else -1)
        items[:] = [item for item in items if item.stash[PLAN].name in names]
        self.send(
            {
                "begin": [_skeleton(plan) for plan in self.plans if plan.name in names],
                "depends": {plan.name: list(plan.depends) for plan in self.plans if plan.depends},
                "to_come": [len(later), str(sum((plan.points for plan in later), Fraction(0)))],
                "provenance": self.provenance,
            }
        )

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file of the suite that cannot be imported: the last line of its traceback tells why."""
        if report.failed:
            lines = [line for line in str(report.longrepr).splitlines() if line.strip()]
            self.fault = self.fault or AssignmentFault(f"{report.nodeid} cannot be imported: {lines[-1].strip()}")

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Within a test pytest itself fails where there is no memory left; outside of one the suite does not run."""
        error = excinfo.value
        if self._running is not None and self.fault is None and not isinstance(error, OurFault):
            if self._running.name not in self.bench.outcomes:
                self._record(self._running, error)
            self.gives_up = True
            return True
        self.fault = self.fault or (
            error if isinstance(error, GraderError) else AssignmentFault(f"the suite does not run: {error!r}")
        )
        return True

    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        """Run a test; again, with fixtures made anew, as long as nobody knows who ended its sandbox."""
        self._running = item.stash[PLAN]
        self.send({"start": self._running.name})
        if not self._is_wanted(self._running):
            self._leave_out(self._running)
            return True
        # Of what a proof wants the next one may be left out: then what follows it may be of another file.
        following = nextitem if self.wanted is None else None
        self._runs, self._again = 0, True
        while self._again:
            self._runs, self._again = self._runs + 1, False
            runtestprotocol(item, log=False, nextitem=following)
        self._running = None
        self.bench.rest()
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        if call.excinfo is not None and isinstance(call.excinfo.value, MemoryError):
            self.bench.loosen()
        report = yield
        if call.when == "setup":
            self._seconds, self.bench.waited = call.duration - self.bench.waited, 0.0
        else:
            self._seconds += call.duration
        failed_early = call.when == "setup" and call.excinfo is not None
        if call.when == "call" or failed_early:
            error = call.excinfo.value if call.excinfo is not None else None
            if isinstance(error, NoSandbox):
                error = error.failure
            if isinstance(error, SandboxFailure):
                error = self.bench.fault or error
            if isinstance(error, OurFault) and remote_of(error) is None:
                self.fault = error
            elif self._may_tell_more(error):
                self.bench.doubts += 1
                self._again = True
            else:
                self._record(item.stash[PLAN], error)
            if self.fault is not None or self.gives_up:
                item.session.shouldstop = "the rest is not for this judge"
        return report

    def settle_all(self, verdict: Verdict, *, message: str, hint: Bilingual) -> None:
        """Give every test that was to run the same verdict: nothing was run."""
        for plan in self.plans:
            if self.only is None or plan.name in self.only:
                self._send(_result(plan, verdict, message=message, hint=hint))

    def _may_tell_more(self, error: BaseException | None) -> bool:
        """Whether another sandbox will tell whose end it was. One that ends again and again is believed."""
        doubtful = isinstance(error, SandboxFailure) and self.bench.doubtful
        return doubtful and self._runs < RUNS and self.bench.doubts < MOST_DOUBTS

    def _is_wanted(self, plan: marks.Plan) -> bool:
        if self.wanted is None or plan.name in self.wanted.always:
            return True
        return plan.name in self.wanted.until_caught and not self._caught

    @property
    def _wanted_tests(self) -> list[str]:
        """Those that may run, in their order."""
        wanted = self.wanted
        return [] if wanted is None else list(dict.fromkeys((*wanted.until_caught, *wanted.always)))

    def _may_stop(self, test: str) -> bool:
        """Whether a failure of this test is what some of the others wait for."""
        return self.wanted is not None and test in self.wanted.until_caught

    def _leave_out(self, plan: marks.Plan) -> None:
        """Skip a test; those that depend on it are not held back by that."""
        self._running = None
        self.bench.outcomes[plan.name] = True
        self._send(_result(plan, Verdict.SKIPPED, message="nobody asks what comes of it"))

    def _record(self, plan: marks.Plan, error: BaseException | None) -> None:
        output, exceeded = self._output()
        error = error or exceeded
        own = error is not None and remote_of(error) is None
        out_of_memory = own and _is_out_of_memory(error)
        verdict = Verdict.MEMORY if out_of_memory else self._verdict(error)
        result = _result(
            plan,
            verdict,
            seconds=self._seconds,
            hint=_told_instead(error),
            raised=self._raised(error),
            message="" if error is None else self._message(plan, error),
            output=output,
        )
        self.bench.outcomes[plan.name] = verdict.has_value
        self._caught = self._caught or (not result.passed and self._may_stop(plan.name))
        self.gives_up = self.gives_up or out_of_memory
        suspect = own and (out_of_memory or isinstance(error, _NOT_OF_COMPARISONS))
        if self.tells_names:
            self.send({"event": "names", "test": plan.name, "names": self.bench.names_asked})
        if self.tells_lines:
            self.send({"event": "lines", "test": plan.name, "lines": self.bench.lines_of_test()})
        self._send(result, suspect=f"{type(error).__name__}: {error}" if suspect else "")

    def _send(self, result: TestResult, *, suspect: str = "") -> None:
        notes, self._notes = self._notes, []
        self.send({"result": result_to_json(result), "suspect": suspect, "notes": notes, "bench": self.bench.state()})

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
        theirs = isinstance(error, NotDefined) or remote_of(error) is not None
        return Verdict.ERROR if theirs else Verdict.FAILED

    def _raised(self, error: BaseException | None) -> Raised | None:
        remote = remote_of(error) if error is not None else None
        return None if remote is None else told(remote, self.submission, whole=self.public)

    def _message(self, plan: marks.Plan, error: BaseException) -> str:
        if isinstance(error, SandboxFailure):
            return error.detail
        if isinstance(error, NotImported):
            return "the submission could not be imported"
        expected = (AssertionError, pytest.fail.Exception, pytest.skip.Exception, NotDefined)
        if remote_of(error) is None and not isinstance(error, expected):
            self._notes.append(
                clean(f"{plan.name}: the suite itself raised {type(error).__name__}: {error}", limit=1000)
            )
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


def _is_out_of_memory(error: BaseException | None) -> bool:
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and _TORCH_WITHOUT_MEMORY in str(error))


def _told_instead(error: BaseException | None) -> Bilingual | None:
    """What is known to be better than any text that goes with the verdict."""
    if isinstance(error, SandboxFailure):
        return error.hint
    return error.told if isinstance(error, Waiting | NotDefined) else None


def _skeleton(plan: marks.Plan) -> dict[str, Any]:
    """The result of a test of which nothing else is known: for whoever must tell that it ended with its judge."""
    return result_to_json(_result(plan, Verdict.FAILED))


def _result(plan: marks.Plan, verdict: Verdict, *, hint: Bilingual | None = None, **facts: Any) -> TestResult:
    return TestResult(
        name=plan.name,
        verdict=verdict,
        points=plan.points if verdict is Verdict.PASSED else Fraction(0),
        max_points=plan.points,
        title=plan.title,
        hint=hint_of(verdict, plan.hint) if hint is None else hint,
        visibility=plan.visibility,
        **facts,
    )
