"""From a value to the two parts of a frame."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from typing import Any

import msgpack
import numpy as np

from grader.harness.bounds import DEFAULT, Bounds
from grader.harness.wire import kinds, sparse
from grader.harness.wire.checking import check_keys, is_text
from grader.harness.wire.values import (
    NUMPY_SCALARS,
    TORCH_DTYPES,
    Callback,
    Encoded,
    Handle,
    RemoteException,
    TorchState,
    Unencodable,
    dtype_allowed,
)

_INT64 = range(-(2**63), 2**64)
_KEYS = (bool, int, float, complex, str, bytes)


def encode(value: Any, *, wrap: Callable[[Any], Any] | None = None, bounds: Bounds = DEFAULT) -> Encoded:
    """The frame of ``value``. ``wrap`` turns what is not plain data into a Handle, Callback or TorchState.

    Raises Unencodable for what cannot cross, or is over a bound.
    """
    encoder = _Encoder(wrap, bounds)
    tree = encoder.node(value, 0)
    control = msgpack.packb(tree, use_bin_type=True)
    if len(control) > bounds.control_bytes:
        raise Unencodable(f"a structure of {len(control)} bytes (at most {bounds.control_bytes})")
    return Encoded(control, encoder.buffers)


class _Encoder:
    """Walks a value once, and counts as the decoder does; stops before anything is made that is too large."""

    def __init__(self, wrap: Callable[[Any], Any] | None, bounds: Bounds) -> None:
        self.wrap = wrap
        self.bounds = bounds
        self.buffers: list[memoryview] = []
        self.nodes = 0
        self.text_bytes = 0
        self.buffer_bytes = 0
        self.sparse_objects = 0
        self.key_values = 0

    def node(self, value: Any, depth: int) -> Any:
        self.count(1)
        return self.encoded(value, depth)

    def encoded(self, value: Any, depth: int) -> Any:
        """Plain data by its exact type, else as what it is a kind of, else as what stands for it."""
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if (rule := _ENCODERS.get(kind)) is not None:
            return rule(self, value, depth)
        if kind in NUMPY_SCALARS:
            return self.numpy_scalar(value, depth)
        if (plain := kinds.plain(value)) is not value:
            return self.encoded(plain, depth)
        if (made := self.library_value(value, kind, depth)) is not None:
            return made
        if self.wrap is not None:
            return self.encoded(self.wrap(value), depth)
        raise Unencodable(f"a value of type {kind.__name__[:64]!r}")

    def library_value(self, value: Any, kind: type, depth: int) -> list[Any] | None:
        torch = sys.modules.get("torch")
        if torch is not None and kind in (torch.Tensor, torch.nn.Parameter):
            return self.tensor(value, torch, depth)
        return self.sparse(value, depth) if sparse.is_sparse(kind) else None

    def count(self, values: int) -> None:
        self.nodes += values
        if self.nodes > self.bounds.nodes:
            raise Unencodable(f"a structure of more than {self.bounds.nodes} values; use an array")

    def container(self, depth: int, *fields: Any) -> list[Any]:
        """A container with a tag and fields that are written as they are."""
        self.count(len(fields))
        if depth >= self.bounds.depth + self.bounds.envelope:
            raise Unencodable(f"containers nested deeper than {self.bounds.depth}")
        return [*fields]

    def items(self, tag: str, values: Collection[Any], depth: int) -> list[Any]:
        found = self.container(depth, tag)
        if len(values) > self.bounds.nodes:
            raise Unencodable(f"a container of {len(values)} values (at most {self.bounds.nodes}); use an array")
        found += [self.node(value, depth + 1) for value in values]
        return found

    def numbers(self, value: range, depth: int) -> list[Any]:
        """A range is a list of its numbers."""
        if _length(value) > self.bounds.nodes:
            raise Unencodable(f"a range of {_length(value)} numbers (at most {self.bounds.nodes}); use an array")
        return self.items("l", value, depth)

    def integer(self, value: int, depth: int) -> Any:
        if value in _INT64:
            return value
        size = (value if value >= 0 else ~value).bit_length() // 8 + 1
        if size > self.bounds.integer_bytes:
            raise Unencodable(f"an integer of {size} bytes (at most {self.bounds.integer_bytes})")
        return self.container(depth, "i", value.to_bytes(size, "big", signed=True))

    def text(self, value: str, depth: int) -> str:
        try:
            size = len(value) if value.isascii() else len(value.encode())
        except UnicodeEncodeError as error:
            raise Unencodable("a text with lone surrogates") from error
        if size > self.bounds.text_bytes:
            raise Unencodable(f"a text of {size} bytes (at most {self.bounds.text_bytes})")
        self.count_text(size)
        return value

    def binary(self, value: bytes, depth: int) -> bytes:
        if len(value) > self.bounds.text_bytes:
            raise Unencodable(f"bytes of length {len(value)} (at most {self.bounds.text_bytes}); use an array")
        self.count_text(len(value))
        return value

    def count_text(self, size: int) -> None:
        self.text_bytes += size
        if self.text_bytes > self.bounds.control_bytes:
            raise Unencodable(f"texts of more than {self.bounds.control_bytes} bytes together")

    def count_buffer(self, size: int) -> None:
        """Asked before an array is copied: one that repeats a number may say that it is much larger than it is."""
        self.buffer_bytes += size
        if self.buffer_bytes > self.bounds.buffer_bytes:
            raise Unencodable(f"arrays of {self.buffer_bytes} bytes together (at most {self.bounds.buffer_bytes})")

    def mapping(self, value: dict[Any, Any], depth: int) -> list[Any]:
        keys = self.keys(value, "a dict with a key", depth)
        return self.items("d", [part for pair in zip(keys, value.values(), strict=True) for part in pair], depth)

    def members(self, tag: str, value: Collection[Any], depth: int) -> list[Any]:
        return self.items(tag, self.keys(value, "a set with a member", depth), depth)

    def keys(self, values: Collection[Any], what: str, depth: int) -> Collection[Any]:
        """Keys as plain data, which the other side will be able to tell apart."""
        if len(values) > self.bounds.nodes:
            raise Unencodable(f"a container of {len(values)} values (at most {self.bounds.nodes})")
        if all(type(value) is str for value in values):
            return values
        found = [self.key(value, what, depth + 1) for value in values]
        if wrong := check_keys(found, self.bounds):
            raise Unencodable(f"a dict or set with {wrong}")
        return found

    def key(self, value: Any, what: str, depth: int) -> Any:
        """One key as plain data. Raises Unencodable for what could not be a key on the other side."""
        plain = kinds.plain(value)
        kind = type(plain)
        if plain is None or kind in _KEYS or kind in NUMPY_SCALARS:
            return plain
        if kind not in (tuple, frozenset, range):
            shown = type(value).__name__[:64]
            raise Unencodable(f"{what} of type {shown!r}; keys can be numbers, texts, None, and tuples of them")
        if depth > self.bounds.depth + self.bounds.envelope:
            raise Unencodable(f"keys nested deeper than {self.bounds.depth}")
        self.key_values += _length(plain)
        if self.key_values > self.bounds.nodes:
            raise Unencodable(f"keys of more than {self.bounds.nodes} values")
        made = frozenset if kind is frozenset else tuple
        return made(self.key(part, what, depth + 1) for part in plain)

    def array(self, value: np.ndarray, depth: int) -> list[Any]:
        if not dtype_allowed(value.dtype, self.bounds):
            raise Unencodable(f"an array of dtype {value.dtype}")
        if value.ndim > self.bounds.dimensions:
            raise Unencodable(f"an array of {value.ndim} dimensions (at most {self.bounds.dimensions})")
        self.count_buffer(value.nbytes)
        plain = np.ascontiguousarray(value, dtype=value.dtype.newbyteorder("<"))
        if plain.dtype.kind == "U" and not is_text(plain):
            raise Unencodable("an array of texts with lone surrogates")
        self.buffers.append(plain.reshape(-1).view(np.uint8).data if plain.size else memoryview(b""))
        return self.container(depth, "a", plain.dtype.str, *value.shape)

    def numpy_scalar(self, value: np.generic, depth: int) -> list[Any]:
        plain = np.asarray(value).astype(value.dtype.newbyteorder("<"))
        return self.container(depth, "n", plain.dtype.str, plain.tobytes())

    def tensor(self, value: Any, torch: Any, depth: int) -> list[Any]:
        name = str(value.dtype).removeprefix("torch.")
        if value.layout is not torch.strided or value.device.type != "cpu" or name not in TORCH_DTYPES:
            raise Unencodable(f"a tensor of dtype {name}, layout {value.layout}, on {value.device}")
        if value.dim() > self.bounds.dimensions:
            raise Unencodable(f"a tensor of {value.dim()} dimensions (at most {self.bounds.dimensions})")
        self.count_buffer(value.numel() * value.element_size())
        plain = value.detach().resolve_conj().resolve_neg().contiguous()
        bits = plain.reshape(-1).view(torch.uint8) if plain.numel() else plain.new_empty(0, dtype=torch.uint8)
        self.buffers.append(memoryview(bits.numpy()) if plain.numel() else memoryview(b""))
        return self.container(depth, "T", name, *value.shape)

    def sparse(self, value: Any, depth: int) -> list[Any]:
        form, flavour, shape, arrays = sparse.parts(value)
        self.sparse_objects += sparse.objects(form, shape[0], len(arrays[0]))
        if self.sparse_objects > self.bounds.sparse_objects:
            raise Unencodable(f"sparse matrices ({form}) of more than {self.bounds.sparse_objects} rows and entries")
        head = self.container(depth, "S", form, flavour, *shape)
        return head + [self.node(array, depth + 1) for array in arrays]

    def generator(self, value: np.random.Generator, depth: int) -> list[Any]:
        state = value.bit_generator.state
        if state["bit_generator"] != "PCG64":
            raise Unencodable(f"a random generator over {state['bit_generator']} (only PCG64 crosses)")
        inner = state["state"]
        parts = (inner["state"], inner["inc"], state["has_uint32"], state["uinteger"])
        return self.items("g", parts, depth)

    def exception(self, value: RemoteException, depth: int) -> list[Any]:
        frames = [(f.file, f.line, f.function) for f in value.frames]
        return self.items("e", (value.builtin, value.name, value.text, *frames), depth)


def _length(values: Any) -> int:
    """As `len`, which knows no range that is longer than an address."""
    if type(values) is not range:
        return len(values)
    return (values[-1] - values[0]) // values.step + 1 if values else 0


_ENCODERS: dict[type, Callable[[_Encoder, Any, int], Any]] = {
    int: _Encoder.integer,
    str: _Encoder.text,
    bytes: _Encoder.binary,
    complex: lambda e, v, d: e.container(d, "c", v.real, v.imag),
    list: lambda e, v, d: e.items("l", v, d),
    tuple: lambda e, v, d: e.items("t", v, d),
    range: _Encoder.numbers,
    set: lambda e, v, d: e.members("s", v, d),
    frozenset: lambda e, v, d: e.members("z", v, d),
    dict: _Encoder.mapping,
    slice: lambda e, v, d: e.items("k", (v.start, v.stop, v.step), d),
    type(Ellipsis): lambda e, v, d: e.container(d, "o"),
    np.ndarray: _Encoder.array,
    np.random.Generator: _Encoder.generator,
    RemoteException: _Encoder.exception,
    Handle: lambda e, v, d: e.container(d, "h", v.token, v.type_name, v.callable),
    Callback: lambda e, v, d: e.container(d, "f", v.number),
    TorchState: lambda e, v, d: e.container(d, "G", v.state),
}
