"""Starters in several languages: what guides differs, what runs is the same."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from grader.core.assignment import LANGUAGES, Assignment, starter_name
from grader.core.fingerprint import of_tree


def starter_faults(assignment: Assignment) -> Iterator[str]:
    """Where a starter's code differs from the English one's; a file that is missing is told elsewhere."""
    english = assignment.folder / starter_name("en")
    for language in LANGUAGES:
        other = assignment.folder / starter_name(language)
        if other != english and english.exists() and other.exists():
            difference = first_difference(english.read_bytes(), other.read_bytes())
            if difference:
                yield f"{other.name} has other code than {english.name}: {difference}"


def first_difference(one: bytes, other: bytes) -> str:
    """The first place where two sources differ but for docstrings and what NotImplementedError says; "" for none."""
    try:
        left, right = _code(one), _code(other)
    except (SyntaxError, ValueError) as error:
        return f"one of them is no Python ({error})"
    if of_tree(left) == of_tree(right):
        return ""
    here, there = _apart(left, right)
    return f"{_place(there)} instead of {_place(here)}"


def _code(source: bytes) -> ast.Module:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "NotImplementedError":
            for text in (part for given in node.args for part in ast.walk(given)):
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    text.value = ""
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = node.body[ast.get_docstring(node) is not None :]
    return tree


def _apart(one: ast.AST, other: ast.AST) -> tuple[ast.AST | None, ast.AST | None]:
    """The first statements that differ: the innermost ones whose parts do not differ in a statement of their own."""
    for ours, theirs in _pairs(one, other):
        if ours is None or theirs is None:
            return ours, theirs
        if ast.dump(ours) != ast.dump(theirs):
            return _apart(ours, theirs)
    return one, other


def _pairs(one: ast.AST, other: ast.AST) -> Iterator[tuple[ast.stmt | None, ast.stmt | None]]:
    """The statements right below two nodes, side by side; nothing where what stands around them differs."""
    if type(one) is not type(other) or _head(one) != _head(other):
        return
    for name, ours in ast.iter_fields(one):
        if _is_block(ours):
            theirs = getattr(other, name)
            for place in range(max(len(ours), len(theirs))):
                yield tuple(block[place] if place < len(block) else None for block in (ours, theirs))  # type: ignore[misc]


def _head(node: ast.AST) -> list[str]:
    """What a statement says apart from the statements in it."""
    fields = [value for _, value in ast.iter_fields(node) if not _is_block(value) and value != []]
    return [
        ast.dump(part) if isinstance(part, ast.AST) else repr(part)
        for value in fields
        for part in (value if isinstance(value, list) else [value])
    ]


def _is_block(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, ast.stmt) for one in value)


def _place(node: ast.AST | None) -> str:
    if node is None:
        return "nothing"
    line = getattr(node, "lineno", 1)
    return f"line {line} (`{(ast.unparse(node).strip().splitlines() or [''])[0][:80]}`)"
