"""`process` sandboxes for a proof, which needs hundreds of them: forked from a warm parent, not started one by one.

``python -s -P -m grader.harness.forked FD ENVIRONMENT`` is that parent: it imports what the environment has, once, and
then forks an agent for each order. It needs `fork`, and a machine whose code is all its owner's, as `process` does.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from typing import Any

from grader.core.errors import SandboxUnavailable
from grader.harness.agent.__main__ import connect, load, serve, take_over_output
from grader.harness.links import Link
from grader.harness.orphans import die_with_parent, tied
from grader.harness.process import PYTHON_FLAGS, ProcessSandbox, agent_variables
from grader.harness.rendezvous import Rendezvous

_LOOK_SECONDS = 0.01  # between looks at whether a killed agent has ended


class ForkedSandboxes:
    """Sandboxes of one environment. May be used from several threads."""

    def __init__(self, environment: str) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, *PYTHON_FLAGS, "-m", "grader.harness.forked"]
        self._parent = subprocess.Popen(
            [*command, str(theirs.fileno()), environment],
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env=agent_variables(),
            start_new_session=True,
            preexec_fn=tied(),  # noqa: PLW1509 - one system call, which takes no lock
        )
        theirs.close()
        self._link = Link(ours)
        self._lock = threading.Lock()

    def start(self) -> ProcessSandbox:
        """A fresh sandbox that has said hello. Raises SandboxUnavailable."""
        folder = tempfile.mkdtemp(prefix="grader-")
        child: ForkedAgent | None = None
        try:
            with closing(Rendezvous(os.path.join(folder, "agent.sock"))) as meeting:
                child = ForkedAgent(self, self.ask({"fork": meeting.address, "folder": folder}))
                return ProcessSandbox(child, folder, *meeting.accept(ended=child.has_ended))
        except SandboxUnavailable:
            if child is not None:
                child.kill()
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def ask(self, order: dict[str, Any]) -> Any:
        """What the warm parent answers. Raises SandboxUnavailable when it has ended."""
        try:
            with self._lock:
                self._link.send(order)
                answer, _ = self._link.receive()
                return answer["told"]
        except (EOFError, OSError) as error:
            raise SandboxUnavailable("The warm parent of the agents has ended.") from error

    def close(self) -> None:
        """End the warm parent; its agents end with their connections."""
        self._link.close()
        self._parent.kill()
        self._parent.wait()


class ForkedAgent:
    """One agent, as if it were a child of this process."""

    def __init__(self, parent: ForkedSandboxes, pid: int) -> None:
        self._parent = parent
        self.pid = pid
        self._code: int | None = None
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        """Its exit code, minus a signal's number; None while it runs."""
        with self._lock:  # whoever is waited for can be asked for once
            if self._code is None:
                self._code = self._parent.ask({"poll": self.pid})
            return self._code

    def has_ended(self) -> bool:
        return self.poll() is not None

    def kill(self) -> None:
        """Without asking the parent, which may be gone; one that has ended is its zombie until it was asked for."""
        if self._code is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout: float) -> int:
        end = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(f"agent {self.pid}", timeout)
            time.sleep(_LOOK_SECONDS)
        return code


def main() -> None:
    link, environment = Link(socket.socket(fileno=int(sys.argv[1]))), sys.argv[2]
    versions = load(environment)
    while True:
        try:
            order, _ = link.receive()
        except EOFError:
            return
        if "poll" in order:
            pid, status = os.waitpid(order["poll"], os.WNOHANG)
            link.send({"told": os.waitstatus_to_exitcode(status) if pid else None})
        elif (pid := os.fork()) == 0:
            link.close()
            _become_agent(order["fork"], order["folder"], versions)
            os._exit(0)
        else:
            link.send({"told": pid})


def _become_agent(address: str, folder: str, versions: dict[str, Any]) -> None:
    """Be as one that was started by itself."""
    os.setsid()
    die_with_parent()
    os.environ |= {"TMPDIR": folder, "TEMP": folder}
    tempfile.tempdir = None
    random.seed()
    for library in ("numpy.random", "torch.random"):
        if library in sys.modules:
            sys.modules[library].seed()
    wire, output = connect(address), connect(address)
    take_over_output(output)
    serve(wire, versions)


if __name__ == "__main__":
    main()
