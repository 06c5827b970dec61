"""What dotted names mean in the libraries that are installed: the same object by two names, or nothing at all.

Only the dictionaries of modules and classes are read, of libraries that the grader trusts; nothing is called.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from enum import Enum
from types import CodeType, FunctionType, ModuleType
from typing import Any


class Sameness(Enum):
    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


def same(name: str, other: str) -> Sameness:
    """UNKNOWN where the library is not here, or a part of a name is no module's."""
    first, second = _find(name), _find(other)
    if first is _MISSING or second is _MISSING:
        return Sameness.UNKNOWN
    return Sameness.SAME if first is second else Sameness.DIFFERENT


def lacks(holder: str, attribute: str) -> bool:
    """Whether a dotted name is a class that has no such attribute, nor any method that speaks of one.

    Names are followed without knowing which of several objects it is: an own `self._step` is told as
    `torch.Tensor._step` too, where `self` may be a tensor for all that is known. False where the library is not here.
    """
    found = _find(holder)
    if not isinstance(found, type):
        return False
    held = [pair for kind in (found, type(found)) for base in kind.__mro__ for pair in vars(base).items()]
    spoken = {word for _, value in held for function in _functions(value) for word in _words(function.__code__)}
    return attribute not in spoken.union(name for name, _ in held)


def _functions(value: Any) -> Iterator[FunctionType]:
    """The function that stands in a class, those of a property, and what they are wrapped around."""
    if isinstance(value, FunctionType):
        yield value
    if isinstance(value, FunctionType | property | staticmethod | classmethod):
        for name in ("fget", "fset", "fdel", "__func__", "__wrapped__"):
            yield from _functions(getattr(value, name, None))


def _words(code: CodeType) -> Iterator[str]:
    """The names and the texts in a function's code, and in that of the functions within it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _words(constant)
        elif isinstance(constant, str):
            yield constant


_MISSING: Any = object()


def _find(name: str) -> Any:
    """The object that modules hold under a dotted name, or _MISSING; the library is imported."""
    root, *parts = name.split(".")
    try:
        found: Any = importlib.import_module(root)
    except ImportError:
        return _MISSING
    for depth, part in enumerate(parts, start=1):
        if not isinstance(found, ModuleType):
            return _MISSING
        known = sys.modules.get(".".join([root, *parts[:depth]]), _MISSING)
        found = vars(found).get(part, known)
    return found
