"""Fingerprints of rules, as values, and of the code that counts by them: what others have counted is counted again.

Both are the same on every machine and every version of Python that this project runs on, since a web server and a
sweeper of different versions share what one of them has counted. So values are told by their fields, without
the places of files; and code by its syntax tree, without comments, docstrings and positions. `ast.dump` would not do:
what it leaves out differs from version to version.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from grader.core.lateness import moment
from grader.core.syntax import parse, statements

_NOT_CODE = {"ctx", "kind", "type_ignores"}  # of a node: what follows from its place, or means nothing when it runs
_FIELDS = {  # of each kind of node, in the order of names
    kind: sorted(set(kind._fields) - _NOT_CODE)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}
_WITH_DOCSTRINGS = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def of_value(value: Any) -> str:
    """The sha256 of a value and all that is in it. Raises TypeError for what has no fingerprint."""
    return _sha256(_told(value))


@lru_cache(maxsize=16)
def of_code(module: str, root: Path, *, but: Collection[str] = ()) -> str:
    """The sha256 of a module and of all that it imports below ``root``, the folder that the package lies in.

    The modules ``but``, a tuple, and what they alone import are left out.
    """
    return of_value({name: of_tree(tree) for name, tree in modules(module, root, but=but).items()})


def of_tree(tree: ast.Module) -> str:
    """The sha256 of a syntax tree without comments, docstrings and positions."""
    return _sha256(_tree(tree))


def modules(module: str, root: Path, *, but: Collection[str] = ()) -> dict[str, ast.Module]:
    """A module and all that it imports of its own package, with the packages that these lie in: trees by name.

    The modules ``but`` are left out, and so is what they alone import.
    """
    package, waiting, found = module.partition(".")[0], [module], dict[str, ast.Module]()
    while waiting:
        name = waiting.pop()
        path = _file(name, root)
        if path is None or name in found or name in but:
            continue
        found[name] = parse(path.read_bytes())
        above = name.rpartition(".")[0]
        waiting += [*imports(found[name], name, path.name == "__init__.py", {package}), *([above] if above else [])]
    return found


def imports(tree: ast.Module, name: str, is_package: bool, packages: Collection[str]) -> Iterator[str]:
    """What the module ``name`` imports of these packages, anywhere: modules, and names that may be modules too."""
    for node in statements(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name.partition(".")[0] in packages)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = name.split(".")
                keep = len(parts) - node.level + is_package
                base = ".".join([*parts[: max(keep, 0)], *([node.module] if node.module else [])])
            if base.partition(".")[0] in packages:
                yield base
                yield from (f"{base}.{one.name}" for one in node.names)


def _file(module: str, root: Path) -> Path | None:
    place = root.joinpath(*module.split("."))
    return next((path for path in (place / "__init__.py", place.with_suffix(".py")) if path.is_file()), None)


def _tree(node: Any) -> str:
    """A syntax tree as text: fields that are empty or not there are the same in all versions."""
    if isinstance(node, list):
        return f"[{', '.join(map(_tree, node))}]"
    kind = type(node)
    if not isinstance(node, ast.AST):
        return f"['value', '{kind.__name__}', {ascii(node)!r}]"  # which letters `repr` shows differs too
    told = [f"'{kind.__name__}'"]
    for name in _FIELDS[kind]:
        value: Any = getattr(node, name, None)
        if name == "body" and isinstance(node, _WITH_DOCSTRINGS) and ast.get_docstring(node) is not None:
            value = value[1:]
        elif name == "values" and kind is ast.JoinedStr:  # some versions see an empty text after a nested format
            value = [one for one in value if not (isinstance(one, ast.Constant) and one.value == "")]
        if value is not None and value != []:
            told.append(f"['{name}', {_tree(value)}]")
    return f"[{', '.join(told)}]"


def _told(value: Any) -> str:
    """A value as text; two values that differ have two texts."""
    if is_dataclass(value) and not isinstance(value, type):
        inner = {one.name: getattr(value, one.name) for one in fields(value) if one.compare}
        return f"{type(value).__name__}{_told({name: at for name, at in inner.items() if not isinstance(at, Path)})}"
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{_told(key)}:{_told(inner)}" for key, inner in value.items())) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_told(one) for one in value) + "]"
    if isinstance(value, set | frozenset):
        return "(" + ",".join(sorted(_told(one) for one in value)) + ")"
    plain = value
    if isinstance(value, datetime):
        plain = moment(value).isoformat()
    elif isinstance(value, timedelta):
        plain = value.total_seconds()
    elif isinstance(value, ZoneInfo):
        plain = value.key
    if plain is None or isinstance(plain, str | bytes | bool | int | float | Fraction):
        return f"{type(value).__name__} {plain!r}"
    raise TypeError(f"no fingerprint of {type(value).__name__}")


def _sha256(told: str) -> str:
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
