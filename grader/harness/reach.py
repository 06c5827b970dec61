"""Which tests run the statements that a mistake changes: only they can see it.

A proof runs the reference once, traced (`grader.harness.tracer`), and learns of each test which lines it ran. What is
told here saves a proof time and decides nothing: a mutant that these tests miss meets all the others too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from grader.core.mutants import Mutant

Lines = Mapping[str, list[int]]  # that a test ran, by file


class Reach:
    """Of one reference: its modules' texts by file, and the lines that each test ran; None where nobody knows."""

    def __init__(self, sources: Mapping[str, str], ran: Mapping[str, Lines | None]) -> None:
        self._sources = sources
        self._trees = {file: ast.parse(text) for file, text in sources.items()}
        self._ran = ran

    def runs(self, test: str, file: str, lines: set[int]) -> bool:
        """Whether a test runs one of these lines of a file, as far as anybody knows; without lines nobody does."""
        ran = self._ran.get(test)
        return ran is None or not lines or not lines.isdisjoint(ran.get(file, ()))

    def lines_of(self, mutant: Mutant) -> set[int]:
        """The lines of the statements that a mutant changes; none where it changes no statement."""
        changed = _changed(self._sources[mutant.file], mutant)
        return set[int]().union(*(self.lines_at(mutant.file, line) for line in changed))

    def lines_at(self, file: str, line: int) -> set[int]:
        """The lines of the innermost statement that has this one; of a condition or a loop its head, of a function its
        body: its head runs as soon as it is imported. None where no statement has it.
        """
        innermost: ast.stmt | None = None
        while statement := _at(innermost or self._trees[file], line):
            innermost = statement
        if innermost is None:
            return set()
        first, last = _first_line(innermost), innermost.end_lineno or innermost.lineno
        parts = list(_parts(innermost))
        if isinstance(innermost, ast.FunctionDef | ast.AsyncFunctionDef):
            first = _first_line(parts[0])
        elif parts and line < _first_line(parts[0]):
            last = _first_line(parts[0]) - 1
        return set(range(first, last + 1))


def _changed(text: str, mutant: Mutant) -> Iterator[int]:
    """The lines of the reference that a mutant changes or takes away, and those between which it puts others."""
    before, after = mutant.find.split("\n"), mutant.replace.split("\n")
    first = text[: text.index(mutant.find)].count("\n") + 1
    for tag, start, end, _, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "insert":
            yield from (first + start - 1, first + start)
        elif tag != "equal":
            yield from range(first + start, first + end)


def _at(parent: ast.AST, line: int) -> ast.stmt | None:
    """The statement right within ``parent`` that has this line."""
    for statement in _parts(parent):
        if _first_line(statement) <= line <= (statement.end_lineno or statement.lineno):
            return statement
    return None


def _parts(parent: ast.AST) -> Iterator[ast.stmt]:
    """The statements right within another one, or within one of its handlers or cases."""
    for child in ast.iter_child_nodes(parent):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from _parts(child)


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(one.lineno for one in decorators)])
