"""The checks of a frame that come before anything is built from it."""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Collection
from typing import Any

import msgpack
import numpy as np

from grader.harness.bounds import DEFAULT, Bounds
from grader.harness.wire.values import HEADER, MAGIC, TORCH_DTYPES, WireError, dtype_allowed


def check_header(header: bytes | bytearray, bounds: Bounds = DEFAULT) -> tuple[int, int]:
    """The lengths of the two parts that follow. Raises WireError before anything is allocated for them."""
    magic, control, buffers = HEADER.unpack(header)
    if magic != MAGIC:
        raise WireError("the frame does not begin as one")
    if control > bounds.control_bytes:
        raise WireError(f"a control part of {control} bytes (at most {bounds.control_bytes})")
    if buffers > bounds.buffer_bytes:
        raise WireError(f"buffers of {buffers} bytes (at most {bounds.buffer_bytes})")
    return control, buffers


def parse_control(control: bytes | bytearray, buffer_bytes: int, bounds: Bounds = DEFAULT) -> Any:
    """The control part as a tree of tagged lists, counted and measured, before any buffer is read.

    What the arrays in it say they need must be exactly the ``buffer_bytes`` that the header announced.
    """
    _scan(control, bounds)
    try:
        tree = msgpack.unpackb(control, raw=False, strict_map_key=True)
    except Exception as error:  # msgpack raises its own, ValueError, UnicodeDecodeError: all mean the same
        raise WireError(f"the control part is not msgpack: {type(error).__name__}") from None
    if _announced(tree, bounds) != buffer_bytes:
        raise WireError("the arrays' sizes are not those of the buffers")
    return tree


_FIXED = {  # msgpack: first byte -> bytes that follow, for what has a fixed size
    0xC0: 0, 0xC2: 0, 0xC3: 0, 0xCB: 8,
    0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8,
}  # fmt: skip
_SIZED = {0xC4: 1, 0xC5: 2, 0xC6: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4}  # bin and str: bytes of the length


def _scan(control: bytes | bytearray, bounds: Bounds) -> None:
    """Walk the bytes without building anything: count values, follow depth, check lengths.

    A frame of four MiB could otherwise become some hundred MiB of tiny containers. The encoder counts the same.
    """
    levels = bounds.depth + bounds.envelope
    at, nodes, pending = 0, 0, [1]  # pending[d]: values still to come at depth d
    try:
        while pending:
            if pending[-1] == 0:
                pending.pop()
                continue
            pending[-1] -= 1
            nodes += 1
            first = control[at]
            at += 1
            if 0x90 <= first <= 0x9F or first in (0xDC, 0xDD):
                width = {0xDC: 2, 0xDD: 4}.get(first, 0)
                count = int.from_bytes(control[at : at + width], "big") if width else first & 0x0F
                at += width
                if count == 0:
                    raise WireError("a container without a tag")
                pending.append(count)
            else:
                at += _scalar_bytes(control, at, first, bounds)
            if nodes + sum(pending) > bounds.nodes or len(pending) > levels + 1:
                raise WireError("a structure with too many values or too deep")
    except IndexError:
        raise WireError("the control part ends too early") from None
    if at != len(control):
        raise WireError("the control part has bytes left over, or too few")


def _scalar_bytes(control: bytes | bytearray, at: int, first: int, bounds: Bounds) -> int:
    """How many bytes belong to the scalar whose first byte was read."""
    if first <= 0x7F or first >= 0xE0:
        return 0
    if first in _FIXED:
        return _FIXED[first]
    if 0xA0 <= first <= 0xBF:
        return first & 0x1F
    if first in _SIZED:
        width = _SIZED[first]
        size = int.from_bytes(control[at : at + width], "big")
        if size > bounds.text_bytes:
            raise WireError(f"a text of {size} bytes (at most {bounds.text_bytes})")
        return width + size
    raise WireError("a msgpack type that does not belong here")


def _announced(tree: Any, bounds: Bounds) -> int:
    """The bytes that all arrays of the tree need, each shape checked."""
    total, stack = 0, [tree]
    while stack:
        node = stack.pop()
        if type(node) is not list:
            continue
        if node[0] in ("a", "T"):
            total += _array_bytes(node, bounds)
        else:
            stack.extend(node[1:])
    return total


def _array_bytes(node: list[Any], bounds: Bounds) -> int:
    if len(node) < 2 or type(node[1]) is not str:
        raise WireError("an array without a dtype")
    shape = node[2:]
    if len(shape) > bounds.dimensions or not all(type(n) is int and 0 <= n <= 2**48 for n in shape):
        raise WireError("an array's shape is not one")
    size: int = math.prod(shape) * itemsize(node[0], node[1], bounds)
    if size > bounds.buffer_bytes:
        raise WireError(f"an array of {size} bytes (at most {bounds.buffer_bytes})")
    return size


def check_keys(keys: Collection[Any], bounds: Bounds = DEFAULT) -> str | None:
    """What is wrong with the keys of a dict, or the members of a set; None if nothing is.

    Python finds a key by its hash, and looks at all keys of the same hash one by one. Those of numbers and tuples can
    be chosen: a frame of such keys would take minutes.
    """
    if len(keys) > bounds.same_hash and max(Counter(map(hash, keys)).values()) > bounds.same_hash:
        return f"more than {bounds.same_hash} keys that share a hash"
    return "a key or a member that stands twice" if len(set(keys)) != len(keys) else None


_SURROGATES = range(0xD800, 0xE000)
_CHUNK = 1 << 20


def is_text(array: np.ndarray) -> bool:
    """Whether a contiguous array of fixed-width text holds characters that exist, and no lone surrogates."""
    codes = array.reshape(-1).view(np.uint32)
    return not any(_bad_codes(codes[at : at + _CHUNK]) for at in range(0, codes.size, _CHUNK))


def _bad_codes(codes: np.ndarray) -> bool:
    surrogates = (codes >= _SURROGATES.start) & (codes < _SURROGATES.stop)
    return bool(codes.max() > sys.maxunicode or surrogates.any())


def itemsize(tag: str, name: str, bounds: Bounds) -> int:
    if tag == "T":
        if name not in TORCH_DTYPES:
            raise WireError("a tensor of a dtype that may not cross")
        return TORCH_DTYPES[name]
    return int(checked_dtype(name, bounds).itemsize)


def checked_dtype(name: Any, bounds: Bounds = DEFAULT) -> np.dtype[Any]:
    if type(name) is not str or len(name) > 8 or name[:1] not in "<|":
        raise WireError("an array of a dtype that may not cross")
    try:
        dtype = np.dtype(name)
    except Exception:
        raise WireError("an array of a dtype that may not cross") from None
    if not dtype_allowed(dtype, bounds) or dtype.str != name:
        raise WireError("an array of a dtype that may not cross")
    return dtype
