"""Self-checks: what stands under ``if __name__ == "__main__":`` at the top of a module.

A sandbox imports files and never runs one as the main program. So these lines may use what is forbidden elsewhere: they
are emptied, and what is left is both what is read here and what the sandbox gets. No trick with ``__name__`` can bring
them back.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

Lines = tuple[int, int]  # the first and the last, from 1

_LINE_END = re.compile(rb"(\r\n|\r|\n)")  # Python's own


def self_checks(tree: ast.Module) -> list[Lines]:
    """The lines of a module's self-checks. One with ``else`` is none: what stands there runs."""
    return [(node.lineno, node.end_lineno or node.lineno) for node in tree.body if _is_self_check(node)]


def without(source: bytes, checks: Iterable[Lines]) -> bytes:
    """The source with these lines emptied; every other line keeps its number."""
    parts = _LINE_END.split(source)  # a line, its end, a line, its end, …
    for first, last in checks:
        for number in range(first, last + 1):
            if 2 * (number - 1) < len(parts):  # not where an encoding makes lines that the bytes do not have
                parts[2 * (number - 1)] = b"pass" if number == first else b""
    return b"".join(parts)


def _is_self_check(node: ast.stmt) -> bool:
    if not isinstance(node, ast.If) or node.orelse or not isinstance(node.test, ast.Compare):
        return False
    sides = (node.test.left, *node.test.comparators)
    return [type(operator) for operator in node.test.ops] == [ast.Eq] and (
        (_is_name(sides[0]) and _is_main(sides[1])) or (_is_main(sides[0]) and _is_name(sides[1]))
    )


def _is_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "__name__"


def _is_main(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == "__main__"
