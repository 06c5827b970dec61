"""A worker of gunicorn that does not wait for ever: neither for a request to come in, nor for an answer to be taken.

gunicorn's threads read and write without any time limit, so as many connections as there are threads, each sending a
byte now and then, would stop the whole site. A proxy in front that takes in whole requests is better still.
"""

from __future__ import annotations

import errno
import os
import socket
import time
from collections.abc import Callable
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

READ_SECONDS = float(os.environ.get("GRADER_WEB_PATIENCE", "30"))  # for all of a request, head and body
SEND_SECONDS = 60.0  # for each piece of an answer


class TooSlow(ConnectionResetError):
    """To gunicorn as if the other side had gone, to Flask a request that broke off."""

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "the other side is too slow")


class Impatient:
    """A connection's socket with time limits; ``begin`` is said before each request."""

    def __init__(self, inner: socket.socket) -> None:
        self._inner = inner
        self._until = 0.0

    def begin(self) -> None:
        self._until = time.monotonic() + READ_SECONDS

    def recv(self, size: int, *flags: int) -> Any:
        return self._within(self._until - time.monotonic(), lambda: self._inner.recv(size, *flags))

    def sendall(self, content: bytes) -> None:
        self._within(SEND_SECONDS, lambda: self._inner.sendall(content))

    def _within(self, seconds: float, act: Callable[[], Any]) -> Any:
        if seconds <= 0:
            raise TooSlow
        self._inner.settimeout(seconds)
        try:
            return act()
        except TimeoutError:
            raise TooSlow from None
        finally:
            if self._inner.fileno() >= 0:
                self._inner.settimeout(None)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class ImpatientWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threaded worker over impatient sockets."""

    def handle(self, conn: TConn) -> Any:
        if not isinstance(conn.sock, Impatient):
            conn.sock = Impatient(conn.sock)
        conn.sock.begin()
        return super().handle(conn)
