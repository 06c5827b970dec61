"""What the judge offers to a suite's fixtures: the submission in a living sandbox, one after another.

A sandbox that died in one test is replaced before the next one, so an endless loop costs one test. A
submission that cannot be imported is not tried again, unless the sandbox may have been ended from outside.
"""

from __future__ import annotations

import time
from typing import Any

from grader.core.assignment import Assignment
from grader.core.errors import OurFault
from grader.core.report import ImportFault
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.harness.bounds import DEFAULT
from grader.harness.raised import told
from grader.harness.sandbox import Sandbox, SandboxSource
from grader.harness.session import LoadFailed, SandboxFailure, Session
from grader.testing.marks import Plan

RUNS = 3  # of a test, or of an import, whose sandbox may have been ended from outside; then it is believed


class NotImported(Exception):
    """The submission cannot be imported; `SandboxBench.import_fault` says why."""


class SandboxBench:
    """The `Bench` of a judge. ``passed_tests`` is filled by the recorder."""

    def __init__(self, submission: Submission, assignment: Assignment, source: SandboxSource, *, seed: str) -> None:
        self.seed = seed
        self.kind = ""
        self.image = ""
        self.versions: dict[str, str] = {}
        self.import_fault: ImportFault | None = None
        self.outcomes: dict[str, bool] = {}
        self.waited = 0.0  # seconds for sandboxes, which are not the student's
        self._submission = submission
        self._assignment = assignment
        self._source = source
        self._session: Session | None = None
        self._modules: tuple[Any, Any] = (None, None)
        self._imported = False  # once: then the student's code may have seen hidden inputs
        self._spent = 0.0
        self._call_seconds = assignment.limits.call_seconds

    def begin(self, plan: Plan) -> None:
        self._call_seconds = min(plan.limit or self._assignment.limits.call_seconds, DEFAULT.call_seconds)

    def passed(self, name: str) -> bool:
        cases = [fine for test, fine in self.outcomes.items() if test == name or test.startswith(name + "[")]
        return bool(cases) and all(cases)

    def submission(self) -> Any:
        return self._loaded()[0]

    def probe(self) -> Any:
        return self._loaded()[1]

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
        if self.import_fault is not None:
            raise NotImported
        if self._session is None or not self._session.alive:
            self._start_and_load()
        assert self._session is not None
        left = self._assignment.limits.total_seconds - self._spent - self._session.busy_seconds
        if left <= 0:
            self._session.close()
            raise SandboxFailure(Verdict.TIMEOUT, "the time for the whole submission is up")
        self._session.call_seconds = min(self._call_seconds, left)
        return self._modules

    def _start_and_load(self) -> None:
        """A fresh sandbox with the submission imported in it."""
        for run in range(1, RUNS + 1):
            session = self._start()
            try:
                self._modules = session.load(
                    self._submission, self._assignment.probe(), required=self._assignment.required
                )
                self._imported = True
                return
            except LoadFailed as failure:
                raised = told(failure.remote, self._submission, whole=not self._imported)
                traceback = "" if self._imported else self._submission.traceback(failure.traceback)
                self.import_fault = ImportFault(Verdict.ERROR, raised, traceback)
                raise NotImported from None
            except SandboxFailure as failure:
                if fault := self.fault:
                    raise fault from None
                if not session.doubtful or run == RUNS:
                    self.import_fault = ImportFault(failure.verdict, None, failure.detail)
                    raise NotImported from None

    def _start(self) -> Session:
        if self._session is not None:
            self._spent += self._session.busy_seconds
        if self._spent >= self._assignment.limits.total_seconds:
            raise SandboxFailure(Verdict.TIMEOUT, "the time for the whole submission is up")
        began = time.monotonic()
        sandbox = self._source.acquire()
        self.waited += time.monotonic() - began
        self._note(sandbox)
        self._session = Session(sandbox)
        self._session.call_seconds = self._assignment.limits.call_seconds
        return self._session

    def _note(self, sandbox: Sandbox) -> None:
        self.kind = sandbox.kind
        self.image = sandbox.image
        self.versions = dict(sandbox.hello.versions)
