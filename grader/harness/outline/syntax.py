"""Parsing a module, compiling it, and the names that it defines at its top. Nothing is run."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from typing import Any

from . import LANGUAGE
from .newer import looks_newer


def parse(source: bytes, path: str = "a.py", *, compiles: bool = False) -> tuple[ast.Module | None, dict[str, Any]]:
    """The tree; or None, and what is wrong with the source.

    With ``compiles`` also what only the compiler sees: `return` outside a function, two arguments of one name, a late
    `from __future__`. A notebook may have `await` outside a function.
    """
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if path.endswith(".ipynb") else 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
            if compiles:
                ast.parse(source, feature_version=LANGUAGE)
                compile(source, path, "exec", flags, dont_inherit=True)
    except (SyntaxError, ValueError, OverflowError, RecursionError) as error:
        said = f"{getattr(error, 'msg', error)}"
        line = getattr(error, "lineno", None) or 1
        newer = looks_newer(source.decode("utf-8", "replace"), line, said) if isinstance(error, SyntaxError) else ""
        return None, {"error": f"{type(error).__name__}: {said}", "line": line, "newer": newer}
    return tree, {}


def defined(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Names bound at the top of the module, inside `if` and `try` too, with their lines; `import *` may bind any."""
    pending: list[ast.stmt] = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((alias.asname or alias.name.partition(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((n.id, node.lineno) for t in targets for n in ast.walk(t) if isinstance(n, ast.Name))
        elif isinstance(node, ast.If | ast.Try | ast.With | ast.For | ast.While):
            pending.extend(s for s in ast.iter_child_nodes(node) if isinstance(s, ast.stmt))
            for handler in getattr(node, "handlers", []):
                pending.extend(handler.body)
