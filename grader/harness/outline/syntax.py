"""Parsing a module, and the names that it defines at its top."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from typing import Any


def parse(source: bytes) -> tuple[ast.Module | None, dict[str, Any]]:
    """The tree; or None, and what is wrong with the source."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source), {}
    except (SyntaxError, ValueError) as error:
        return None, {
            "error": f"{type(error).__name__}: {getattr(error, 'msg', error)}",
            "line": getattr(error, "lineno", None) or 1,
        }


def defined(tree: ast.Module) -> Iterator[str]:
    """Names bound at the top of the module, inside `if` and `try` too; `import *` may bind any."""
    pending: list[ast.stmt] = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name))
        elif isinstance(node, ast.If | ast.Try | ast.With | ast.For | ast.While):
            pending.extend(s for s in ast.iter_child_nodes(node) if isinstance(s, ast.stmt))
            for handler in getattr(node, "handlers", []):
                pending.extend(handler.body)
