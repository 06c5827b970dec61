"""The lint of hidden suites: comparisons that believe too much are errors there.

``np.allclose(np.empty(0), 5)`` is true, ``assert_allclose(0.5, [0.5] * 10)`` passes, ``zip`` stops at the shorter
list: a submission could return next to nothing and pass. ``pytest.raises(ValueError)`` does not ask which argument was
wrong. Suites use `grader.testing` instead.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

_BANNED_CALLS = {
    "allclose": "assert_close",
    "isclose": "assert_close",
    "assert_allclose": "assert_close",
    "assert_almost_equal": "assert_close",
    "assert_array_almost_equal": "assert_close",
    "assert_array_equal": "assert_equal",
    "array_equal": "assert_equal",
    "approx": "assert_close",
}
_REDUCTIONS = {"all", "any"}


def lint_suite(folder: Path) -> list[str]:
    """Every finding in the suite's files, as ``file:line: what is wrong and what to use``."""
    return [
        f"{path.name}:{line}: {finding}"
        for path in sorted(folder.rglob("*.py"))
        for line, finding in sorted(lint_source(path.read_text(encoding="utf-8")))
    ]


def lint_source(source: str) -> Iterator[tuple[int, str]]:
    """The findings in one file: line and sentence."""
    tree = ast.parse(source)
    remote = _names_from_submission(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _call(node)
        elif isinstance(node, ast.Assert):
            yield from _assertion(node, remote)


def _call(node: ast.Call) -> Iterator[tuple[int, str]]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in _BANNED_CALLS:
        yield node.lineno, f"{name} passes on empty arrays or NaN; use grader.testing.{_BANNED_CALLS[name]}"
    if name == "raises" and any(_is_value_error(argument) for argument in (*node.args, *_expected(node))):
        yield node.lineno, 'raises does not ask which argument is named; use grader.testing.assert_refused("k", f, …)'
    strict = any(k.arg == "strict" and getattr(k.value, "value", False) is True for k in node.keywords)
    if name == "zip" and isinstance(node.func, ast.Name) and not strict:
        yield (
            node.lineno,
            "zip stops at the shorter one; say zip(..., strict=True), or compare with assert_equal",
        )


def _expected(node: ast.Call) -> Iterator[ast.expr]:
    return (keyword.value for keyword in node.keywords if keyword.arg == "expected_exception")


def _is_value_error(node: ast.expr) -> bool:
    """Whether ``ValueError`` is meant, alone or among others."""
    if isinstance(node, ast.Tuple):
        return any(_is_value_error(item) for item in node.elts)
    return isinstance(node, ast.Name) and node.id == "ValueError"


def _assertion(node: ast.Assert, remote: set[str]) -> Iterator[tuple[int, str]]:
    """``assert x == y`` on what came from the submission; ``(x == y).all()`` and ``not (x != y).any()`` on anything."""
    for part in ast.walk(node.test):
        if isinstance(part, ast.Compare) and any(isinstance(op, ast.Eq) for op in part.ops):
            if any(_root(side) in remote for side in _sides(part)):
                yield node.lineno, "== on what the submission returned; use grader.testing.assert_equal"
        elif _reduces(part, ast.Eq) or (isinstance(part, ast.UnaryOp) and _reduces(part.operand, ast.NotEq)):
            yield node.lineno, "(x == y).all() is true for empty arrays; use grader.testing.assert_equal"


def _sides(comparison: ast.Compare) -> Iterator[ast.expr]:
    """What is compared, the items of a tuple or list one by one."""
    for side in (comparison.left, *comparison.comparators):
        yield from side.elts if isinstance(side, ast.Tuple | ast.List) else [side]


def _reduces(node: ast.AST, comparison: type[ast.cmpop]) -> bool:
    """Whether this is ``(x == y).all()``, or the same by ``np.all`` or another function called all or any."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in _REDUCTIONS:
        return False
    inner = [node.func.value, *node.args]
    return any(isinstance(c, ast.Compare) and any(isinstance(op, comparison) for op in c.ops) for c in inner)


def _names_from_submission(tree: ast.AST) -> set[str]:
    """The fixtures `submission` and `probe`, and names that are assigned directly from a call on them."""
    found = set(_FIXTURES)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _root(node.value) in _FIXTURES:
            found.update(n.id for target in node.targets for n in ast.walk(target) if isinstance(n, ast.Name))
    return found


_FIXTURES = ("submission", "probe")


def _root(node: ast.expr) -> str:
    """The name that a chain of calls, attributes and indices begins with."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
