"""A sandbox that runs: its two streams, and the one function that ends it. The same for every kind."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from grader.harness.sandbox import Death, Hello
from grader.harness.usage import Usage


class Running:
    """One sandbox, used once. ``end`` kills it, removes it and tells why it ended; it is called once.

    ``usage`` raises ProcessLookupError once the sandbox has ended.
    """

    def __init__(
        self,
        *,
        kind: str,
        image: str,
        streams: tuple[socket.socket, socket.socket, Hello],
        usage: Callable[[], Usage],
        end: Callable[[], Death],
    ) -> None:
        self.kind = kind
        self.image = image
        self.wire, self.output, self.hello = streams
        self._usage = usage
        self._end = end
        self._death: Death | None = None
        self._lock = threading.Lock()

    def usage(self) -> Usage:
        return self._usage()

    def close(self) -> Death:
        with self._lock:
            if self._death is None:
                _shut(self.wire)  # first: nobody may wait for a flood that is no longer read
                _shut(self.output)
                self._death = self._end()
            return self._death


def _shut(stream: socket.socket) -> None:
    """Close a stream for everybody who holds it: a judge may have a descriptor of its own."""
    with suppress(OSError):
        stream.shutdown(socket.SHUT_RDWR)
    stream.close()
