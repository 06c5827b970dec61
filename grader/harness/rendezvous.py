"""Where a sandbox meets its host: the host listens, the agent connects twice and says hello.

The first connection is the wire, the second what the student's code prints. Nobody else can connect once
both are there: the listening socket is closed before any code of a student has run.
"""

from __future__ import annotations

import os
import secrets
import select
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from grader.core.errors import SandboxUnavailable
from grader.harness.agent import fingerprint
from grader.harness.bounds import DEFAULT
from grader.harness.channel import receive_frame
from grader.harness.sandbox import Hello
from grader.harness.wire import PROTOCOL, WireError, decode

_TOKEN_BYTES = 16
_LOOK_SECONDS = 0.5  # between looks at whether the sandbox still lives


class Rendezvous:
    """Listens at a Unix socket's ``path``; where that is None, on the loopback interface with a token."""

    def __init__(self, path: str | None) -> None:
        self.path = path
        self.token = secrets.token_bytes(_TOKEN_BYTES)
        if path is not None:
            self.listener = socket.socket(socket.AF_UNIX)
            self.listener.bind(path)
            self.address = f"unix:{path}"
        else:
            self.listener = socket.socket(socket.AF_INET)
            self.listener.bind(("127.0.0.1", 0))
            self.address = f"tcp:127.0.0.1:{self.listener.getsockname()[1]}:{self.token.hex()}"
        self.listener.listen(2)

    def accept(
        self, seconds: float = DEFAULT.hello_seconds, *, ended: Callable[[], bool] = lambda: False
    ) -> tuple[socket.socket, socket.socket, Hello]:
        """The wire, the output and the hello of an agent that is ready, within ``seconds`` in all.

        ``ended`` tells whether the sandbox has ended, so that nobody waits for an agent that cannot come.
        Raises SandboxUnavailable: the agent did not come, or is not the one that belongs to this host.
        """
        deadline = time.monotonic() + seconds
        opened: list[socket.socket] = []
        try:
            for _ in range(2):
                opened.append(self._one(deadline, ended))
            self.close()
            return opened[0], opened[1], _read_hello(opened[0], deadline)
        except (OSError, EOFError, WireError, ValueError, TypeError) as error:
            for connection in opened:
                connection.close()
            self.close()
            raise SandboxUnavailable(f"The agent did not get ready: {error or type(error).__name__}") from error
        except SandboxUnavailable:
            for connection in opened:
                connection.close()
            raise

    def close(self) -> None:
        """Stop listening, and leave no socket file behind."""
        self.listener.close()
        if self.path is not None:
            with suppress(FileNotFoundError):
                os.unlink(self.path)

    def _one(self, deadline: float, ended: Callable[[], bool]) -> socket.socket:
        while True:
            left = deadline - time.monotonic()
            ready, _, _ = select.select([self.listener], [], [], max(0.0, min(left, _LOOK_SECONDS)))
            if not ready:
                if left <= 0 or ended():
                    raise TimeoutError("it did not connect in time" if left <= 0 else "it ended before it connected")
                continue
            connection, _ = self.listener.accept()
            if self.path is not None or self._knows_token(connection, deadline):
                return connection
            connection.close()

    def _knows_token(self, connection: socket.socket, deadline: float) -> bool:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(max(0.01, deadline - time.monotonic()))
        told = connection.recv(_TOKEN_BYTES, socket.MSG_WAITALL)
        connection.settimeout(None)
        return secrets.compare_digest(told, self.token)


def _read_hello(wire: socket.socket, deadline: float) -> Hello:
    control, buffers = receive_frame(wire, deadline)
    message: Any = decode(control, buffers)
    word, protocol, agent, versions = message
    if word != "hello":
        raise WireError("the agent did not say hello")
    if protocol != PROTOCOL or agent != fingerprint():
        raise SandboxUnavailable(
            f"The sandbox holds another agent (protocol {protocol}, {agent}; this host has {PROTOCOL}, "
            f"{fingerprint()}): rebuild the images with `grader images build`."
        )
    return Hello(protocol, agent, versions)
