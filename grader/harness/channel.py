"""The trusted end of the wire: whole frames within a total deadline, and a count of everything received.

While it waits for a frame it also takes in what the student's code prints, so that a full pipe never blocks
either side, and stops at the budget. All failures are `ChannelFailure`: the caller ends the sandbox.
"""

from __future__ import annotations

import select
import socket
import time
from enum import Enum
from typing import Any

from grader.harness.bounds import DEFAULT, Bounds
from grader.harness.deadlines import Deadline
from grader.harness.wire import HEADER, Encoded, WireError, build, check_header, parse_control

_CHUNK = 1 << 16


class Trigger(Enum):
    """What made us give up on a sandbox, before its cause of death is known."""

    DEADLINE = "deadline"
    BUDGET = "budget"
    GRAMMAR = "grammar"
    GONE = "gone"


class ChannelFailure(Exception):
    """The sandbox cannot be talked to any more."""

    def __init__(self, trigger: Trigger, detail: str) -> None:
        super().__init__(detail)
        self.trigger = trigger
        self.detail = detail


class Channel:
    """One sandbox's two connections. ``printed`` holds the first bytes of what it printed."""

    def __init__(self, wire: socket.socket, output: socket.socket, bounds: Bounds = DEFAULT) -> None:
        self.wire = wire
        self.output: socket.socket | None = output
        self.bounds = bounds
        self.printed = bytearray()
        self.received_bytes = 0
        wire.setblocking(False)
        output.setblocking(False)

    def send(self, frame: Encoded, deadline: Deadline) -> None:
        """A frame, whole, before the time is up."""
        for part in (memoryview(frame.header() + frame.control), *frame.buffers):
            rest = part
            while rest:
                try:
                    rest = rest[self.wire.send(rest[: 1 << 20]) :]
                except BlockingIOError:
                    pass
                except OSError as error:
                    raise ChannelFailure(Trigger.GONE, "the connection broke") from error
                if rest:
                    self._wait(deadline, writing=True)

    def receive(self, deadline: Deadline) -> tuple[Any, memoryview]:
        """The next frame: its checked tree, and its buffers to build the value from.

        The deadline and what is printed are looked at before each frame, and between the pieces that it comes in.
        """
        self._wait(deadline, writing=False)
        try:
            control_bytes, buffer_bytes = check_header(self._exactly(HEADER.size, deadline), self.bounds)
            self._count(HEADER.size + control_bytes + buffer_bytes)
            tree = parse_control(self._exactly(control_bytes, deadline), buffer_bytes, self.bounds)
        except WireError as error:
            raise ChannelFailure(Trigger.GRAMMAR, str(error)) from error
        return tree, memoryview(self._exactly(buffer_bytes, deadline))

    def build(self, tree: Any, buffers: memoryview, resolve: Any) -> Any:
        """The value of a received frame; a value that breaks the grammar ends the sandbox like any other."""
        try:
            return build(tree, buffers, resolve=resolve)
        except WireError as error:
            raise ChannelFailure(Trigger.GRAMMAR, str(error)) from error

    def drain(self) -> None:
        """Take in what was printed up to now, without waiting."""
        while self.output is not None and select.select([self.output], [], [], 0)[0]:
            self._read_output()

    def _exactly(self, size: int, deadline: Deadline) -> bytearray:
        whole = bytearray(size)
        view = memoryview(whole)
        while view:
            try:
                count = self.wire.recv_into(view)
                if count == 0:
                    raise ChannelFailure(Trigger.GONE, "the process ended")
                view = view[count:]
            except BlockingIOError:
                pass
            except OSError as error:
                raise ChannelFailure(Trigger.GONE, "the connection broke") from error
            if view:
                self._wait(deadline, writing=False)
        return whole

    def _wait(self, deadline: Deadline, *, writing: bool) -> None:
        """Until the wire is ready; what is printed meanwhile is taken in."""
        while True:
            left = deadline.left()
            if left <= 0:
                raise ChannelFailure(Trigger.DEADLINE, "the time is up")
            readers = [s for s in (self.output, None if writing else self.wire) if s is not None]
            ready, writable, _ = select.select(readers, [self.wire] if writing else [], [], left)
            if self.output in ready:
                self._read_output()
            if writable or self.wire in ready:
                return

    def _read_output(self) -> None:
        assert self.output is not None
        try:
            chunk = self.output.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError:
            chunk = b""
        if not chunk:
            self.output = None
            return
        self.printed += chunk
        self._count(len(chunk))
        if len(self.printed) > self.bounds.output_bytes:
            detail = f"more than {self.bounds.output_bytes} bytes were printed"
            raise ChannelFailure(Trigger.BUDGET, detail)

    def _count(self, size: int) -> None:
        self.received_bytes += size
        if self.received_bytes > self.bounds.total_bytes:
            raise ChannelFailure(Trigger.BUDGET, f"more than {self.bounds.total_bytes} bytes were sent")


def receive_frame(wire: socket.socket, deadline: float) -> tuple[bytearray, bytearray]:
    """One frame's two parts from a blocking socket: for the hello, before there is a channel."""

    def exactly(size: int) -> bytearray:
        whole = bytearray()
        while len(whole) < size:
            wire.settimeout(max(0.01, deadline - time.monotonic()))
            chunk = wire.recv(size - len(whole))
            if not chunk:
                raise EOFError("it went away")
            whole += chunk
        return whole

    control_bytes, buffer_bytes = check_header(exactly(HEADER.size))
    parts = exactly(control_bytes), exactly(buffer_bytes)
    wire.settimeout(None)
    return parts
