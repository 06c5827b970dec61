"""One submission graded by as many judges as it takes, and whose fault it was when one of them ended.

A judge computes with values that a submission chose, so it is bounded like a sandbox (`grader.harness.watch`). One
that overran its time or memory, or broke, costs the test that it was in; a fresh one goes on with the next. One that
somebody killed from outside is replaced, and the test runs again.

A test that ended like a broken suite's is the submission's verdict all the same: its values were there. Whether the
suite is at fault is asked once for all of them in the end, of a judge that runs the same tests from the same seed with
the reference, in a sandbox that holds nobody's submission.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from grader.core.errors import AssignmentFault, OurFault, SandboxUnavailable
from grader.core.report import Report
from grader.core.verdicts import Verdict
from grader.harness.assembly import Assembly, OnEvent
from grader.harness.bench import RUNS
from grader.harness.judge import Order
from grader.harness.links import Link, lend, tell_usage
from grader.harness.sandbox import Sandbox, SandboxSource
from grader.harness.watch import OVERRUN

WITHOUT_REPORT = "The judge ended without a report."
MOST_KILLS = 6  # of judges of one submission, by somebody outside
_TIME_UP, _ABORTED = getattr(signal, OVERRUN, None), signal.SIGABRT  # the latter is what a library without memory does

Closer = Callable[[Sandbox], None]
Fork = Callable[[Order], Link]
Control = Callable[[Assembly], "dict[str, str] | None"]


@dataclass(frozen=True)
class Ending:
    """How a judge ended.

    One that ``left`` has sent the result of the test that it was in. Of the others ``code`` tells: an exit code, or a
    signal's number below zero; None where nobody can tell.
    """

    left: bool = False
    code: int | None = None


class Supervisor:
    """Serves the judges of one submission: lends them sandboxes, takes their results, sees how they end.

    ``patience`` are the seconds that all of it may take, without those for which it waits for sandboxes: whoever needs
    more is held up by the machine, since judges and calls are bounded by themselves. ``close`` ends the last sandbox.
    """

    def __init__(
        self, order: Order, fork: Fork, source: SandboxSource, on_event: OnEvent, *, close: Closer, patience: float
    ) -> None:
        self.assembly = Assembly(order, on_event)
        self._fork = fork
        self._source = source
        self._close = close
        self._deadline = time.monotonic() + patience
        self._kills: Counter[str | None] = Counter()
        self._trusted = False  # nobody else's values are in it

    def run(self, control: Control | None = None) -> Report:
        """Have it graded. Raises AssignmentFault, or OurFault when a machine or a sandbox failed."""
        while not self.assembly.complete:
            ending = _Attendance(self).run()
            if not ending.left:
                self._settle(ending.code)
        if control is not None and self.assembly.suspects:
            self._hear(control(self.assembly))
        return self.assembly.report()

    def run_control(self) -> Assembly:
        """Have the reference graded: what came of each test. A judge that is killed again and again is our fault."""
        self._trusted = True
        self.run()
        return self.assembly

    def _settle(self, code: int | None) -> None:
        """What the end of a judge means for the test that it was in."""
        test, signalled = self.assembly.running, -(code or 0)
        if test is None or code is None or signalled == signal.SIGKILL:
            self._kills[test] += 1
            if self._kills.total() > MOST_KILLS or (self._kills[test] >= RUNS and (self._trusted or test is None)):
                raise OurFault(WITHOUT_REPORT)
            if test is None or self._kills[test] < RUNS:
                return
            self.assembly.settle(Verdict.MEMORY, "the judge of this test was ended from outside again and again")
        elif signalled == _TIME_UP:
            self.assembly.settle(Verdict.TIMEOUT, "computing with what the code gave takes too long")
        elif signalled == _ABORTED:
            self.assembly.settle(Verdict.MEMORY, "computing with what the code gave needs too much memory")
        else:
            self.assembly.settle(Verdict.FAILED, f"the judge broke on what the code gave ({code})")

    def _hear(self, faults: dict[str, str] | None) -> None:
        """What the reference did in the suspected tests: where it failed, the suite is at fault.

        None: there is no reference. Then nobody can tell of a judge that was killed whether its test was to blame.
        """
        if faults is None and any(self._kills[test] >= RUNS for test in self.assembly.suspects):
            raise OurFault(WITHOUT_REPORT)
        faults = faults or {}
        for test, told in self.assembly.suspects.items():
            if faults.get(test):
                raise AssignmentFault(f"{test}: {told}; with the reference: {faults[test]}")
            self.assembly.note(f"{test}: the suite could not go on with what this submission gave: {told}")


class _Attendance:
    """One judge of a supervisor's, from its fork to its end."""

    def __init__(self, supervisor: Supervisor) -> None:
        self._all = supervisor
        self._assembly = supervisor.assembly
        self._sandbox: Sandbox | None = None
        self._pid: int | None = None
        self._link = supervisor._fork(supervisor.assembly.next_order)

    def run(self) -> Ending:
        try:
            while True:
                self._link.connection.settimeout(max(0.01, self._all._deadline - time.monotonic()))
                message, _ = self._link.receive()
                ending = self._serve(message)
                if ending is not None:
                    return ending
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return Ending()  # the warm parent has ended, and its judges with it
        except TimeoutError as error:
            raise OurFault("The judge took longer than the assignment's limits allow.") from error
        finally:
            self._end()

    def _serve(self, message: dict[str, Any]) -> Ending | None:
        match message:
            case {"pid": int() as pid}:
                self._pid = pid
            case {"ask": "sandbox"}:
                self._lend()
            case {"ask": "close"}:
                self._link.send({"death": asdict(self._sandbox.close()) if self._sandbox else {}})
                self._sandbox = None
            case {"ask": "usage"}:
                tell_usage(self._link, self._sandbox)
            case {"end": True} | {"left": True}:
                self._pid = None  # it ends by itself
                return Ending(left=True)
            case {"ended": int() as code}:
                self._pid = None
                return Ending(code=code)
            case {"fault": "assignment", "text": str() as text}:
                raise AssignmentFault(text)
            case {"fault": _, "text": str() as text}:
                raise OurFault(text)
            case _:
                self._assembly.take(message)
        return None

    def _lend(self) -> None:
        began = time.monotonic()
        try:
            self._sandbox = self._all._source.acquire()
        except SandboxUnavailable as error:
            self._link.send({"unavailable": str(error)})
            return
        finally:
            self._all._deadline += time.monotonic() - began
        lend(self._link, self._sandbox)

    def _end(self) -> None:
        if self._pid is not None:  # before its link closes, or it complains of that
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        self._link.close()
        if self._sandbox is not None:
            self._all._close(self._sandbox)
