"""Which of the names that an assignment asks for a piece of its reference is used by, as the text of the modules tells.

A proof puts a mistake into one function of the reference, and only the tests that call something built on this function
can catch it. Names are followed without regard to scopes, so more may be told than is true; what is left out costs a
proof time and nothing else.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

Unit = tuple[str, str]  # a file, and a function, class or variable at its top


class Reach:
    """Of one reference: its modules' texts by file, and where each of the ``required`` names is defined."""

    def __init__(self, sources: Mapping[str, str], required: Mapping[str, str]) -> None:
        self._sources = sources
        self._users = _users(sources)
        targets = {name: target.partition(":")[::2] for name, target in required.items()}
        self._required = {name: (_path(module, sources), attribute) for name, (module, attribute) in targets.items()}

    def names_built_on(self, file: str, piece: str) -> set[str] | None:
        """The required names that use, directly or not, what holds ``piece`` in this file.

        None where the text does not tell: the piece is not part of one definition.
        """
        holders = list(_holding(self._sources[file], piece))
        if len(holders) != 1 or not holders[0]:
            return None
        found, waiting = set[Unit](), [(file, name) for name in holders[0]]
        while waiting:
            unit = waiting.pop()
            if unit not in found:
                found.add(unit)
                waiting += self._users.get(unit[1], ())
        return {name for name, unit in self._required.items() if unit in found}


def _path(module: str, sources: Mapping[str, str]) -> str:
    path = module.replace(".", "/")
    return next((file for file in (f"{path}.py", f"{path}/__init__.py") if file in sources), "")


def _holding(text: str, piece: str) -> Iterator[list[str]]:
    """For each statement at the top that has a part of ``piece``: the names that it defines."""
    begin = text[: text.index(piece)].count("\n") + 1
    end = begin + piece.count("\n")
    for statement in ast.parse(text).body:
        decorators = [one.lineno for one in getattr(statement, "decorator_list", ())]
        if min([statement.lineno, *decorators]) <= end and begin <= (statement.end_lineno or 0):
            yield _defined(statement)


def _defined(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign() | ast.AnnAssign():
            names = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
            return [name.id for name in names if isinstance(name.ctx, ast.Store)]
    return []


def _users(sources: Mapping[str, str]) -> dict[str, list[Unit]]:
    """Of each name, the definitions in whose text it stands, under an alias too."""
    users: dict[str, list[Unit]] = {}
    for file, text in sources.items():
        tree = ast.parse(text)
        aliases = {
            alias.asname: alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if alias.asname is not None
        }
        for statement in tree.body:
            mentioned = {aliases.get(name, name) for name in _mentioned(statement)}
            for unit in _defined(statement):
                for name in mentioned - {unit}:
                    users.setdefault(name, []).append((file, unit))
    return users


def _mentioned(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
