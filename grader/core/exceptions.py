"""The exceptions that a student is told of a hidden test: a few built-in types, so that a name carries few bits.

Whoever chooses a class's name, or which of Python's seventy classes to raise, says something with it; so what is told
is the nearest of these.
"""

from __future__ import annotations

import builtins

ANY = "Exception"
TOLD = frozenset(
    (
        *("ArithmeticError", "AssertionError", "AttributeError", "ImportError", "IndexError", "KeyError"),
        *("MemoryError", "NameError", "NotImplementedError", "OSError", "RecursionError", "RuntimeError"),
        *("StopIteration", "SyntaxError", "SystemExit", "TypeError", "ValueError", "ZeroDivisionError", ANY),
    )
)


def is_builtin(name: str) -> bool:
    """Whether this is the name of one of Python's own exceptions."""
    kind = getattr(builtins, name, None)
    return isinstance(kind, type) and issubclass(kind, BaseException)


def nearest(name: str) -> str:
    """The nearest of `TOLD` above a built-in type of this name; of any other, and above all of them, `Exception`."""
    if not is_builtin(name):
        return ANY
    return next((kind.__name__ for kind in getattr(builtins, name).__mro__ if kind.__name__ in TOLD), ANY)
