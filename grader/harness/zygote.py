"""Judges on demand: keeps the warm parent running, has it fork a judge a job, and serves that judge.

The caller gives a `SandboxSource`; the judge gets connections, never the source. Needs `fork`: on a machine
without it, run `grader.harness.judge.judge` in this process instead (`grade` in `grader.harness.grading`).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from grader.core.assignment import load
from grader.core.errors import AssignmentFault, JudgesUnavailable, OurFault, SandboxUnavailable
from grader.core.report import Report, from_json
from grader.harness.judge import OnEvent, Order
from grader.harness.links import Link, lend, tell_processor_seconds
from grader.harness.nursery import order_message
from grader.harness.sandbox import Sandbox, SandboxSource

START_SECONDS = 120.0
GRACE_SECONDS = 90.0  # beyond the assignment's total: starting sandboxes, the reference's own time
_KEPT_VARIABLES = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT", "LD_LIBRARY_PATH")
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")

Closer = Callable[[Sandbox], None]


class Zygote:
    """The warm parent for the assignments of a folder, or for some of them. `grade` may be called from several threads.

    The parent is started again when the folder's files have changed or when it has died.
    """

    def __init__(self, folder: Path, only: Sequence[str] = ()) -> None:
        self.folder = folder
        self.only = only
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._link: Link | None = None
        self._state = ""

    def start(self) -> None:
        """Make sure that a warm parent of today's files is there; takes seconds when it is not."""
        with self._lock:
            self._ensure()

    def grade(
        self,
        order: Order,
        source: SandboxSource,
        on_event: OnEvent = lambda event: None,
        *,
        close: Closer | None = None,
    ) -> Report:
        """Have a judge forked and serve it until it reports.

        ``close`` ends the last sandbox after the report is there (default: at once), so that a caller can
        store the result first. Whatever ``on_event`` raises ends the judge and is raised here.
        Raises AssignmentFault, or OurFault when the judge or a sandbox failed for reasons of ours.
        """
        ours, theirs = socket.socketpair()
        with self._lock:
            link = self._ensure()
            link.send(order_message(order), [theirs])
        theirs.close()
        seconds = load(order.assignment, self.folder).limits.total_seconds + GRACE_SECONDS
        return _Service(Link(ours), source, on_event, close or _close, time.monotonic() + seconds).run()

    def close(self) -> None:
        """End the warm parent and its judges."""
        with self._lock:
            self._stop()

    def _ensure(self) -> Link:
        state = folder_state(self.folder, self.only)
        alive = self._process is not None and self._process.poll() is None
        if not alive or state != self._state or self._link is None:
            self._stop()
            self._link = self._launch()
            self._state = state
        return self._link

    def _launch(self) -> Link:
        ours, theirs = socket.socketpair()
        kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
        command = [
            sys.executable,
            "-P",
            "-m",
            "grader.harness.nursery",
            str(theirs.fileno()),
            str(self.folder),
            *self.only,
        ]
        root = str(self.folder.resolve().parent)  # the references lie beside the assignments
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env={**kept, **_ONE_THREAD, "PYTHONPATH": root, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        )
        theirs.close()
        ours.settimeout(START_SECONDS)
        link = Link(ours)
        try:
            link.receive()
        except (EOFError, TimeoutError) as error:
            self._stop()
            raise JudgesUnavailable(f"The warm parent of the judges did not start ({error}).") from error
        ours.settimeout(None)
        return link

    def _stop(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


class _Service:
    """Serves one judge: lends it sandboxes, passes its events on, takes its report."""

    def __init__(self, link: Link, source: SandboxSource, on_event: OnEvent, close: Closer, deadline: float) -> None:
        self.link = link
        self.source = source
        self.on_event = on_event
        self.close = close
        self.deadline = deadline
        self.sandbox: Sandbox | None = None
        self.pid: int | None = None

    def run(self) -> Report:
        try:
            while True:
                self.link.connection.settimeout(max(0.01, self.deadline - time.monotonic()))
                message, _ = self.link.receive()
                report = self._serve(message)
                if report is not None:
                    return report
        except (EOFError, BrokenPipeError, ConnectionResetError) as error:
            raise OurFault("The judge ended without a report.") from error
        except TimeoutError as error:
            raise OurFault("The judge took longer than the assignment's limits allow.") from error
        finally:
            self._end()

    def _serve(self, message: dict[str, Any]) -> Report | None:
        match message:
            case {"pid": int() as pid}:
                self.pid = pid
            case {"ask": "sandbox"}:
                self._lend()
            case {"ask": "close"}:
                self.link.send({"death": asdict(self.sandbox.close()) if self.sandbox else {}})
                self.sandbox = None
            case {"ask": "processor"}:
                tell_processor_seconds(self.link, self.sandbox)
            case {"event": str()}:
                self.on_event(message)
            case {"report": data}:
                self.pid = None  # it ends by itself
                return from_json(data)
            case {"fault": "assignment", "text": str() as text}:
                raise AssignmentFault(text)
            case {"fault": _, "text": str() as text}:
                raise OurFault(text)
        return None

    def _lend(self) -> None:
        try:
            self.sandbox = self.source.acquire()
        except SandboxUnavailable as error:
            self.link.send({"unavailable": str(error)})
            return
        lend(self.link, self.sandbox)

    def _end(self) -> None:
        if self.pid is not None:  # before its link closes, or it complains of that
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self.link.close()
        if self.sandbox is not None:
            self.close(self.sandbox)


def _close(sandbox: Sandbox) -> None:
    sandbox.close()


def folder_state(folder: Path, only: Sequence[str] = ()) -> str:
    """A text that changes when a file of the assignments or the references does (names, sizes, times)."""
    marks: list[str] = []
    for root in (*([folder / name for name in only] or [folder]), folder.parent / "reference"):
        for place, folders, files in os.walk(root):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(files):
                status = os.stat(os.path.join(place, name))
                marks.append(f"{place}/{name} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(marks)
