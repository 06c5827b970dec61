"""What a value is a kind of: numpy's text is text, an ordered dict is a dict, a named tuple is a tuple.

Only kinds that Python and the libraries define are known here, named tuples and members of enumerations among
them. Any other subclass is an object of its own, whatever it derives from. A value is read by the methods of what it is
a kind of, never by its own.
"""

from __future__ import annotations

import sys
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable
from enum import EnumMeta
from typing import Any

import numpy as np

_EXACT: dict[type, Callable[[Any], Any]] = {
    np.str_: str.__str__,
    np.bytes_: bytes.__bytes__,
    OrderedDict: lambda value: dict(OrderedDict.items(value)),  # its order is its own, not that of dict
    defaultdict: lambda value: dict(dict.items(value)),
    Counter: lambda value: dict(dict.items(value)),
}
_MEMBERS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (int, int.__int__),
    (float, float.__float__),
    (str, str.__str__),
    (bytes, bytes.__bytes__),
)


def plain(value: Any) -> Any:
    """``value`` as an int, float, str, bytes, tuple or dict, if it is a kind of one; else ``value`` itself."""
    kind = type(value)
    if rule := _EXACT.get(kind):
        return rule(value)
    if issubclass(type(kind), EnumMeta):
        return next((read(value) for base, read in _MEMBERS if base in kind.__mro__), value)
    if tuple in kind.__mro__ and _is_record(kind):
        return tuple(tuple.__iter__(value))
    return value


def _is_record(kind: type) -> bool:
    """A named tuple, a result of several parts such as that of `torch.max`, or a tensor's shape."""
    torch = sys.modules.get("torch")
    if torch is not None and kind is torch.Size:
        return True
    if kind.__module__ == "torch.nn.utils.rnn":  # packed sequences are objects that layers take
        return False
    return any(
        base.__bases__ == (tuple,) and ("_fields" in vars(base) or "n_sequence_fields" in vars(base))
        for base in kind.__mro__
    )
