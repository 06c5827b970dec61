"""From a checked frame to its value."""

from __future__ import annotations

import builtins
import math
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.harness.bounds import DEFAULT, Bounds
from grader.harness.wire import sparse
from grader.harness.wire.checking import check_keys, checked_dtype, is_text, itemsize, parse_control
from grader.harness.wire.values import (
    TORCH_STATE_BYTES,
    Callback,
    Frame,
    Handle,
    RemoteException,
    TorchState,
    WireError,
)


def decode(control: bytes | bytearray, buffers: bytes | bytearray | memoryview, *, bounds: Bounds = DEFAULT) -> Any:
    """The value of a frame that is there whole; handles and callbacks stay as they are."""
    view = memoryview(buffers)
    return build(parse_control(control, view.nbytes, bounds), view)


def build(tree: Any, buffers: memoryview, *, resolve: Callable[[Any], Any] | None = None) -> Any:
    """The value of a checked tree. ``resolve`` turns a Handle, Callback or TorchState into what stands for it here."""
    try:
        return _Builder(buffers, resolve).value(tree)
    except WireError:
        raise
    except (TypeError, ValueError, OverflowError, IndexError, KeyError) as error:
        raise WireError(f"a value that breaks the grammar ({type(error).__name__})") from None


_HASHABLE = (type(None), bool, int, float, complex, str, bytes)


class _Builder:
    """Builds the value, taking the buffers in the order of the arrays."""

    def __init__(self, buffers: memoryview, resolve: Callable[[Any], Any] | None) -> None:
        self.buffers = buffers
        self.at = 0
        self.sparse_objects = 0
        self.resolve = resolve or (lambda reference: reference)

    def value(self, node: Any) -> Any:
        if type(node) is not list:
            return node
        rule = _BUILDERS.get(node[0]) if type(node[0]) is str else None
        if rule is None:
            raise WireError("a container with an unknown tag")
        return rule(self, node)

    def items(self, node: list[Any]) -> list[Any]:
        return [self.value(item) for item in node[1:]]

    def keys(self, values: list[Any]) -> list[Any]:
        for value in values:
            self.hashable(value)
        if wrong := check_keys(values):
            raise WireError(wrong)
        return values

    def hashable(self, value: Any) -> None:
        if type(value) in (tuple, frozenset):
            for item in value:
                self.hashable(item)
        elif type(value) not in _HASHABLE and not isinstance(value, np.generic):
            raise WireError("a key or a member that cannot be one")

    def mapping(self, node: list[Any]) -> dict[Any, Any]:
        flat = self.items(node)
        if len(flat) % 2:
            raise WireError("a dict with a key but no value")
        return dict(zip(self.keys(flat[::2]), flat[1::2], strict=True))

    def take(self, size: int) -> memoryview:
        part = self.buffers[self.at : self.at + size]
        self.at += size
        return part

    def writable(self, size: int) -> bytearray | memoryview:
        """The next bytes, as a copy: an array must not keep a whole frame, unless it is all of it."""
        part = self.take(size)
        return part if size == self.buffers.nbytes and not part.readonly else bytearray(part)

    def array(self, node: list[Any]) -> np.ndarray:
        dtype = checked_dtype(node[1])
        size = math.prod(node[2:]) * dtype.itemsize
        plain = np.frombuffer(self.writable(size), dtype=dtype).reshape(node[2:])
        if dtype.kind == "b" and plain.view(np.uint8).max(initial=0) > 1:
            raise WireError("a bool that is neither true nor false")
        if dtype.kind == "U" and not is_text(plain):
            raise WireError("a text with characters that do not exist, or with lone surrogates")
        return plain.astype(dtype.newbyteorder("="), copy=False)

    def numpy_scalar(self, node: list[Any]) -> np.generic:
        _, name, raw = node
        dtype = checked_dtype(name)
        if type(raw) is not bytes or len(raw) != dtype.itemsize or dtype.kind in "SU":
            raise WireError("a number of the wrong size")
        if dtype.kind == "b" and raw not in (b"\0", b"\1"):
            raise WireError("a bool that is neither true nor false")
        scalar: np.generic = np.frombuffer(raw, dtype=dtype)[0]
        return scalar

    def tensor(self, node: list[Any]) -> Any:
        torch = sys.modules.get("torch")
        if torch is None:
            raise WireError("a tensor, where torch is not loaded")
        size = math.prod(node[2:]) * itemsize("T", node[1], DEFAULT)
        raw = self.writable(size)
        if node[1] == "bool" and bytes(raw).translate(None, b"\0\1"):
            raise WireError("a bool that is neither true nor false")
        flat = torch.frombuffer(raw, dtype=torch.uint8) if size else torch.empty(0, dtype=torch.uint8)
        return flat.view(getattr(torch, node[1])).reshape(node[2:])

    def sparse(self, node: list[Any]) -> Any:
        _, form, flavour, rows, columns, *arrays = node
        return sparse.made(form, flavour, rows, columns, [self.value(array) for array in arrays], self.allow_objects)

    def allow_objects(self, count: int) -> None:
        self.sparse_objects += count
        if self.sparse_objects > DEFAULT.sparse_objects:
            raise WireError(f"sparse matrices of more than {DEFAULT.sparse_objects} objects")

    def generator(self, node: list[Any]) -> np.random.Generator:
        state, increment, has, uinteger = self.items(node)
        parts = ((state, 2**128), (increment, 2**128), (has, 2), (uinteger, 2**32))
        if not all(type(value) is int and 0 <= value < limit for value, limit in parts):
            raise WireError("a random generator's state that is not one")
        bits = np.random.PCG64(0)
        inner = {"state": state, "inc": increment}
        whole: Any = {"bit_generator": "PCG64", "state": inner, "has_uint32": has, "uinteger": uinteger}
        bits.state = whole
        return np.random.Generator(bits)

    def exception(self, node: list[Any]) -> RemoteException:
        _, builtin, name, text, *frames = node
        if not all(type(part) is str for part in (builtin, name, text)) or len(frames) > 64:
            raise WireError("an exception that is not one")
        return RemoteException(builtin, name, text, tuple(_frame(self.value(f)) for f in frames))

    def handle(self, node: list[Any]) -> Any:
        _, token, type_name, can_call = node
        if type(token) is not bytes or len(token) != DEFAULT.token_bytes:
            raise WireError("a handle without a token")
        if type(type_name) is not str or len(type_name) > DEFAULT.type_name or type(can_call) is not bool:
            raise WireError("a handle that is not one")
        return self.resolve(Handle(token, type_name, can_call))

    def callback(self, node: list[Any]) -> Any:
        _, number = node
        if type(number) is not int:
            raise WireError("a callback that is not one")
        return self.resolve(Callback(number))

    def torch_state(self, node: list[Any]) -> Any:
        _, state = node
        if type(state) is not bytes or len(state) != TORCH_STATE_BYTES:
            raise WireError("a generator's state that is not one")
        return self.resolve(TorchState(state))

    def big_integer(self, node: list[Any]) -> int:
        _, raw = node
        if type(raw) is not bytes or len(raw) > DEFAULT.integer_bytes:
            raise WireError("an integer that is too large")
        return int.from_bytes(raw, "big", signed=True)

    def complex(self, node: list[Any]) -> builtins.complex:
        _, real, imaginary = node
        if type(real) is not float or type(imaginary) is not float:
            raise WireError("a complex number that is not one")
        return builtins.complex(real, imaginary)


def _frame(fields: Any) -> Frame:
    file, line, function = fields
    if type(file) is not str or type(line) is not int or type(function) is not str:
        raise WireError("a frame of a traceback that is not one")
    return Frame(file, line, function)


def _exactly(length: int, rule: Callable[[_Builder, list[Any]], Any]) -> Callable[[_Builder, list[Any]], Any]:
    def checked(builder: _Builder, node: list[Any]) -> Any:
        if len(node) != length:
            raise WireError("a container of the wrong length")
        return rule(builder, node)

    return checked


_BUILDERS: dict[str, Callable[[_Builder, list[Any]], Any]] = {
    "i": _exactly(2, _Builder.big_integer),
    "c": _exactly(3, _Builder.complex),
    "l": _Builder.items,
    "t": lambda b, n: tuple(b.items(n)),
    "s": lambda b, n: set(b.keys(b.items(n))),
    "z": lambda b, n: frozenset(b.keys(b.items(n))),
    "d": _Builder.mapping,
    "k": _exactly(4, lambda b, n: slice(*b.items(n))),
    "o": _exactly(1, lambda b, n: Ellipsis),
    "a": _Builder.array,
    "n": _exactly(3, _Builder.numpy_scalar),
    "T": _Builder.tensor,
    "S": _Builder.sparse,
    "g": _exactly(5, _Builder.generator),
    "G": _exactly(2, _Builder.torch_state),
    "e": _Builder.exception,
    "h": _exactly(4, _Builder.handle),
    "f": _exactly(2, _Builder.callback),
}
