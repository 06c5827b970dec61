"""Whether two dotted names of an installed library mean the same object: libraries hand out each other's names.

Only modules' own dictionaries are read, of libraries that the grader trusts; nothing is called.
"""

from __future__ import annotations

import importlib
import sys
from enum import Enum
from types import ModuleType
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
