"""A way to a real server on which connections drop: a proxy that is told what becomes of each request."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Dropping:
    """Hands requests on, one after another. ``plan`` names for each request of a kind what shall happen to it.

    ``before``: the connection drops and the server learns of nothing. ``after``: the server has done what was asked,
    and its answer is lost. ``busy``: somebody in between answers 503. Everything else passes.
    """

    def __init__(self, port: int, plan: Callable[[str, int], str]) -> None:
        self.requests: list[str] = []  # their first lines
        self.bodies: list[bytes] = []
        self.connections = 0
        self._port = port
        self._plan = plan
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def count(self, beginning: str) -> int:
        return sum(line.startswith(beginning) for line in self.requests)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError, EOFError), connection.makefile("rb") as stream:
            while True:
                head, body = _message(stream)
                line = head.split(b"\r\n", 1)[0].decode()
                kind = line.partition("?")[0].rpartition(" HTTP")[0] or line
                self.requests.append(line)
                self.bodies.append(body)
                what = self._plan(kind, sum(one.startswith(kind) for one in self.requests))
                if what == "before":
                    return
                if what == "busy":
                    connection.sendall(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
                    continue
                answer = self._answer(head, body)
                if what == "after":
                    return
                connection.sendall(answer)

    def _answer(self, head: bytes, body: bytes) -> bytes:
        """What the server answers, with a length, so that this connection can stay."""
        with socket.create_connection(("127.0.0.1", self._port)) as onward:
            onward.sendall(head.replace(b"keep-alive", b"close") + b"\r\n\r\n" + body)
            with onward.makefile("rb") as stream:
                whole = stream.read()
        head, _, body = whole.partition(b"\r\n\r\n")
        lines = [
            line for line in head.split(b"\r\n") if not line.lower().startswith((b"connection:", b"content-length:"))
        ]
        lines[0] = lines[0].replace(b"HTTP/1.0", b"HTTP/1.1")
        return b"\r\n".join([*lines, b"Content-Length: %d" % len(body)]) + b"\r\n\r\n" + body


def _message(stream) -> tuple[bytes, bytes]:
    lines = []
    while (line := stream.readline().rstrip(b"\r\n")) or not lines:
        if not line:
            raise EOFError
        lines.append(line)
    head = b"\r\n".join(lines)
    length = _LENGTH.search(head)
    return head, stream.read(int(length[1])) if length else b""
