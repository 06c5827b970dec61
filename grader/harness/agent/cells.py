"""Running a notebook's module cell by cell, as Jupyter does: with `await` outside of functions, and failing cells.

A cell may fail once all that is asked for, and that the notebook defines, is there; the first such failure is told, and
the cells after it run all the same. Before that a failure is the module's.
"""

from __future__ import annotations
import __future__

import ast
import inspect
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from types import CodeType, ModuleType
from typing import Any

_FAILURES = (Exception, SystemExit)


def run(module: ModuleType, source: bytes, place: str, starts: Sequence[int], required: Collection[str]) -> Any:
    """Run the cells, which begin on these lines, in the module; the first failure that was let pass, or None."""
    await_ = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    tree: ast.Module = compile(source, place, "exec", ast.PyCF_ONLY_AST | await_, dont_inherit=True)
    flags = await_ | _future_flags(tree)
    cells: dict[int, list[ast.stmt]] = {}
    for node in tree.body:
        cells.setdefault(bisect_right(starts, node.lineno), []).append(node)
    left, first, loop = list(cells.values()), None, _Loop()
    try:
        while left:
            try:
                code = compile(ast.Module(left[0], type_ignores=[]), place, "exec", flags, dont_inherit=True)
                loop.run(code, module.__dict__)
            except _FAILURES as error:
                if not _all_is_there(module, left, required):
                    raise
                first = first or error
            del left[0]
    finally:
        loop.close()
    return first


def _future_flags(tree: ast.Module) -> int:
    """What `from __future__ import` at the top of the module means for every cell."""
    flags = 0
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            for alias in node.names:
                flags |= getattr(__future__, alias.name).compiler_flag
    return flags


def _all_is_there(module: ModuleType, left: list[list[ast.stmt]], required: Collection[str]) -> bool:
    """Whether nothing that is asked for is still to be defined, by this cell or a later one."""
    missing = {name for name in required if name not in module.__dict__}
    if len(missing) == len(required):
        return False
    return not any(name in missing for cell in left for node in cell for name in _bound(node))


def _bound(node: ast.stmt) -> Iterator[str]:
    """The names that a statement may bind, at whatever depth."""
    for one in ast.walk(node):
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield one.name
        elif isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
            yield one.id
        elif isinstance(one, ast.alias):
            yield one.asname or one.name.partition(".")[0]


class _Loop:
    """The event loop in which all cells that await run; made when the first does."""

    def __init__(self) -> None:
        self._loop: Any = None

    def run(self, code: CodeType, names: dict[str, Any]) -> None:
        if not code.co_flags & inspect.CO_COROUTINE:
            exec(code, names)  # noqa: S102 - it is the submission, in its sandbox
            return
        if self._loop is None:
            import asyncio

            self._loop = asyncio.new_event_loop()
        self._loop.run_until_complete(eval(code, names))  # noqa: S307

    def close(self) -> None:
        if self._loop is not None:
            self._loop.close()
