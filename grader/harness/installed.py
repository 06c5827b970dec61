"""What dotted names mean in the libraries that are installed: the same object by two names, or nothing at all.

Only the dictionaries of modules and classes are read, of libraries that the grader trusts; nothing is called.
"""

from __future__ import annotations

import importlib
import sys
from enum import Enum
from types import FunctionType, ModuleType
from typing import Any


class Sameness(Enum):
    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


def same(name: str, other: str) -> Sameness:
    """UNKNOWN where the library is not here, or a part of a name is no module's."""
    try:
        importlib.import_module(name.partition(".")[0])
    except ImportError:
        return Sameness.UNKNOWN
    first, second = _find(name), _find(other)
    if first is _MISSING or second is _MISSING:
        return Sameness.UNKNOWN
    return Sameness.SAME if first is second else Sameness.DIFFERENT


def lacks(holder: str, attribute: str) -> bool:
    """Whether a dotted name is a class that has no such attribute, nor any method that speaks of one.

    Names are followed without knowing which of several objects it is: an own `self._step` is told as
    `torch.Tensor._step` too, where `self` may be a tensor for all that is known. False where the library is not here.
    """
    try:
        importlib.import_module(holder.partition(".")[0])
    except ImportError:
        return False
    found = _find(holder)
    if not isinstance(found, type):
        return False
    held = [(name, value) for kind in found.__mro__ for name, value in vars(kind).items()]
    spoken = {name for _, value in held if isinstance(value, FunctionType) for name in value.__code__.co_names}
    return attribute not in spoken.union(name for name, _ in held)


_MISSING: Any = object()


def _find(name: str) -> Any:
    """The object that modules hold under a dotted name, or _MISSING."""
    root, *parts = name.split(".")
    found: Any = sys.modules[root]
    for depth, part in enumerate(parts, start=1):
        if not isinstance(found, ModuleType):
            return _MISSING
        known = sys.modules.get(".".join([root, *parts[:depth]]), _MISSING)
        found = vars(found).get(part, known)
    return found
