"""What crosses the wire besides plain data, the frame's header, and which dtypes may cross."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.harness.bounds import Bounds

PROTOCOL = 4
HEADER = struct.Struct(">4sIQ")  # magic, control bytes, buffer bytes
MAGIC = b"GRD1"


TORCH_DTYPES = {  # name -> bytes of one item
    "bool": 1, "uint8": 1, "int8": 1, "int16": 2, "int32": 4, "int64": 8,
    "float16": 2, "bfloat16": 2, "float32": 4, "float64": 8, "complex64": 8, "complex128": 16,
}  # fmt: skip


class WireError(Exception):
    """The other side broke the grammar or a bound; the text says which."""


class Unencodable(Exception):
    """A value on this side cannot cross by value, and may not cross as a handle here."""


@dataclass(frozen=True)
class Handle:
    """An object that stays on the other side: its token, its type's name, and what it can do."""

    token: bytes
    type_name: str = "object"
    callable: bool = False


@dataclass(frozen=True)
class Callback:
    """A function of the judge's that the student's code may call while a call is outstanding."""

    number: int


@dataclass(frozen=True)
class TorchState:
    """A `torch.Generator` of the suite's, by its state. It crosses into a sandbox and never back."""

    state: bytes


@dataclass(frozen=True)
class Frame:
    """One frame of the student's code in a traceback: file as submitted, line, function."""

    file: str
    line: int
    function: str


@dataclass(frozen=True)
class RemoteException:
    """An exception as it crosses: nearest built-in type, the class's own name, text, the student's frames."""

    builtin: str
    name: str
    text: str
    frames: tuple[Frame, ...] = ()


@dataclass
class Encoded:
    """The two parts of a frame."""

    control: bytes
    buffers: list[memoryview] = field(default_factory=list)

    @property
    def buffer_bytes(self) -> int:
        return sum(b.nbytes for b in self.buffers)

    def header(self) -> bytes:
        return HEADER.pack(MAGIC, len(self.control), self.buffer_bytes)


NUMPY_SCALARS = frozenset(
    np.dtype(code).type for code in ("?", "b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "e", "f", "d", "F", "D")
)

TORCH_STATE_BYTES = 5056  # of torch's generator on the CPU, a Mersenne Twister


def dtype_allowed(dtype: np.dtype[Any], bounds: Bounds) -> bool:
    """Numbers and bools of known width, and fixed-width text of bounded width."""
    if dtype.fields is not None or dtype.subdtype is not None or dtype.hasobject:
        return False
    if dtype.kind in "SU":
        return 0 < dtype.itemsize <= bounds.text_item_bytes
    return dtype.newbyteorder("=").type in NUMPY_SCALARS
