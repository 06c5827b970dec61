"""A connection's socket as a thread of the web server has it: it waits neither for a request nor for the answer's way.

The request is there in whole before a thread has it; what of an answer is not taken at once is kept, and sent by the
loop that `web.patience` is about.
"""

from __future__ import annotations

import errno
import os
import socket
import tempfile
from typing import IO, Any

from grader.harness.bounds import MIB
from web.arriving import IN_MEMORY_BYTES

BEHIND_BYTES = 8 * MIB  # of one answer, that were not taken yet
_PIECE = 64 * 1024


class TooSlow(ConnectionResetError):
    """To gunicorn as if the other side had gone, to Flask a request that broke off."""

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "the other side is too slow")


class Impatient:
    """A connection's socket, as a thread has it: it reads the request that is there, and writes without waiting."""

    def __init__(self, inner: socket.socket) -> None:
        self.inner = inner
        self.beyond = b""  # what has come of the next request
        self._request: IO[bytes] | None = None
        self._behind: IO[bytes] | None = None  # what of the answer was not taken yet
        self._sent = 0  # of that

    def give(self, request: IO[bytes]) -> None:
        """What is to be read from now on."""
        self.forget()
        request.seek(0)
        self._request = request

    def forget(self) -> None:
        if self._request is not None:
            self._request.close()
            self._request = None

    def recv(self, size: int, *flags: int) -> bytes:
        """The next bytes of the request. Raises TooSlow beyond its end: nobody waits for what has not come."""
        piece = self._request.read(size) if self._request is not None else b""
        if not piece:
            raise TooSlow
        return piece

    def sendall(self, content: bytes) -> None:
        """Send what is taken at once, and keep the rest. Raises TooSlow when too much of it is kept."""
        if self.flush():
            content = content[self._send(content) :]
        if not content:
            return
        if self._behind is None:
            self._behind, self._sent = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES), 0  # noqa: SIM115
        self._behind.seek(0, os.SEEK_END)
        if self._behind.tell() - self._sent > BEHIND_BYTES:
            raise TooSlow
        self._behind.write(content)

    def sendfile(self, file: IO[bytes], offset: int = 0, count: int | None = None) -> int:
        """As a socket's; the files that are sent are small."""
        file.seek(offset)
        content = file.read() if count is None else file.read(count)
        self.sendall(content)
        return len(content)

    def flush(self) -> bool:
        """Send what was kept, as far as it is taken; whether nothing is left."""
        while self._behind is not None:
            self._behind.seek(self._sent)
            piece = self._behind.read(_PIECE)
            if not piece:
                self._behind.close()
                self._behind = None
                break
            sent = self._send(piece)
            self._sent += sent
            if sent < len(piece):
                return False
        return True

    def _send(self, content: bytes) -> int:
        """How many bytes are taken at once."""
        view, sent = memoryview(content), 0
        while sent < len(view):
            try:
                sent += self.inner.send(view[sent:], socket.MSG_DONTWAIT)
            except BlockingIOError:
                break
        return sent

    def close(self) -> None:
        self.forget()
        if self._behind is not None:
            self._behind.close()
            self._behind = None
        self.inner.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)
