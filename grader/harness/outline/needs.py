"""What a module imports, and whether it cannot be imported itself where that is not to be had."""

from __future__ import annotations

import ast
from collections.abc import Iterator

MOST = 1000  # imports of a module that are told
_CATCHES = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException", "suppress"})


def imported(tree: ast.Module) -> list[tuple[str, int, bool]]:
    """Dotted names, each with its line and whether the import is sure to run and is not caught.

    Of `from a import b` both `a` and `a.b` are told. Relative imports, and what only a type checker reads, are not.
    """
    told: dict[tuple[str, int], bool] = {}
    for node, sure in _imports(tree.body, sure=True):
        names = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names = [] if node.level else [module, *(f"{module}.{name}" for name in names if name != "*")]
        for name in names:
            told[name, node.lineno] = told.get((name, node.lineno), False) or sure
    return [(name, line, sure) for (name, line), sure in list(told.items())[:MOST]]


def _imports(body: list[ast.stmt], *, sure: bool) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    pending = [(node, sure) for node in body]
    while pending:
        node, sure = pending.pop(0)
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node, sure
        elif not isinstance(node, ast.If) or not _is_for_checkers(node.test):
            pending[:0] = list(_within(node, sure))


def _within(node: ast.stmt, sure: bool) -> Iterator[tuple[ast.stmt, bool]]:
    """The statements of a statement, and whether each is as sure to run as it is."""
    if isinstance(node, ast.Try):
        caught = any(handler.type is None or _names(handler.type) & _CATCHES for handler in node.handlers)
        yield from ((inner, sure and not caught) for inner in node.body)
        yield from ((inner, False) for handler in node.handlers for inner in handler.body)
        yield from ((inner, False) for inner in node.orelse)
        yield from ((inner, sure) for inner in node.finalbody)
        return
    if isinstance(node, ast.With):
        sure = sure and not any(_names(item.context_expr) & _CATCHES for item in node.items)
    elif not isinstance(node, ast.ClassDef):
        sure = False
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child, sure
        elif isinstance(child, ast.match_case):
            yield from ((inner, False) for inner in child.body)


def _names(node: ast.expr) -> set[str]:
    """The last parts of all names in an expression."""
    found = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return found | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}


def _is_for_checkers(test: ast.expr) -> bool:
    """Whether a condition holds only where types are checked, or where the module is run as a program."""
    text = ast.unparse(test)
    return text in ("TYPE_CHECKING", "typing.TYPE_CHECKING") or "__name__" in text
