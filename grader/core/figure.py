"""An assignment's `figure.py`, which draws what a solution does, and the picture that it draws with the reference.

The web shows that picture and its words without running anything: ``ALT`` is read from the text of the file, and the
picture's size from its own first lines.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from grader.core.assignment import FIGURE, LANGUAGES, Assignment
from grader.core.errors import AssignmentFault
from grader.core.syntax import parse

MOST_BYTES = 60_000  # of the picture that comes with a page
_HELPERS = frozenset({"__future__", "collections", "dataclasses", "functools", "itertools", "math", "types", "typing"})
_REFUSED = ("matplotlib.pyplot", "pylab")  # they keep figures of their own, and choose where to show them
_CALLS = frozenset({"open", "exec", "eval", "compile", "__import__", "input", "print"})
_SIZE = re.compile(rb'<svg[^>]*?\sheight="([\d.]+)pt"[^>]*?\swidth="([\d.]+)pt"|'
                   rb'<svg[^>]*?\swidth="([\d.]+)pt"[^>]*?\sheight="([\d.]+)pt"')  # fmt: skip
_PIXELS = 4 / 3  # of a browser, in a point


@dataclass(frozen=True)
class Figure:
    """``source`` of `figure.py`, and what its picture shows in words, by language."""

    source: str
    alt: Mapping[str, str]


@dataclass(frozen=True)
class Picture:
    """What was drawn with the reference: an SVG, and its size in a browser's pixels."""

    content: bytes
    width: int
    height: int


def figure(assignment: Assignment) -> Figure | None:
    """The assignment's figure; None where it has none. Raises AssignmentFault for a file that cannot be used."""
    path = assignment.folder / FIGURE
    if not path.exists():
        return None
    place = f"{assignment.name}/{FIGURE}"
    try:
        source = path.read_text(encoding="utf-8")
        read, problems = _read(source, assignment.libraries)
    except (SyntaxError, ValueError) as error:
        raise AssignmentFault(f"{place}: {error}") from error
    if problems:
        raise AssignmentFault(f"{place}: {'; '.join(problems)}")
    return read


@lru_cache(maxsize=256)  # by content: a page is shown more often than a figure is written
def _read(source: str, libraries: frozenset[str]) -> tuple[Figure, tuple[str, ...]]:
    """The figure of this text, and what is wrong with it."""
    tree = parse(source)
    return Figure(source, _alt(tree)), tuple(_problems(tree, libraries))


def picture(assignment: Assignment) -> Picture | None:
    """The picture that was drawn with the reference; None where there is none, or none whose size can be told."""
    try:
        content = assignment.picture.read_bytes()
    except OSError:
        return None
    size = _SIZE.search(content[:2000])
    if size is None:
        return None
    height, width = (size[1], size[2]) if size[1] else (size[4], size[3])
    return Picture(content, round(float(width) * _PIXELS), round(float(height) * _PIXELS))


def _problems(tree: ast.Module, libraries: frozenset[str]) -> Iterator[str]:
    if not ast.get_docstring(tree):
        yield "no docstring that says what the picture shows"
    if set(_alt(tree)) != set(LANGUAGES) or not all(text.strip() for text in _alt(tree).values()):
        yield f"ALT must be a dict of texts for {' and '.join(LANGUAGES)}, written out"
    draws = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "draw"]
    if [argument.arg for node in draws for argument in node.args.args] != ["solution", "figure"]:
        yield "draw(solution, figure) must be defined once"
    allowed = _HELPERS | libraries | {"matplotlib"}
    for name in sorted(set(_imports(tree))):
        if name.partition(".")[0] not in allowed or name.startswith(_REFUSED):
            yield f"it imports {name}; it may import {', '.join(sorted(allowed))}, and not pyplot"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
            yield f"line {node.lineno} calls {node.func.id}"


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{one.name}" for one in node.names)


def _alt(tree: ast.Module) -> dict[str, str]:
    """The value of ``ALT``; empty where it is no dict of plain texts."""
    values = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["ALT"]
    ]
    try:
        alt = ast.literal_eval(values[-1]) if values else {}
    except ValueError:
        return {}
    fits = isinstance(alt, dict) and all(isinstance(word, str) for pair in alt.items() for word in pair)
    return alt if fits else {}


def faults(assignment: Assignment) -> list[str]:
    """What an author has to fix in the figure and its picture; empty where all is well, or there is no figure."""
    try:
        found = figure(assignment)
    except AssignmentFault as error:
        return [str(error)]
    if found is None:
        return []
    place = assignment.picture.relative_to(assignment.folder)
    drawn = picture(assignment)
    if drawn is None:
        return [f"{FIGURE} is there and {place} is not: `make figures` draws it"]
    if len(drawn.content) >= MOST_BYTES:
        return [f"{place} has {len(drawn.content):,} bytes; it must have fewer than {MOST_BYTES:,}"]
    return []
