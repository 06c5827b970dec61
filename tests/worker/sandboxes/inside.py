"""A sandbox with `program.py` in it, and what can be seen of a sandbox from outside."""

from __future__ import annotations

import os
import socket
import struct
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from grader.core.submission import Submission
from grader.harness.sandbox import Sandbox, Sandboxes
from grader.harness.session import SandboxFailure, Session

PROGRAM = Path(__file__).with_name("program.py").read_bytes()


class Inside:
    """Its functions as a remote module; ended at the end of the block."""

    def __init__(self, sandboxes: Sandboxes, environment: str = "numpy", seconds: float = 30.0) -> None:
        self.sandbox = sandboxes.start(environment)
        self.session = Session(self.sandbox)
        self.session.call_seconds = seconds
        self.module, _ = self.session.load(Submission("inside.py", {"inside.py": PROGRAM}), None)

    def __enter__(self) -> Any:
        return self.module

    def __exit__(self, *exception: object) -> None:
        self.session.close()


def failure(inside: Any, call: str, *arguments: Any) -> SandboxFailure:
    """How the sandbox ended in this call."""
    with pytest.raises(SandboxFailure) as caught:
        getattr(inside, call)(*arguments)
    return caught.value


def agent_of(sandbox: Sandbox) -> int:
    """The process of the agent, as it is numbered here."""
    size = struct.calcsize("3i")
    process, _, _ = struct.unpack("3i", sandbox.wire.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
    return int(process)


class Namespace:
    """The process namespace of a living sandbox. While this is kept, the kernel gives its number to no later one."""

    def __init__(self, sandbox: Sandbox) -> None:
        held = os.open(f"/proc/{agent_of(sandbox)}/ns/pid", os.O_RDONLY)
        weakref.finalize(self, os.close, held)
        self._name = os.readlink(f"/proc/self/fd/{held}")

    def processes(self) -> list[int]:
        """All processes of this machine in it, but for those that are dead and wait to be taken note of."""
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                dead = (place / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
                if os.readlink(place / "ns/pid") == self._name and not dead:
                    found.append(int(place.name))
        return found
