"""Python source as a syntax tree, from any thread.

CPython 3.11 counts how deep it is in a tree for all threads together, so two that build trees at once may both fail
with a SystemError (gh-106905). A lock keeps them apart.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from threading import Lock

_LOCK = Lock()
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")  # fields of statements, handlers and cases


def parse(source: str | bytes) -> ast.Module:
    """The tree of a module. Raises SyntaxError, or ValueError for a null byte."""
    with _LOCK:
        return ast.parse(source)


def nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """A node and all below it, in no order that means anything; several times as quick as `ast.walk`."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, ast.AST):
                waiting.append(value)
            elif isinstance(value, list):
                waiting += [one for one in value if isinstance(one, ast.AST)]


def statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements of a module, those within others too, in no order that means anything."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt):
            yield node
        for name in _BLOCKS:
            waiting += getattr(node, name, ())
