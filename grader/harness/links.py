"""Messages between a judge and the process that serves it with sandboxes: JSON lines, with sockets beside.

Both ends are ours. The worker hands a sandbox's two connections over as file descriptors, so a judge talks
to its sandbox directly and never to an engine.
"""

from __future__ import annotations

import json
import select
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from grader.core.errors import SandboxUnavailable
from grader.harness.sandbox import Death, Hello, Sandbox
from grader.harness.usage import Usage

_CHUNK = 1 << 16


class Link:
    """One end of a Unix socket: whole messages, in order."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self._pending = bytearray()
        self._sockets: list[int] = []

    def send(self, message: dict[str, Any], sockets: Sequence[socket.socket] = ()) -> None:
        """A message, and sockets that the other end will own copies of."""
        line = f"{len(sockets)} {json.dumps(message)}\n".encode()
        if sockets:
            sent = socket.send_fds(self.connection, [line], [s.fileno() for s in sockets])
            line = line[sent:]
        self.connection.sendall(line)

    def receive(self) -> tuple[dict[str, Any], list[socket.socket]]:
        """The next message and the sockets that came with it. Raises EOFError when the other end is gone.

        The kernel may hand over the sockets of the next message together with the end of this one: how many belong
        to a message is told by the message. A message whose sender did not live to finish it is left out.
        """
        while True:
            with suppress(ValueError):
                count, message = self._parsed(self._line())
                own, self._sockets = self._sockets[:count], self._sockets[count:]
                return message, [socket.socket(fileno=descriptor) for descriptor in own]

    def _line(self) -> bytes:
        while b"\n" not in self._pending:
            chunk, descriptors, _, _ = socket.recv_fds(self.connection, _CHUNK, 4)
            self._sockets += descriptors
            if not chunk:
                raise EOFError("the other end is gone")
            self._pending += chunk
        line, _, rest = self._pending.partition(b"\n")
        self._pending = bytearray(rest)
        return bytes(line)

    @staticmethod
    def _parsed(line: bytes) -> tuple[int, dict[str, Any]]:
        count, _, message = line.partition(b" ")
        return int(count), json.loads(message)

    def send_for_another(self, message: dict[str, Any], seconds: float) -> None:
        """A message in the place of whoever used this end before, and may have ended in the middle of a line."""
        self.connection.settimeout(seconds)
        with suppress(OSError):
            self.connection.sendall(f"\n0 {json.dumps(message)}\n".encode())

    def is_broken(self) -> bool:
        """Whether the other end is gone, as far as is known here; nothing is taken in."""
        poll = select.poll()
        poll.register(self.connection, 0)
        return bool(poll.poll(0))

    def close(self) -> None:
        self.connection.close()


class LentSandbox:
    """A sandbox as a judge holds it: its connections are here, its end is asked for over the link."""

    def __init__(self, link: Link, message: dict[str, Any], wire: socket.socket, output: socket.socket) -> None:
        self.kind: str = message["kind"]
        self.image: str = message["image"]
        self.hello = Hello(**message["hello"])
        self.wire = wire
        self.output = output
        self._link = link
        self._death: Death | None = None

    def usage(self) -> Usage:
        self._link.send({"ask": "usage"})
        answer, _ = self._link.receive()
        if "unavailable" in answer:
            raise SandboxUnavailable(answer["unavailable"])
        if answer["usage"] is None:
            raise ProcessLookupError("the sandbox has ended")
        return Usage(**answer["usage"])

    def close(self) -> Death:
        if self._death is None:
            self.wire.close()
            self.output.close()
            self._link.send({"ask": "close"})
            answer, _ = self._link.receive()
            self._death = Death(**answer["death"])
        return self._death


class LentSandboxes:
    """The judge's source of sandboxes: the process at the other end of its link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def acquire(self) -> Sandbox:
        self._link.send({"ask": "sandbox"})
        message, sockets = self._link.receive()
        if "unavailable" in message:
            raise SandboxUnavailable(message["unavailable"])
        wire, output = sockets
        return LentSandbox(self._link, message, wire, output)


def lend(link: Link, sandbox: Sandbox) -> None:
    """Answer a judge's request with this sandbox; the connections stay open here too, until it is closed."""
    message = {"kind": sandbox.kind, "image": sandbox.image, "hello": asdict(sandbox.hello)}
    link.send(message, [sandbox.wire, sandbox.output])


def tell_usage(link: Link, sandbox: Sandbox | None) -> None:
    """Answer a judge's question what its sandbox has used and lost; nothing is told of one that has ended."""
    answer: dict[str, Any] = {"usage": None}
    try:
        if sandbox is not None:
            answer = {"usage": asdict(sandbox.usage())}
    except SandboxUnavailable as error:
        answer = {"unavailable": str(error)}
    except ProcessLookupError:
        pass
    link.send(answer)
