"""What a sandbox is to the rest of the grader: two byte streams, a cause of death, and nothing else.

Every kind of sandbox works the same way: the host listens on a socket, the agent inside connects to it
twice (first the wire, then what the student's code prints), warms up and says hello. Kinds are found
through the entry-point group ``grader.sandboxes``, so nothing here knows Docker.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import Literal, Protocol, runtime_checkable

from grader.core.errors import BadInput
from grader.harness.usage import Usage

GROUP = "grader.sandboxes"
Oom = Literal["", "limit", "machine", "either"]
_SIGNALLED = (None, -9, -15, 128 + 9, 128 + 15)  # as Python tells it, and as a shell, bwrap and Docker do


@dataclass(frozen=True)
class Death:
    """Why a sandbox ended, as told from outside: its own exit, memory, or our hand.

    ``oom`` tells of processes that were killed for memory: since the sandbox's own limit was reached, since the
    machine's memory ran out, or nobody can tell which. ``exit_code`` is explanation only, since a student can
    produce any.
    """

    oom: Oom = ""
    exit_code: int | None = None
    detail: str = ""

    @property
    def memory(self) -> bool:
        """Whether it took more memory than it may, as far as anybody can tell."""
        return self.oom in ("limit", "either")

    @property
    def doubtful(self) -> bool:
        """Whether somebody outside may have ended it: by a signal, for memory, or so that nobody can tell how.

        A student's code can look like that too; then it will again, in another sandbox.
        """
        return self.oom == "either" or (not self.oom and self.exit_code in _SIGNALLED)


@dataclass(frozen=True)
class Hello:
    """What the agent said when it was ready: trusted, because no student's code had run there yet."""

    protocol: int
    agent: str  # hash of the agent's own code
    versions: Mapping[str, str] = field(default_factory=dict)


@runtime_checkable
class Sandbox(Protocol):
    """One sandbox, warm, for one submission."""

    kind: str
    image: str  # digest of the image, or a word for the host's own Python
    hello: Hello
    wire: socket.socket
    output: socket.socket

    def usage(self) -> Usage:
        """What everything in it has used of processors and lost to others so far, as the kernel counts it from outside.

        Raises ProcessLookupError when it has ended, SandboxUnavailable when whoever
        runs it does not answer in time.
        """

    def close(self) -> Death:
        """End it and tell why it ended. In this order, each step bounded: close the streams, kill, wait,
        inspect, remove. Safe to call twice; the second call returns the same Death.
        """


class Sandboxes(Protocol):
    """A kind of sandbox, on this machine."""

    kind: str

    def problems(self, environment: str) -> list[str]:
        """Why none of this environment can be started here, each with what to do; empty when one can."""

    def start(self, environment: str) -> Sandbox:
        """A fresh sandbox that has said hello. Raises SandboxUnavailable."""

    def reap(self) -> int:
        """Remove what earlier processes left behind; how many were removed."""


class SandboxSource(Protocol):
    """What a judge sees: one sandbox after another, without knowing from where."""

    def acquire(self) -> Sandbox: ...


def kinds() -> list[str]:
    """The names of the kinds of sandbox that this installation knows."""
    return sorted(point.name for point in entry_points(group=GROUP))


def find(kind: str) -> Sandboxes:
    """The kind of sandbox with this name. Raises BadInput when it is not known or not installed here."""
    found = [point for point in entry_points(group=GROUP) if point.name == kind]
    if not found:
        raise BadInput(f"There is no sandbox {kind!r}; known here: {', '.join(kinds())}.")
    try:
        factory = found[0].load()
    except ImportError as error:
        raise BadInput(
            f"The sandbox {kind!r} belongs to the server: install grader[server] from a checkout."
        ) from error
    sandboxes: Sandboxes = factory()
    return sandboxes
