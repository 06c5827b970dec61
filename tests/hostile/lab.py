"""Where attacks are let loose: the real judge over real sandboxes; what went in and what stayed behind is noted."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import docker
from docker.errors import DockerException

from grader.core.assignment import Assignment, load
from grader.core.errors import BadInput
from grader.core.report import Report
from grader.core.submission import Submission
from grader.harness.grading import Judges
from grader.harness.intake import accept
from grader.harness.judge import Order
from grader.harness.sandbox import Death, Sandbox, Sandboxes
from grader.harness.usage import Usage
from grader.harness.zygote import Zygote
from tests.hostile.attacks import FOLDER, HONEST, Attack
from tests.processes import descendants
from tests.worker.sandboxes.inside import Namespace
from worker.sandboxes.bubblewrap import BubblewrapSandboxes
from worker.sandboxes.docker import DockerSandboxes, Settings
from worker.spares import Spares

ASSIGNMENTS = FOLDER / "assignments"
TARGET = "hostile/target"
SEED = "1"
_CHUNK = 1 << 20


@dataclass
class Watched:
    """A sandbox through whose wire everything is copied, so that what goes in can be looked at afterwards."""

    real: Sandbox
    sent: bytearray = field(default_factory=bytearray)
    teardown_seconds: float = 0.0
    namespace: Namespace | None = None
    told: list[tuple[Usage, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.kind, self.image = self.real.kind, self.real.image
        self.hello, self.output = self.real.hello, self.real.output
        self.folder = Path(self.real.wire.getsockname()).parent
        with suppress(OSError):  # of gVisor's there are none that could be seen from here
            self.namespace = Namespace(self.real)
        self._ours, self.wire = socket.socketpair()
        self.real.wire.setblocking(True)
        for source, target, seen in ((self._ours, self.real.wire, self.sent), (self.real.wire, self._ours, None)):
            threading.Thread(target=_copy, args=(source, target, seen), daemon=True).start()

    def usage(self) -> Usage:
        usage = self.real.usage()
        self.told.append((usage, _machine_seconds()))
        return usage

    def believed(self) -> tuple[float, float]:
        """Seconds that were taken to be lost to others; and what others had of processors meanwhile."""
        if not self.told:
            return 0.0, 0.0
        (first, before), (last, now) = self.told[0], self.told[-1]
        used = last - first
        return used.lost, now - before - used.processor

    def forget(self) -> None:
        """Let its namespace's name go."""
        self.namespace = None

    def close(self) -> Death:
        began = time.monotonic()
        death = self.real.close()
        self.teardown_seconds = max(self.teardown_seconds, time.monotonic() - began)
        for end in (self._ours, self.wire):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        return death


def _copy(source: socket.socket, target: socket.socket, seen: bytearray | None) -> None:
    """Until one of the two ends is closed."""
    with suppress(OSError, ValueError):
        while chunk := source.recv(_CHUNK):
            if seen is not None:
                seen += chunk
            target.sendall(chunk)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@dataclass
class Outcome:
    """What came of one upload: a report, or why it was rejected; the sandboxes it had; what the judge needed for it."""

    report: Report | None
    rejected: str = ""
    sandboxes: list[Watched] = field(default_factory=list)
    judge_bytes: int = 0
    judge_seconds: float = 0.0

    @property
    def verdict(self) -> str:
        """The one verdict of all tests that did not pass; `passed` when there is none of them."""
        if self.report is None:
            return "rejected"
        found = {str(test.verdict) for test in self.report.tests if not test.passed} - {"skipped"}
        return " and ".join(sorted(found)) or "passed"

    def told(self) -> object:
        """What there is to say of a verdict that was not expected."""
        if self.report is None:
            return self.rejected
        return [(test.name, str(test.verdict), test.message) for test in self.report.tests], self.report.import_fault


class Lab:
    """Warm sandboxes of one kind, and warm judges of the target, or of the assignments ``names`` in ``folder``."""

    def __init__(
        self, kind: str, root: Path, judges: Judges, *, folder: Path = ASSIGNMENTS, names: Sequence[str] = (TARGET,)
    ) -> None:
        self.kind = kind
        self.sandboxes = sandboxes_of(kind, root)
        self.root = root
        self.judges = judges
        self.assignments: dict[str, Assignment] = {name: load(name, folder) for name in names}
        self.spares = Spares(self.sandboxes, {one.environment for one in self.assignments.values()}, 2)
        self.spares.start()

    def close(self) -> None:
        self.spares.close()

    def run(self, attack: Attack) -> Outcome:
        """Upload it, and have it graded if it is taken in."""
        return self.upload(*attack.upload())

    def upload(self, file: str, content: bytes, assignment: str = TARGET, seed: str = SEED) -> Outcome:
        """Have a file graded, if it is taken in."""
        try:
            submission = accept(file, content, self.assignments[assignment])
        except BadInput as refusal:
            return Outcome(None, f"{refusal}\n{refusal.told('ru')}")
        return self.grade(submission, assignment, seed)

    def honest(self) -> Outcome:
        return self.grade(Submission("honest.py", {"honest.py": HONEST}))

    def grade(self, submission: Submission, assignment: str = TARGET, seed: str = SEED) -> Outcome:
        """By the same way that a worker goes: a judge forked from the warm parent, over spares."""
        outcome = Outcome(None)
        environment = self.assignments[assignment].environment

        class Source:
            @staticmethod
            def acquire() -> Sandbox:
                outcome.sandboxes.append(Watched(self.spares.acquire(environment)))
                return outcome.sandboxes[-1]

        with self._watch_judges(outcome):
            outcome.report = self.judges.grade(Order(assignment, submission, "hidden", seed), Source())
        return outcome

    @contextmanager
    def _watch_judges(self, outcome: Outcome) -> Iterator[None]:
        """Note how much memory judges take over what they have from their parent, and how much of a processor."""
        if not isinstance(self.judges, Zygote):
            yield
            return
        self.judges.start()
        assert self.judges._process is not None
        parent, done = self.judges._process.pid, threading.Event()
        base = _resident(parent)

        def watch() -> None:
            while not done.wait(0.05):
                for child in descendants(parent):
                    outcome.judge_bytes = max(outcome.judge_bytes, _resident(child) - base)
                    outcome.judge_seconds = max(outcome.judge_seconds, _processor_seconds(child))

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


def _machine_seconds() -> float:
    """What this machine's processors have done, for whomever; a host's other machines are among them."""
    user, nice, system, _, _, *rest = map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9])
    return (user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> int:
    """The most memory that a process has had; 0 when it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def _processor_seconds(pid: int) -> float:
    """What a process has used of processors; 0 when it is gone."""
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def sandboxes_of(kind: str, root: Path) -> Sandboxes:
    """The sandboxes of a server, with their sockets in ``root``."""
    if kind == "bubblewrap":
        return BubblewrapSandboxes(root)
    return DockerSandboxes(Settings(sockets=root, runtime="runsc" if kind == "gvisor" else None))


def has_gvisor() -> bool:
    """Whether the engine knows the runtime ``runsc``."""
    with suppress(DockerException, OSError):
        return "runsc" in docker.from_env(timeout=5).info()["Runtimes"]
    return False


@contextmanager
def lab(kind: str, folder: Path = ASSIGNMENTS, names: Sequence[str] = (TARGET,)) -> Iterator[Lab]:
    """A laboratory for the time of the block, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="grader-lab-") as place, closing(Zygote(folder, names)) as zygote:
        root = Path(place) / "sockets"
        with closing(Lab(kind, root, zygote, folder=folder, names=names)) as opened:
            yield opened
