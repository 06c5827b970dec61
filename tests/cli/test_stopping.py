"""A check that is stopped ends at once, and with it the agent, what the student's code has started, and the folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.harness import suites
from tests.processes import command_of, descendants, living
from tests.waiting import until

GRADER = str(Path(sys.executable).parent / "grader")
LOOPS = """
def kmeans(X, start, max_iter=300):
    import subprocess
    subprocess.Popen(["sleep", "1000"])
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
"""
STUBBORN = """
import time
from pathlib import Path

def test_waits(submission):
    submission.f()
    Path({mark!r}).touch()
    while True:
        try:
            time.sleep(60)
        except BaseException:
            pass
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: what is made below it is the address of a socket."""
    made = Path(tempfile.mkdtemp(prefix="t-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


class Terminal:
    """A check in a terminal of its own, as the leader of that terminal's session."""

    def __init__(self, folder: Path, *arguments: str, **variables: str) -> None:
        self.folder = folder
        self.master, slave = os.openpty()
        self.process = subprocess.Popen(
            [GRADER, "check", *arguments], stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            env={**os.environ, "TMPDIR": str(folder), "LC_ALL": "C.UTF-8", "TERM": "xterm", **variables},
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(slave)

    def started(self, last: Callable[[], bool]) -> list[int]:
        """What it has started, once the last of it is there."""
        until(lambda: last() or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()
        return descendants(self.process.pid)

    def said(self) -> str:
        """What stands in the terminal when nothing more can come."""
        parts = []
        with contextlib.suppress(OSError):  # this is how a terminal says that nobody else has it open
            while part := os.read(self.master, 4096):
                parts.append(part)
        return b"".join(parts).decode(errors="replace")

    def has_left_nothing(self, processes: list[int]) -> None:
        until(lambda: not living(processes))
        assert [path.name for path in self.folder.glob("grader-*") if "parsers" not in path.name] == []


def press_ctrl_c(terminal: Terminal) -> None:
    os.write(terminal.master, b"\x03")


def close(terminal: Terminal) -> None:
    os.close(terminal.master)


def tell(terminal: Terminal) -> None:
    terminal.process.send_signal(signal.SIGTERM)


ENDS = [(press_ctrl_c, signal.SIGINT), (close, signal.SIGHUP), (tell, signal.SIGTERM)]


@pytest.mark.parametrize(("end", "number"), ENDS, ids=["ctrl-c", "closed", "told"])
def test_while_the_students_code_runs(folder, end, number):
    (folder / "mine.py").write_text(LOOPS)
    terminal = Terminal(folder, "clustering/kmeans", str(folder / "mine.py"))
    below = terminal.process.pid
    processes = terminal.started(lambda: any("sleep 1000" in command_of(pid) for pid in descendants(below)))
    assert any("grader.harness.agent" in command_of(pid) for pid in processes)
    end(terminal)
    assert terminal.process.wait(timeout=30) == 128 + number
    terminal.has_left_nothing(processes)
    if end is not close:
        said = terminal.said()
        assert said.rstrip().endswith("Stopped.")
        assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")  # the cursor is to be seen again
        assert "Traceback" not in said


@pytest.mark.parametrize(("end", "number"), ENDS[1:], ids=["closed", "told"])
def test_while_the_judge_is_busy_and_takes_no_exception(folder, end, number):
    mark = folder / "mark"
    written = suites.write(folder, STUBBORN.format(mark=str(mark)))
    (folder / "mine.py").write_text("def f(): return 1\n")
    terminal = Terminal(folder, suites.NAME, str(folder / "mine.py"), GRADER_ASSIGNMENTS=str(written))
    processes = terminal.started(mark.exists)
    assert processes
    end(terminal)
    assert terminal.process.wait(timeout=30) == 128 + number
    terminal.has_left_nothing(processes)


def test_killed_outright_it_takes_its_agent_along(folder):
    mark = folder / "mark"
    (folder / "mine.py").write_text(LOOPS.replace('subprocess.Popen(["sleep", "1000"])', f"open({str(mark)!r}, 'w')"))
    terminal = Terminal(folder, "clustering/kmeans", str(folder / "mine.py"))
    processes = terminal.started(mark.exists)
    terminal.process.kill()
    until(lambda: not living(processes))
    os.close(terminal.master)


def test_who_has_a_signal_ignored_keeps_it_ignored(folder):
    """As under ``nohup``: a terminal that is closed ends nothing."""
    program = """
import os, signal
signal.signal(signal.SIGHUP, signal.SIG_IGN)
from grader.cli.stopping import unwinding
with unwinding():
    os.kill(os.getpid(), signal.SIGHUP)
    print("goes on")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "goes on\n", done.stderr
