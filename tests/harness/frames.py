"""Frames for the tests of the wire: there, back, and by hand."""

from __future__ import annotations

from typing import Any

import msgpack

from grader.harness.bounds import DEFAULT, Bounds
from grader.harness.wire import (
    Encoded,
    Handle,
    check_header,
    decode,
    encode,
)

REQUESTS = DEFAULT.of_requests()


def read(frame: Encoded, bounds: Bounds = DEFAULT) -> Any:
    return decode(frame.control, b"".join(bytes(b) for b in frame.buffers), bounds=bounds)


def there_and_back(value: Any) -> Any:
    return read(encode(value))


def sent_back(value: Any) -> Any:
    """A value that has come, as the argument of a request whose envelope is as large as one can be."""
    token = Handle(b"t" * 16)
    forgotten = [b"f" * 16] * DEFAULT.forgotten
    request = ("do", b"n" * 16, "set_parameters", token, ({"name": value},), {"key": token}, forgotten, 2**64 - 1)
    frame = encode(request, bounds=REQUESTS)
    check_header(frame.header(), REQUESTS)
    return read(frame, REQUESTS)[4][0]["name"]


def packed_tree(tree: Any) -> bytes:
    packed: bytes = msgpack.packb(tree)
    return packed


def tree_of(frame: Encoded) -> Any:
    return msgpack.unpackb(frame.control)


def size_of(tree: Any) -> int:
    from grader.harness.wire.checking import _announced

    return _announced(tree, DEFAULT)
