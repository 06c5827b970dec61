"""The program: it takes one JSON object, path -> source (in Latin-1, so that every byte is a character).

It gives a line for each file as soon as it is parsed, so that where it ends too early the next file is to blame.
Then, where it is asked to, one more line with what all of them use; where it is not, each was compiled too.
"""

from __future__ import annotations

import ast
import contextlib
import json
import sys
from typing import Any

from . import CPU_SECONDS, MEMORY_BYTES
from .needs import imported
from .selfcheck import self_checks, without
from .syntax import defined, parse
from .walk import follow


def main(wants_uses: bool) -> None:
    _limit_this_process()
    trees = {}
    for path, source in json.load(sys.stdin.buffer).items():
        tree, told = _parsed(source.encode("latin-1"), path, compiles=not wants_uses)
        if tree is not None:
            trees[path] = tree
            told["defines"] = _first_lines(tree)
            told["imports"] = imported(tree)
        print(json.dumps(told), flush=True)
    if wants_uses:
        sys.setrecursionlimit(1_000_000)  # calls of Python functions take no room on the machine's stack
        print(json.dumps(follow(trees)), flush=True)


def _parsed(source: bytes, path: str, *, compiles: bool) -> tuple[ast.Module | None, dict[str, Any]]:
    """A module without its self-checks, and what is told of it: that it does not parse, or their lines."""
    tree, told = parse(source, path, compiles=compiles)
    checks = self_checks(tree) if tree is not None else []
    if checks:
        tree, told = parse(without(source, checks), path)
        told["self_checks"] = checks
    return tree, told


def _first_lines(tree: ast.Module) -> dict[str, int]:
    """The names that a module defines, each with the line of its first definition."""
    lines: dict[str, int] = {}
    for name, line in defined(tree):
        lines[name] = min(line, lines.get(name, line))
    return lines


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # not on Windows; there the time limit stands alone
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_SECONDS)):
        with contextlib.suppress(ValueError):  # whoever has started this has set a lower one
            resource.setrlimit(kind, (most, most))
