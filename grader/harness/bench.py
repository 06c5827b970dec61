"""What the judge offers to a suite's fixtures: the submission in a living sandbox, one after another.

A sandbox that died in one test is replaced before the next one, so an endless loop costs one test. A
submission that cannot be imported is not tried again, unless the sandbox may have been ended from outside.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from grader.core.assignment import Assignment
from grader.core.errors import OurFault
from grader.core.report import ImportFault, Raised, import_fault_to_json, raised_to_json
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.harness.bounds import DEFAULT
from grader.harness.raised import told
from grader.harness.sandbox import Sandbox, SandboxSource
from grader.harness.session import LoadFailed, SandboxFailure, Session
from grader.harness.watch import Watch
from grader.testing.marks import Plan

if TYPE_CHECKING:
    from grader.harness.judge import Part

RUNS = 3  # of a test, or of an import, whose sandbox may have been ended from outside; then it is believed
MOST_DOUBTS = 4  # of a submission in all: one whose sandboxes end like that again and again ends them itself
REPLACEMENT_SECONDS = 0.5  # that a fresh sandbox takes from the total of whose sandbox ended


class NotImported(Exception):
    """The submission cannot be imported; `SandboxBench.import_fault` says why."""


class NoSandbox(Exception):
    """There is no sandbox for a test. An Exception: a fixture that raises anything else breaks the next one."""

    def __init__(self, failure: SandboxFailure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


class SandboxBench:
    """The `Bench` of a judge. ``outcomes`` is filled by the recorder: of each test, whether a value came."""

    def __init__(
        self,
        submission: Submission,
        assignment: Assignment,
        source: SandboxSource,
        *,
        seed: str,
        part: Part | None = None,
        partial: bool = False,
        watch: Watch | None = None,
    ) -> None:
        self.seed = seed
        self.kind = ""
        self.image = ""
        self.versions: dict[str, str] = {}
        self.import_fault: ImportFault | None = None
        self.cell_fault: Raised | None = None
        self.outcomes: dict[str, bool] = dict(part.outcomes) if part is not None else {}
        self.doubts = part.doubts if part is not None else 0
        self.waited = 0.0  # seconds for sandboxes, which are not the student's
        self._submission = submission
        self._assignment = assignment
        self._source = source
        self._partial = partial  # what a test depends on may be left out
        self._session: Session | None = None
        self._modules: tuple[Any, Any] = (None, None)
        self._watch = watch or Watch()
        self._within = 0.0  # processor seconds of this process inside the calls of sessions before
        self._spent = part.spent if part is not None else 0.0
        self._computed_before: float | None = None  # processor seconds of this process, when its first test began
        self._imported = part is not None  # before: then the student's code may have seen hidden inputs
        self._call_seconds = assignment.limits.call_seconds
        self._test = ""  # that runs now
        self._data = assignment.data_files()
        self._data_is_whole = False  # since the test that runs now has begun

    def begin(self, plan: Plan) -> None:
        if self._computed_before is None:
            self._computed_before = time.process_time()
        self._call_seconds = min(plan.limit or self._assignment.limits.call_seconds, DEFAULT.call_seconds)
        self._test = plan.name
        self._data_is_whole = False
        if self._session is not None:
            self._session.begin_test(plan.name)
        self._watch.allow(self._call_seconds)

    def rest(self) -> None:
        """A test is over: what follows is the judge's own doing."""
        self._watch.rest()

    def loosen(self) -> None:
        """The judge's memory is at its end."""
        self._watch.loosen()

    def state(self) -> dict[str, Any]:
        """What a report tells of the sandboxes, and what another judge must know to go on."""
        if self._session is not None:
            self._session.settle()
        return {
            "kind": self.kind,
            "image": self.image,
            "versions": self.versions,
            "import_fault": import_fault_to_json(self.import_fault),
            "cell_fault": raised_to_json(self.cell_fault),
            "spent": round(self.spent, 3),
            "doubts": self.doubts,
        }

    @property
    def spent(self) -> float:
        """Seconds of the submission's total: its calls, and what this process computed between them. What was lost to
        others in calls is not counted, as in `deadlines`.
        """
        computed = 0.0 if self._computed_before is None else time.process_time() - self._computed_before
        within = self._session.busy_computing if self._session is not None else 0.0
        busy = self._session.busy_seconds if self._session is not None else 0.0
        return self._spent + busy + max(computed - self._within - within, 0.0)

    def has_value(self, name: str) -> bool:
        cases = [came for test, came in self.outcomes.items() if test == name or test.startswith(name + "[")]
        return all(cases) and (bool(cases) or self._partial)

    def submission(self) -> Any:
        return self._loaded()[0]

    def probe(self) -> Any:
        return self._loaded()[1]

    @property
    def names_asked(self) -> list[str]:
        """The required names that the test that runs now has asked the living sandbox for."""
        return sorted(self._session.names_asked) if self._session is not None else []

    def lines_of_test(self) -> dict[str, list[int]] | None:
        """The lines that a traced solution ran in the test that runs now; None where nobody knows."""
        if self._session is None or not self._session.alive or self.import_fault is not None:
            return None
        told: dict[str, list[int]] | None = self._modules[0].lines_of_test()
        return told

    def printed(self) -> str:
        """What the current sandbox has printed."""
        return self._session.printed if self._session is not None else ""

    def close(self) -> None:
        """End the sandbox that is left."""
        if self._session is not None and self._session.alive:
            self._session.close()

    @property
    def doubtful(self) -> bool:
        """Whether the last sandbox may have been ended from outside, so that another must tell."""
        return self._session is not None and self._session.doubtful

    @property
    def fault(self) -> OurFault | None:
        """Ours, where the last sandbox was ended since the machine ran out of memory."""
        if self._session is None or not self._session.machine_is_short:
            return None
        return OurFault("This machine has too little memory for its sandboxes: one was ended within its limit.")

    def _loaded(self) -> tuple[Any, Any]:
        """The modules in a living sandbox. Raises NotImported, NoSandbox."""
        try:
            return self._living()
        except SandboxFailure as failure:
            raise NoSandbox(failure) from None

    def _living(self) -> tuple[Any, Any]:
        if self.import_fault is not None:
            raise NotImported
        if self._session is None or not self._session.alive or not self._restored():
            self._start_and_load()
            self._restore()
        assert self._session is not None
        left = self._assignment.limits.total_seconds - self.spent
        if left <= 0:
            self._session.close()
            raise SandboxFailure(Verdict.TIMEOUT, "the time for the whole submission is up")
        self._session.call_seconds = min(self._call_seconds, left)
        return self._modules

    def _restored(self) -> bool:
        """Whether the living sandbox could be made to have the assignment's data as every test begins with."""
        try:
            self._restore()
        except SandboxFailure as failure:
            if failure.verdict is Verdict.REFUSED:
                raise
            return False  # the doing of a test before, which has had its verdict
        return True

    def _restore(self) -> None:
        if self._data and not self._data_is_whole:
            assert self._session is not None
            self._session.restore()
            self._data_is_whole = True

    def _start_and_load(self) -> None:
        """A fresh sandbox with the submission imported in it."""
        for run in range(1, RUNS + 1):
            session = self._start()
            try:
                self._modules = session.load(
                    self._submission,
                    self._assignment.probe(),
                    data=self._data,
                    required=self._assignment.required,
                    forbidden=self._assignment.guarded,
                )
                if session.cell_failure is not None and not self._imported:
                    self.cell_fault = told(session.cell_failure, self._submission, whole=True)
                self._imported = True
                return
            except LoadFailed as failure:
                raised = told(failure.remote, self._submission, whole=not self._imported)
                traceback = "" if self._imported else self._submission.traceback(failure.traceback)
                self.import_fault = ImportFault(Verdict.ERROR, raised, traceback, at_first=not self._imported)
                raise NotImported from None
            except SandboxFailure as failure:
                if fault := self.fault:
                    raise fault from None
                self.doubts += session.doubtful
                if not session.doubtful or run == RUNS or self.doubts > MOST_DOUBTS:
                    self.import_fault = ImportFault(failure.verdict, None, failure.detail, at_first=not self._imported)
                    raise NotImported from None

    def _start(self) -> Session:
        if self._session is not None:
            self._spent += self._session.busy_seconds + REPLACEMENT_SECONDS
            self._within += self._session.busy_computing
            self._session = None
        if self.spent >= self._assignment.limits.total_seconds:
            raise SandboxFailure(Verdict.TIMEOUT, "the time for the whole submission is up")
        began = time.monotonic()
        sandbox = self._source.acquire()
        self.waited += time.monotonic() - began
        self._note(sandbox)
        self._session = Session(sandbox, watch=self._watch)
        self._session.call_seconds = self._assignment.limits.call_seconds
        self._session.begin_test(self._test)
        return self._session

    def _note(self, sandbox: Sandbox) -> None:
        self.kind = sandbox.kind
        self.image = sandbox.image
        self.versions = dict(sandbox.hello.versions)
