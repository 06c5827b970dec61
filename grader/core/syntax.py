"""Python source as a syntax tree, from any thread.

CPython 3.11 counts how deep it is in a tree for all threads together, so two that build trees at once may both fail
with a SystemError (gh-106905). A lock keeps them apart.
"""

from __future__ import annotations

import ast
from threading import Lock

_LOCK = Lock()


def parse(source: str | bytes) -> ast.Module:
    """The tree of a module. Raises SyntaxError, or ValueError for a null byte."""
    with _LOCK:
        return ast.parse(source)
