"""Modules' outlines from their syntax trees, as JSON: run as a program of its own, with limits on itself.

It takes one JSON object, path -> source (in Latin-1, so that every byte is a character), and gives a line for each
as soon as it is read: where it ends too early, the next module is to blame.

It reads source that may be hostile, so it stands alone: nothing of the project is imported here, and
whatever the parser suffers ends with this process.
"""

from __future__ import annotations

import ast
import contextlib
import json
import sys
from collections.abc import Iterator, Mapping

CPU_SECONDS = 10
MEMORY_BYTES = 1 << 30
PARTS = 16  # of a dotted name; what an assignment forbids has fewer


def read(source: bytes) -> dict[str, object]:
    """The outline as JSON, or the error of a source that is not Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        return {
            "error": f"{type(error).__name__}: {getattr(error, 'msg', error)}",
            "line": getattr(error, "lineno", None) or 1,
        }
    aliases = dict(_aliases(tree))
    uses: dict[str, int] = {}
    for name, line in _uses(tree, aliases):
        uses.setdefault(name, line)
    return {"defines": sorted(set(_defined(tree))), "uses": sorted(uses.items())}


def _aliases(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Local name -> dotted name, for every import in the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (
                    (alias.asname or alias.name.partition(".")[0]),
                    (alias.name if alias.asname else alias.name.partition(".")[0]),
                )
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _uses(tree: ast.AST, aliases: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """What is imported, and each chain of names once, as a whole: the work must not grow with its square."""
    within: set[ast.AST] = set()  # chains that a longer one holds; `walk` comes to the longer one first
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Attribute | ast.Name):
            if isinstance(node, ast.Attribute):
                within.add(node.value)
            name = None if node in within else _dotted(node, aliases)
            if name is not None:
                yield name, node.lineno


def _dotted(node: ast.expr, aliases: Mapping[str, str]) -> str | None:
    """``np.fft.fft`` as ``numpy.fft.fft``; None for what is no chain of names."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([aliases.get(node.id, node.id), *reversed(parts[-PARTS:])])


def _defined(tree: ast.Module) -> Iterator[str]:
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


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # not on Windows; there the time limit stands alone
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_SECONDS)):
        with contextlib.suppress(ValueError):  # whoever has started this has set a lower one
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    _limit_this_process()
    for source in json.load(sys.stdin.buffer).values():
        print(json.dumps(read(source.encode("latin-1"))), flush=True)
