"""Judges on demand: keeps the warm parent running, and has it fork judges for whoever supervises them.

The caller gives a `SandboxSource`; the judge gets connections, never the source. Needs `fork`: on a machine
without it a judge runs in this process instead (`HereAndNow` in `grader.harness.grading`).
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from grader.core.assignment import RECORD, Assignment, load, names
from grader.core.catalogue import REFERENCES
from grader.core.editions import reference_sha256, suite_sha256
from grader.core.errors import AssignmentFault, JudgesUnavailable
from grader.core.report import Report
from grader.harness.assembly import Assembly, OnEvent
from grader.harness.deadlines import STRETCH
from grader.harness.judge import Order, Part
from grader.harness.links import Link
from grader.harness.nursery import order_message
from grader.harness.reference import reference_submission
from grader.harness.sandbox import Sandbox, SandboxSource
from grader.harness.supervisor import Closer, Supervisor

START_SECONDS = 120.0
PATIENCE = 2 * STRETCH  # times an assignment's total: for calls that stretch, and as much for what lies between, and
GRACE_SECONDS = 90.0  # more: after that it is the machine that does not go on
MOST_CONTROLS = 10_000  # results of the reference that are remembered
_KEPT_VARIABLES = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT", "LD_LIBRARY_PATH")
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")


class Zygote:
    """The warm parent for the assignments of a folder, or for some of them. `grade` may be called from several threads.

    The parent is started again when the folder's files have changed or when it has died. ``confine`` is called with
    the number of its process, before any judge is forked: a worker puts it into a control group.
    """

    def __init__(
        self, folder: Path, only: Sequence[str] = (), *, confine: Callable[[int], None] = lambda pid: None
    ) -> None:
        self.folder = folder
        self.only = only
        self._confine = confine
        self._controls: dict[tuple[str, ...], str] = {}  # suite, reference, seed, test -> what the reference did wrong
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._link: Link | None = None
        self._state = ""
        self._packages: frozenset[str] = frozenset()  # of the references, when the parent was started

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
        """Have judges forked, and serve them until there is a report.

        ``close`` ends a sandbox after its judge has ended (default: at once), so that a caller can
        store the result first. Whatever ``on_event`` raises ends the judge and is raised here.
        Raises AssignmentFault where the reference fails too, or OurFault when a machine or a sandbox failed.
        """
        assignment = load(order.assignment, self.folder)
        supervisor = self._supervisor(order, assignment, source, on_event, close or _close)
        return supervisor.run(lambda assembly: self._control(assembly, assignment, source))

    def _supervisor(
        self, order: Order, assignment: Assignment, source: SandboxSource, on_event: OnEvent, close: Closer
    ) -> Supervisor:
        patience = PATIENCE * assignment.limits.total_seconds + GRACE_SECONDS
        return Supervisor(order, self._fork, source, on_event, close=close, patience=patience)

    def _fork(self, order: Order) -> Link:
        """The link to a judge of this order."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            link = self._ensure()
            link.send(order_message(order), [theirs])
        return Link(ours)

    def _control(self, assembly: Assembly, assignment: Assignment, source: SandboxSource) -> dict[str, str] | None:
        """Suspected test -> what goes wrong in it with the reference, from the same seed; nothing where all is well.

        Asked once for a suite, a reference, a seed and a test. None: without a reference there is nobody to ask.
        """
        reference = reference_submission(assignment, self.folder.parent)
        if reference is None:
            return None
        edition = suite_sha256(assignment), reference_sha256(assignment), assembly.order.seed
        unknown = [test for test in assembly.suspects if (*edition, test) not in self._controls]
        if unknown:
            part = Part(assembly.with_needed(unknown))
            order = Order(assignment.name, reference, assembly.order.suite, assembly.order.seed, part=part)
            control = self._supervisor(order, assignment, source, lambda event: None, _close).run_control()
            if len(self._controls) > MOST_CONTROLS:
                self._controls.clear()
            for test in unknown:
                self._controls[*edition, test] = _trouble(control, test)
        return {test: self._controls.get((*edition, test), "") for test in assembly.suspects}

    def close(self) -> None:
        """End the warm parent and its judges."""
        with self._lock:
            self._stop()

    def _ensure(self) -> Link:
        alive = self._process is not None and self._process.poll() is None
        if not alive or self._link is None or folder_state(self.folder, self._packages, self.only) != self._state:
            self._stop()
            self._packages = reference_packages(self.folder)
            self._state = folder_state(self.folder, self._packages, self.only)
            self._link = self._launch()
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
        self._confine(self._process.pid)
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


def _close(sandbox: Sandbox) -> None:
    sandbox.close()


def _trouble(assembly: Assembly, test: str) -> str:
    """What the reference did wrong in a test, or in one that it needs; empty where it passed."""
    result = assembly.result(test)
    if result is None:
        return "it did not run"
    return "" if result.passed else f"{result.verdict} {result.message}".strip()


def reference_packages(folder: Path) -> frozenset[str]:
    """The packages beside this folder of assignments that have their references."""
    packages = {REFERENCES}
    for name in names(folder):
        with suppress(AssignmentFault):  # whoever asks for it is told
            targets = load(name, folder).required.values()
            packages |= {target.partition(":")[0].partition(".")[0] for target in targets}
    return frozenset(packages)


def folder_state(folder: Path, packages: Iterable[str], only: Sequence[str] = ()) -> str:
    """A text that changes when a file of the assignments or the references does (names, sizes, times).

    Records of proofs are left out: no judge reads them, and they are written while judges live.
    """
    marks: list[str] = []
    references = [folder.parent / package for package in sorted(packages)]
    for root in (*([folder / name for name in only] or [folder]), *references):
        for place, folders, files in os.walk(root):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(set(files) - {RECORD}):
                status = os.stat(os.path.join(place, name))
                marks.append(f"{place}/{name} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(marks)
