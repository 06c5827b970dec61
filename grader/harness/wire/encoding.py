"""From a value to the two parts of a frame."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgpack
import numpy as np

from grader.harness.bounds import DEFAULT, Bounds
from grader.harness.wire.values import (
    NUMPY_SCALARS,
    TORCH_DTYPES,
    Callback,
    Encoded,
    Frame,
    Handle,
    RemoteException,
    Unencodable,
    dtype_allowed,
)

_INT64 = range(-(2**63), 2**64)


def encode(value: Any, *, wrap: Callable[[Any], Any] | None = None, bounds: Bounds = DEFAULT) -> Encoded:
    """The frame of ``value``. ``wrap`` turns what is not plain data into a Handle or Callback.

    Raises Unencodable for what cannot cross, or is over a bound.
    """
    encoder = _Encoder(wrap, bounds)
    tree = encoder.node(value, 0)
    control = msgpack.packb(tree, use_bin_type=True)
    encoded = Encoded(control, encoder.buffers)
    if len(control) > bounds.control_bytes:
        raise Unencodable(f"a value with a structure of {len(control)} bytes (at most {bounds.control_bytes})")
    if encoded.buffer_bytes > bounds.buffer_bytes:
        raise Unencodable(f"arrays of {encoded.buffer_bytes} bytes together (at most {bounds.buffer_bytes})")
    return encoded


class _Encoder:
    """Walks a value once. Exact types only: a subclass is not plain data."""

    def __init__(self, wrap: Callable[[Any], Any] | None, bounds: Bounds) -> None:
        self.wrap = wrap
        self.bounds = bounds
        self.buffers: list[memoryview] = []
        self.nodes = 0

    def node(self, value: Any, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > self.bounds.nodes:
            raise Unencodable(f"a structure of more than {self.bounds.nodes} values; return an array")
        if depth > self.bounds.depth + self.bounds.envelope:
            raise Unencodable(f"containers nested deeper than {self.bounds.depth}")
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        rule = _ENCODERS.get(kind)
        if rule is not None:
            return rule(self, value, depth)
        if isinstance(value, np.generic) and kind in NUMPY_SCALARS:
            return self.numpy_scalar(value)
        special = self.library_value(value, kind, depth)
        if special is not None:
            return special
        if self.wrap is not None:
            wrapped = self.wrap(value)
            return self.node(wrapped, depth)
        raise Unencodable(f"a value of type {kind.__name__}")

    def library_value(self, value: Any, kind: type, depth: int) -> Any:
        torch = sys.modules.get("torch")
        if torch is not None and kind in (torch.Tensor, torch.nn.Parameter):
            return self.tensor(value, torch)
        sparse = sys.modules.get("scipy.sparse")
        if sparse is not None and kind.__module__.startswith("scipy.sparse") and sparse.issparse(value):
            return self.sparse(value, depth)
        return None

    def items(self, tag: str, values: Sequence[Any] | Iterator[Any], depth: int) -> list[Any]:
        return [tag, *(self.node(v, depth + 1) for v in values)]

    def integer(self, value: int, depth: int) -> Any:
        if value in _INT64:
            return value
        size = value.bit_length() // 8 + 1
        if size > self.bounds.integer_bytes:
            raise Unencodable(f"an integer of {size} bytes (at most {self.bounds.integer_bytes})")
        return ["i", value.to_bytes(size, "big", signed=True)]

    def text(self, value: str, depth: int) -> str:
        try:
            size = len(value.encode())
        except UnicodeEncodeError as error:
            raise Unencodable("a text with lone surrogates") from error
        if size > self.bounds.text_bytes:
            raise Unencodable(f"a text of {size} bytes (at most {self.bounds.text_bytes})")
        return value

    def binary(self, value: bytes, depth: int) -> bytes:
        if len(value) > self.bounds.text_bytes:
            raise Unencodable(f"{len(value)} bytes (at most {self.bounds.text_bytes}); use an array")
        return value

    def mapping(self, value: dict[Any, Any], depth: int) -> list[Any]:
        flat = [part for pair in value.items() for part in pair]
        return self.items("d", flat, depth)

    def array(self, value: np.ndarray, depth: int) -> list[Any]:
        if not dtype_allowed(value.dtype, self.bounds):
            raise Unencodable(f"an array of dtype {value.dtype}")
        if value.ndim > self.bounds.dimensions:
            raise Unencodable(f"an array of {value.ndim} dimensions (at most {self.bounds.dimensions})")
        plain = np.ascontiguousarray(value, dtype=value.dtype.newbyteorder("<"))
        self.nodes += value.ndim
        self.buffers.append(plain.reshape(-1).view(np.uint8).data if plain.size else memoryview(b""))
        return ["a", plain.dtype.str, *value.shape]

    def numpy_scalar(self, value: np.generic) -> list[Any]:
        plain = np.asarray(value).astype(value.dtype.newbyteorder("<"))
        return ["n", plain.dtype.str, plain.tobytes()]

    def tensor(self, value: Any, torch: Any) -> list[Any]:
        name = str(value.dtype).removeprefix("torch.")
        if value.layout is not torch.strided or value.device.type != "cpu" or name not in TORCH_DTYPES:
            raise Unencodable(f"a tensor of dtype {name}, layout {value.layout}, on {value.device}")
        plain = value.detach().resolve_conj().resolve_neg().contiguous()
        bits = plain.reshape(-1).view(torch.uint8) if plain.numel() else plain.new_empty(0, dtype=torch.uint8)
        self.nodes += value.dim()
        self.buffers.append(memoryview(bits.numpy()) if plain.numel() else memoryview(b""))
        return ["T", name, *value.shape]

    def sparse(self, value: Any, depth: int) -> list[Any]:
        entries = value.tocoo()
        rows, columns = entries.row.astype(np.int64), entries.col.astype(np.int64)
        shape = [int(n) for n in value.shape]
        return ["S", value.format, *shape, *(self.node(a, depth + 1) for a in (entries.data, rows, columns))]

    def generator(self, value: np.random.Generator, depth: int) -> list[Any]:
        state = value.bit_generator.state
        if state["bit_generator"] != "PCG64":
            raise Unencodable(f"a random generator over {state['bit_generator']} (only PCG64 crosses)")
        inner = state["state"]
        parts = (inner["state"], inner["inc"], state["has_uint32"], state["uinteger"])
        return self.items("g", parts, depth)

    def exception(self, value: RemoteException, depth: int) -> list[Any]:
        frames = [[*_frame_fields(f)] for f in value.frames]
        return ["e", value.builtin, value.name, value.text, *([["l", *f] for f in frames])]


def _frame_fields(frame: Frame) -> tuple[str, int, str]:
    return frame.file, frame.line, frame.function


_ENCODERS: dict[type, Callable[[_Encoder, Any, int], Any]] = {
    int: _Encoder.integer,
    str: _Encoder.text,
    bytes: _Encoder.binary,
    complex: lambda e, v, d: ["c", v.real, v.imag],
    list: lambda e, v, d: e.items("l", v, d),
    tuple: lambda e, v, d: e.items("t", v, d),
    set: lambda e, v, d: e.items("s", v, d),
    frozenset: lambda e, v, d: e.items("z", v, d),
    dict: _Encoder.mapping,
    slice: lambda e, v, d: e.items("k", (v.start, v.stop, v.step), d),
    type(Ellipsis): lambda e, v, d: ["o"],
    np.ndarray: _Encoder.array,
    np.random.Generator: _Encoder.generator,
    RemoteException: _Encoder.exception,
    Handle: lambda e, v, d: ["h", v.token, v.type_name, v.callable],
    Callback: lambda e, v, d: ["f", v.number],
}
