"""Programs that read what may be hostile: as many at once as there are processors, each with limits of its own.

An archive's directory, a notebook's JSON, a module's syntax: each is read by a child process, which runs nothing of
what it reads. All children of one upload share one allowance of processor time, so that a hundred files take no longer
than one. Places are kept on the machine, not in a process: several web processes have them together.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from grader.core.errors import OurFault
from grader.harness.bounds import DEFAULT

try:
    import fcntl
    import resource
except ImportError:  # Windows: a student's own machine, where nobody else waits for a place
    fcntl = resource = None  # type: ignore[assignment]

_LOOK_SECONDS = 0.02
_OUT_OF_TIME = {-int(getattr(signal, "SIGXCPU", 256))}
_TURNS = 256  # locks for persons; two who share one wait for each other


class NoPlace(OurFault):
    """Every place was taken for as long as anybody may wait: nothing was read, and nothing counts."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            "The server is reading many uploads just now. Nothing was counted: try again in a moment.",
            ru="Сервер сейчас читает много загрузок. Ничего не засчитано: попробуйте ещё раз через минуту.",
        )
        self.retry_after = max(1, round(seconds))


class CannotStart(OurFault):
    """A child could not be started, for want of memory or of processes: not what was to be read is to blame."""


@dataclass
class Allowance:
    """The processor seconds that are left to the children of one upload, and what they have used."""

    left: float = DEFAULT.parse_seconds
    used: float = 0.0

    def take(self, seconds: float) -> None:
        self.used += seconds
        self.left = max(0.0, self.left - seconds)


@dataclass(frozen=True)
class Said:
    """What a child gave out, and how it ended: by itself, or at the limit of its time."""

    output: bytes
    code: int
    in_time: bool

    @property
    def lines(self) -> list[bytes]:
        """Its whole lines: one that it was ended in does not count."""
        return self.output.split(b"\n")[:-1]


_ALLOWANCE: ContextVar[Allowance | None] = ContextVar("allowance", default=None)


@contextlib.contextmanager
def allowance() -> Iterator[Allowance]:
    """All children that are run in this block share one allowance; a block within another has the outer one's."""
    outer = _ALLOWANCE.get()
    if outer is not None:
        yield outer
        return
    made = Allowance()
    token = _ALLOWANCE.set(made)
    try:
        yield made
    finally:
        _ALLOWANCE.reset(token)


@contextlib.contextmanager
def place(person: str = "", *, patience: float | None = None) -> Iterator[Allowance]:
    """One of the machine's places for readers, and an allowance with it. Raises NoPlace.

    A ``person`` has one at a time, so that nobody takes all places at once.
    """
    until = time.monotonic() + (DEFAULT.place_seconds if patience is None else patience)
    with contextlib.ExitStack() as held:
        if fcntl is not None:
            folder = _folder()
            if person:
                turn = hashlib.sha256(person.encode()).digest()[0] % _TURNS
                held.enter_context(_lock([folder / f"person-{turn}"], until))
            held.enter_context(_lock([folder / f"place-{number}" for number in range(places())], until))
        yield held.enter_context(allowance())


def places() -> int:
    """How many readers there may be at once: as many as processors."""
    return os.cpu_count() or 1


def run(command: Sequence[str], given: bytes) -> Said:
    """What the program says of what it is given, within what is left of the allowance. Raises CannotStart.

    Memory, output and processor time are bounded from outside; time by the clock too, more generously, since on a busy
    machine everybody is slow.
    """
    with allowance() as mine, tempfile.TemporaryFile() as inputs, tempfile.TemporaryFile() as outputs:
        if mine.left <= 0:
            return Said(b"", 1, in_time=False)
        inputs.write(given)
        inputs.seek(0)
        try:
            child = subprocess.Popen(command, stdin=inputs, stdout=outputs, stderr=subprocess.DEVNULL, cwd=os.sep)
        except OSError as error:
            raise CannotStart(f"A reader of uploads could not be started ({error.strerror}).") from error
        try:
            _limit(child.pid, mine.left)
            in_time = _wait(child, mine)
        except BaseException:  # such as Ctrl-C: nobody waits for it any more
            child.kill()
            raise
        outputs.seek(0)
        output = outputs.read(DEFAULT.parse_output_bytes)
    return Said(output, child.returncode, in_time)


def _limit(pid: int, seconds: float) -> None:
    """Bounds on a child that has just begun; where they cannot be set from outside, those that it sets itself hold."""
    if not hasattr(resource, "prlimit"):
        return
    whole = max(1, round(seconds))
    with contextlib.suppress(OSError):  # it has ended already
        resource.prlimit(pid, resource.RLIMIT_AS, (DEFAULT.parse_bytes, DEFAULT.parse_bytes))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (DEFAULT.parse_output_bytes, DEFAULT.parse_output_bytes))
        resource.prlimit(pid, resource.RLIMIT_CPU, (whole, whole + 1))


def _wait(child: subprocess.Popen[bytes], mine: Allowance) -> bool:
    """Wait for its end, and take what it used from the allowance; whether it ended in time."""
    began, pause = time.monotonic(), 0.001
    late = False
    while True:
        ended, seconds = _ended(child)
        if ended:
            break
        if not late and time.monotonic() - began > mine.left * DEFAULT.parse_patience:
            late = True
            child.kill()
        time.sleep(pause)
        pause = min(2 * pause, _LOOK_SECONDS)
    in_time = not late and child.returncode not in _OUT_OF_TIME
    used = seconds if seconds is not None else time.monotonic() - began
    mine.take(used if in_time else max(used, mine.left))
    return in_time


def _ended(child: subprocess.Popen[bytes]) -> tuple[bool, float | None]:
    """Whether it has ended, and the processor seconds that it used, where the system tells them."""
    if resource is None or not hasattr(os, "wait4"):  # what the latter tells is of the former's types
        return child.poll() is not None, None
    try:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
    except ChildProcessError:  # in a judge the system waits for children: how they ended is not told
        child.returncode = 0
        return True, None
    if pid == 0:
        return False, None
    child.returncode = os.waitstatus_to_exitcode(status)
    return True, usage.ru_utime + usage.ru_stime


def _folder() -> Path:
    """Where the locks are: a folder of this user's alone, whoever else can write to the temporary folder."""
    folder = Path(tempfile.gettempdir()) / f"grader-parsers-{os.getuid()}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
        raise CannotStart(f"{folder} is not a folder of ours: remove it.")
    return folder


@contextlib.contextmanager
def _lock(paths: Sequence[Path], until: float) -> Iterator[None]:
    """Hold one of these files' locks. The kernel gives a lock back when its holder ends, however it ends."""
    files = [os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) for path in paths]
    try:
        while not any(_try(file) for file in files):
            if time.monotonic() >= until:
                raise NoPlace(DEFAULT.parse_seconds)
            time.sleep(_LOOK_SECONDS)
        yield
    finally:
        for file in files:
            os.close(file)


def _try(file: int) -> bool:
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
