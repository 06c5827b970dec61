"""The agent's end of the wire: whole frames, blocking, without deadlines (the host has those)."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from grader.harness.bounds import DEFAULT
from grader.harness.wire import HEADER, build, check_header, encode, parse_control

Wrap = Callable[[Any], Any]
_REQUESTS = DEFAULT.of_requests()


class Line:
    """Sends and receives messages; ``wrap`` and ``resolve`` translate what is not plain data."""

    def __init__(self, wire: socket.socket) -> None:
        self.wire = wire

    def send(self, message: Any, wrap: Wrap | None = None) -> None:
        """One message. Raises Unencodable before a byte is sent."""
        encoded = encode(message, wrap=wrap)
        self.wire.sendall(encoded.header() + encoded.control)
        for buffer in encoded.buffers:
            self.wire.sendall(buffer)

    def receive(self, resolve: Wrap | None = None) -> Any:
        """The next message. Raises EOFError when the host has gone."""
        control_bytes, buffer_bytes = check_header(self._exactly(HEADER.size), _REQUESTS)
        tree = parse_control(self._exactly(control_bytes), buffer_bytes, _REQUESTS)
        return build(tree, memoryview(self._exactly(buffer_bytes)), resolve=resolve)

    def _exactly(self, size: int) -> bytearray:
        whole = bytearray(size)
        view = memoryview(whole)
        while view:
            count = self.wire.recv_into(view)
            if count == 0:
                raise EOFError
            view = view[count:]
        return whole
