"""Which edition of an assignment decides a grade: hashes of all that can change a mark, and of nothing else.

Python files count by their syntax trees, without docstrings, comments and positions; of a suite the words of titles,
hints and reasons do not count either. What cannot be parsed, and every other file of a suite, counts by its bytes.
The hashes are the same on every version of Python that judges run on.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from grader.core.assignment import Assignment, read_file, suite_files
from grader.core.errors import AssignmentFault
from grader.core.fingerprint import imports, of_tree, of_value
from grader.core.syntax import nodes, parse, statements

_REFERENCE = "reference"
_MARKS = "grader.testing"
_WORDS = ("title", "hint", "together")


class _Source(NamedTuple):
    """What counts of one Python file: its hash, and what it imports of some packages."""

    sha256: str
    imports: tuple[str, ...]


def suite_sha256(assignment: Assignment) -> str:
    """One hash over what decides a grade: the settings, the probe, the data and the hidden suite."""
    folder = assignment.folder
    deciding = [path for path in (folder / "probe.py", *suite_files(assignment.suite("hidden"))) if path.exists()]
    files = {path.relative_to(folder).as_posix(): _file_sha256(path, _packages(assignment)) for path in deciding}
    files |= {f"data/{path}": _of_bytes(content) for path, content in assignment.data_files().items()}
    return of_value({"settings": _settings(assignment), "files": files})


def reference_sources(assignment: Assignment, root: Path) -> dict[str, bytes]:
    """The reference's files by path below ``root``: the modules of what is required, and what these import of it.

    Other modules of the lecture stay out: they may use what this assignment forbids. Empty where there is no
    reference, as in a student's installation.
    """
    return _reachable(_required(assignment), root, _packages(assignment))


def reference_sha256(assignment: Assignment) -> str:
    """One hash over the reference that lies beside the assignments: what is required, and what the suite imports."""
    packages = _packages(assignment)
    suite = [path for path in suite_files(assignment.suite("hidden")) if path.suffix == ".py"]
    begin = [*_required(assignment)]
    for path in suite:
        begin += _source(path.read_bytes(), "", False, packages).imports
    files = _reachable(begin, assignment.folder.parents[2], packages)
    return of_value({name: _source(content, *_module(name), packages).sha256 for name, content in files.items()})


def _settings(assignment: Assignment) -> object:
    """What can change a mark of `assignment.toml`, as it is on the disk now: it may have changed since it was read.

    Left out is what no test sees, such as titles and rows, and ``data``, which decides only what is stored.
    """
    path = assignment.folder / "assignment.toml"
    try:
        now = read_file(assignment.name, assignment.folder)
    except (AssignmentFault, OSError):
        return path.read_bytes() if path.exists() else None
    return [now.environment, now.required, now.limits, frozenset(now.forbids)]


def _file_sha256(path: Path, packages: frozenset[str]) -> str:
    content = path.read_bytes()
    return _source(content, "", False, packages).sha256 if path.suffix == ".py" else _of_bytes(content)


def _required(assignment: Assignment) -> list[str]:
    return [target.partition(":")[0] for target in assignment.required.values()]


def _packages(assignment: Assignment) -> frozenset[str]:
    return frozenset({_REFERENCE, *(module.partition(".")[0] for module in _required(assignment))})


def _reachable(begin: Iterable[str], root: Path, packages: frozenset[str]) -> dict[str, bytes]:
    """The files of these modules and of all that they import of these packages, by path below ``root``."""
    waiting, files, seen = list(begin), dict[str, bytes](), set[str]()
    while waiting:
        module = waiting.pop()
        if module in seen:
            continue
        seen.add(module)
        for path in _module_files(root, module):
            name = path.relative_to(root).as_posix()
            if name not in files:
                files[name] = path.read_bytes()
                waiting += _source(files[name], *_module(name), packages).imports
    return dict(sorted(files.items()))


def _module(path: str) -> tuple[str, bool]:
    """The module of a file below the root, and whether it is a package's own."""
    parts = path.removesuffix(".py").split("/")
    package = parts[-1] == "__init__"
    return ".".join(parts[:-1] if package else parts), package


def _module_files(root: Path, module: str) -> list[Path]:
    """The file of a module, and what runs when the packages above it are imported; none for what is no module."""
    parts = module.split(".")
    packages = [root.joinpath(*parts[:depth], "__init__.py") for depth in range(1, len(parts) + 1)]
    return [path for path in (*packages, root.joinpath(*parts).with_suffix(".py")) if path.is_file()]


@lru_cache(maxsize=1024)  # by content: pages ask for all assignments, and a file's time may lie
def _source(content: bytes, module: str, package: bool, packages: frozenset[str]) -> _Source:
    try:
        tree = parse(content)
        wanted = tuple(imports(tree, module, package, packages))
        return _Source(of_tree(_without_words(tree)), wanted)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _Source(_of_bytes(content), ())


def _of_bytes(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _without_words(tree: ast.Module) -> ast.Module:
    """The tree, with empty texts in what `title`, `hint` and `together` of `grader.testing` are given."""
    names = _names_of_marks(tree)
    for call in nodes(tree) if names else ():
        if isinstance(call, ast.Call) and _dotted(call.func) in names:
            for given in (*call.args, *(keyword.value for keyword in call.keywords)):
                for part in nodes(given):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        part.value = ""
    return tree


def _dotted(node: ast.expr) -> str:
    """A name with dots as it is written; "" for what is no such name."""
    if isinstance(node, ast.Attribute):
        inner = _dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return node.id if isinstance(node, ast.Name) else ""


def _names_of_marks(tree: ast.Module) -> set[str]:
    """As what this module calls `title`, `hint` and `together`."""
    found = set()
    for node in statements(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_MARKS):
            found |= {one.asname or one.name for one in node.names if one.name in _WORDS}
        elif isinstance(node, ast.ImportFrom) and node.module == "grader":
            modules = [one.asname or one.name for one in node.names if one.name == "testing"]
            found |= {f"{module}.{word}" for module in modules for word in _WORDS}
        elif isinstance(node, ast.Import):
            modules = [one.asname or one.name for one in node.names if one.name.startswith(_MARKS)]
            found |= {f"{module}.{word}" for module in modules for word in _WORDS}
    return found
