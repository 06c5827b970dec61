"""Source as statements: where they begin and end, what a name needs of its module, and words that are set apart."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.core.source import LONGEST, Source, find

ROOT = Path(__file__).resolve().parents[2]
MODULE = '''\
"""About it."""

import numpy as np
from helpers import (
    far as near,
    other,
)

LEFT, right = 1, (2)
SIZE: int = 3


@np.vectorize
@other(
    1)
def first(x):
    """Begins.
at the very left
"""
    def inner(y):
        return y
    return third(x) + SIZE


class Second:
    width = 5

    def method(self):
        return self.LEFT


def third(x): return near(x)
if SIZE:
    def fourth(): pass
else:
    fourth = None
async def fifth(): return Second()
'''


def lines(source: Source, name: str) -> list[tuple[int, int]]:
    return [(one.first, one.last) for one in source.needed(name)]


def test_a_name_needs_what_it_uses_of_its_module_in_the_order_of_the_module():
    source = Source(MODULE)
    assert lines(source, "first") == [(10, 10), (13, 22), (32, 32)]
    assert lines(source, "fifth") == [(25, 29), (37, 37)]  # what follows a dot is no name of the module
    assert lines(source, "fourth") == [(10, 10), (33, 36)]
    assert lines(source, "right") == lines(source, "LEFT") == [(9, 9)]
    assert [one.defines for one in source.statements if one.imports] == [{"np"}, {"near", "other"}]
    for absent in ("near", "np", "inner", "method", "far", "x", "int"):
        assert source.definition(absent) == [], absent


@pytest.mark.parametrize(
    "path", ["clustering/centers/kmeans.py", "sequences/transformer/blocks.py", "checks/shapes.py"]
)
def test_statements_are_those_of_the_syntax_tree(path):
    content = (ROOT / "reference" / path).read_bytes()
    found = {(one.first, one.last) for one in Source(content).statements}
    for node in ast.parse(content).body:
        begins = [node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))]
        assert (min(begins), node.end_lineno) in found


def test_words_are_told_by_line_also_of_a_text_over_several():
    source = Source('x = 1  # one\r\ny = """a\n\n b""" if None else "é"\n')
    told = {
        number: [(source.lines[number - 1][span.begin : span.end], span.word) for span in spans]
        for number, spans in source.spans.items()
    }
    assert told == {
        1: [("# one", "comment")],
        2: [('"""a', "text")],
        4: [(' b"""', "text"), ("if", "keyword"), ("None", "keyword"), ("else", "keyword"), ('"é"', "text")],
    }


@pytest.mark.parametrize(
    "content",
    [
        b"def f(:\n  (",
        b"\xff\xfe\0",
        b"x = '''",
        b"  a\n b\n",
        b"",
        b"(" * 5000,
        b"x=" * (LONGEST // 2 + 1),
        b" \n" * 20_000,
    ],
)
def test_what_is_no_python_is_text(content):
    source = Source(content)
    assert source.needed("f") in ([], source.statements)
    assert all(0 < number <= len(source.lines) for number in source.spans)


def test_a_name_is_looked_for_in_the_entry_first():
    files = {"a.py": Source("def f(): pass\ndef g(): pass"), "main.py": Source("from a import f, g\ndef f(): pass")}
    assert [find(files, "main.py", name) for name in ("f", "g", "h")] == ["main.py", "a.py", None]
    assert find(files, "none.py", "f") is None
