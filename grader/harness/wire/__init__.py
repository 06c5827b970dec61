"""The wire between the judge and the agent: frames, and the values that may cross by value.

A frame is a header (magic, length of the control part, length of the buffers), a control part in msgpack
and the raw buffers of its arrays. In the control part scalars stand for themselves and every container is
a msgpack array whose first item is a tag; maps and extension types do not occur. So the grammar is small
enough to be checked before anything is built: `decode` counts nodes and depth in the bytes first.

Deliberately absent: pickle, `numpy.load`, `torch.load`, object arrays. What arrives is of exact types. What is not
plain data, nor a kind of it that libraries define (`kinds`), does not cross; it becomes a `Handle`, a random token
that only its own side can resolve.

This package runs on both sides and imports nothing but msgpack, numpy and the bounds beside it; torch and
scipy are used only where they are already loaded.
"""

from grader.harness.wire.checking import check_header, parse_control
from grader.harness.wire.decoding import build, decode
from grader.harness.wire.encoding import encode
from grader.harness.wire.generators import torch_generator, torch_state
from grader.harness.wire.values import (
    HEADER,
    PROTOCOL,
    Callback,
    Encoded,
    Frame,
    Handle,
    RemoteException,
    TorchState,
    Unencodable,
    WireError,
)

__all__ = [
    "HEADER",
    "PROTOCOL",
    "Callback",
    "Encoded",
    "Frame",
    "Handle",
    "RemoteException",
    "TorchState",
    "Unencodable",
    "WireError",
    "build",
    "check_header",
    "decode",
    "encode",
    "parse_control",
    "torch_generator",
    "torch_state",
]
