"""The `process` sandbox: a plain child process. No isolation at all.

It is for a student's check on the student's own machine, where the code is their own. A server never uses
it. It works wherever Python does: over a Unix socket, or over the loopback interface where there is none.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from typing import Protocol

from grader.core.errors import SandboxUnavailable
from grader.harness.agent.data import loosen
from grader.harness.orphans import tied
from grader.harness.rendezvous import Rendezvous
from grader.harness.sandbox import Death, Hello
from grader.harness.usage import Family, Usage

_THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")
# Isolated but for PYTHONHASHSEED, which -I would ignore: sets of texts have the same order here as on the server.
PYTHON_FLAGS = ["-s", "-P", "-B", "-X", "utf8"]


class Child(Protocol):
    """What is asked of the agent's process; a `Popen` is one."""

    pid: int

    def poll(self) -> int | None: ...

    def kill(self) -> None: ...

    def wait(self, timeout: float) -> int: ...


class ProcessSandbox:
    """A child process that runs the agent with this interpreter; ``folder`` holds what it writes."""

    kind = "process"
    image = "this machine's Python"

    def __init__(self, child: Child, folder: str, wire: socket.socket, output: socket.socket, hello: Hello) -> None:
        self.child = child
        self.folder = folder
        self.wire = wire
        self.output = output
        self.hello = hello
        self._family = Family(child.pid)
        self._death: Death | None = None

    def usage(self) -> Usage:
        """As `usage.Family` tells it."""
        return self._family.usage()

    def close(self) -> Death:
        if self._death is None:
            self.wire.close()
            self.output.close()
            ended = self.child.poll()
            end(self.child, self.folder)
            self._death = Death(exit_code=ended)
        return self._death


class ProcessSandboxes:
    """Starts agents as child processes."""

    kind = "process"

    def __init__(self) -> None:
        self._started: list[tuple[Child, str]] = []

    def problems(self, environment: str) -> list[str]:
        needed = {"sklearn": "sklearn", "torch": "torch"}.get(environment, "numpy")
        return [] if find_spec(needed) else [f"{needed} is not installed here: pip install 'grader[science]'"]

    def start(self, environment: str) -> ProcessSandbox:
        if problems := self.problems(environment):
            raise SandboxUnavailable("; ".join(problems))
        folder = tempfile.mkdtemp(prefix="grader-")
        meeting = Rendezvous(os.path.join(folder, "agent.sock") if hasattr(socket, "AF_UNIX") else None)
        command = [sys.executable, *PYTHON_FLAGS, "-m", "grader.harness.agent"]
        child = subprocess.Popen(
            [*command, "--connect", meeting.address, "--environment", environment],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**agent_variables(), "TMPDIR": folder, "TEMP": folder},
            start_new_session=True,
            preexec_fn=tied(),  # noqa: PLW1509 - one system call, which takes no lock
        )
        self._started = [(one, place) for one, place in self._started if one.poll() is None] + [(child, folder)]
        try:
            return ProcessSandbox(child, folder, *meeting.accept())
        except SandboxUnavailable as error:
            end(child, folder)
            said = child.stderr.read().decode(errors="replace").strip() if child.stderr else ""
            raise SandboxUnavailable(f"{error} {said.splitlines()[-1] if said else ''}".strip()) from error

    def reap(self) -> int:
        return 0  # a child ends with its connection

    def end_all(self) -> None:
        """End those that still run, also those that have not said hello yet."""
        for child, folder in self._started:
            if child.poll() is None:
                end(child, folder)


def agent_variables() -> dict[str, str]:
    """The environment of an agent: one thread, no window, and of Python's own settings the servers' alone."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("PYTHON")}
    return {**kept, **_THREADS, "MPLBACKEND": "Agg", "PYTHONHASHSEED": "0"}


def end(child: Child, folder: str) -> None:
    """Kill the child and what its code has started, and its folder with it."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):  # it leads a group of its own
            os.killpg(child.pid, signal.SIGKILL)
    child.kill()
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=5)
    with suppress(OSError):  # what has just been started there may write still
        loosen(folder)
    shutil.rmtree(folder, ignore_errors=True)
