"""The lines on which statements begin: a student is told no other lines of their files.

The source may be hostile, so a process with limits of its own parses it: this file, run as a program. Where it cannot,
or where there are so many statements that their numbers could carry much, no line is told.
"""

from __future__ import annotations

import ast
import bisect
import contextlib
import json
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache

CPU_SECONDS = 5
MEMORY_BYTES = 512 << 20
SOURCE_BYTES = 256 << 10  # of all files together
MOST = 1024  # of all files together


def begin(files: Mapping[str, bytes], file: str, line: int) -> int | None:
    """The line on which the statement begins that ``line`` belongs to: the last one to begin on it or before."""
    starts = _of(tuple(sorted(files.items()))).get(file, [])
    place = bisect.bisect_right(starts, line)
    return starts[place - 1] if place else None


@lru_cache(maxsize=4)
def _of(files: tuple[tuple[str, bytes], ...]) -> dict[str, list[int]]:
    """Where statements begin in each file."""
    if sum(len(source) for _, source in files) > SOURCE_BYTES:
        return {}
    given = json.dumps({file: source.decode("latin-1") for file, source in files}).encode()
    command = [sys.executable, "-I", "-S", __file__]
    from grader.harness import parsers  # the child has nothing of the project

    with parsers.allowance() as mine:
        mine.left = min(mine.left, CPU_SECONDS)
        try:
            said = parsers.run(command, given)
        except parsers.CannotStart:
            return {}
    if not said.lines:
        return {}
    found: dict[str, list[int]] = json.loads(said.lines[0])
    return found if sum(map(len, found.values())) <= MOST else {}


def starts(source: bytes) -> list[int]:
    """The lines on which a statement, a clause of one, or a decorator begins; none where this is not Python."""
    try:
        return sorted(set(_starts(ast.parse(source))))
    except (SyntaxError, ValueError):
        return []


def _starts(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt | ast.excepthandler):
            yield node.lineno
        elif isinstance(node, ast.match_case):
            yield node.pattern.lineno
        yield from (one.lineno for one in getattr(node, "decorator_list", ()))


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
    sources = json.load(sys.stdin.buffer)
    print(json.dumps({file: starts(source.encode("latin-1")) for file, source in sources.items()}))
