"""Planted copies are found whatever was changed to hide them; independent solutions rank far below."""

from __future__ import annotations

import random
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.assignment import assignments_folder, load, names
from grader.core.editions import reference_sources
from grader.core.python_tokens import tokens_of
from grader.core.similarity import WINDOW, K, document, excluded_prints, marked, pairs, winnow
from grader.core.submission import CELL_MARKER

FOLDER = assignments_folder()
ACCEPTED = sorted(FOLDER.glob("*/*/accepted/*.py"))
ORIGINAL = (FOLDER / "clustering/kmeans/accepted/with_loops.py").read_text()
LONG = (FOLDER / "clustering/density/accepted/union_find.py").read_text()


def texts(source):
    return [token.text for token in tokens_of("a.py", source)]


def renamed(source, seed=1):
    """Every name of the author's own is another one."""
    draw = random.Random(seed)
    own = set(re.findall(r"^\s*(?:def|class) (\w+)|\b(\w+) = |for (\w+) in", source, re.MULTILINE))
    for word in sorted({name for group in own for name in group if name and name != "np"}):
        source = re.sub(rf"\b{word}\b", "".join(draw.choices(string.ascii_lowercase, k=9)), source)
    return source


def reordered(source):
    """Its functions in the opposite order, after the imports."""
    parts = re.split(r"(?m)^(?=def |class |@)", source)
    return parts[0] + "".join(reversed(parts[1:]))


def commented(source):
    lines = [f"{line}  # {number} and something" if line.strip() and '"' not in line and "'" not in line else line
             for number, line in enumerate(source.splitlines())]  # fmt: skip
    return "# my own work\n\n\n" + "\n".join(lines) + "\n"


def as_notebook(source):
    """As intake makes a module of a notebook: a marker before each cell."""
    parts = re.split(r"(?m)^(?=def |class |@)", source)
    return "".join(f"{CELL_MARKER}{number}\n{part}\n" for number, part in enumerate(parts, start=1))


def others():
    return [document(path.as_posix(), {"a.py": path.read_text()}) for path in ACCEPTED if path.read_text() != LONG]


@pytest.mark.parametrize(
    "hide", [renamed, reordered, commented, as_notebook, lambda s: commented(reordered(renamed(s)))]
)
def test_a_hidden_copy_is_the_first_of_the_list(hide):
    docs = [*others(), document("original", {"a.py": LONG}), document("copy", {"b.py": hide(LONG)})]
    first, second, *_ = pairs(docs)
    assert {first.first, first.second} == {"original", "copy"}
    assert first.score > 0.7
    assert first.unusual > 100
    assert second.score < 0.35


def test_one_function_taken_over_is_seen_too():
    function = max(re.split(r"(?m)^(?=def )", LONG), key=len)
    docs = [
        *others(),
        document("original", {"a.py": LONG}),
        document("taker", {"b.py": ORIGINAL + "\n" + renamed(function)}),
    ]
    found = next(p for p in pairs(docs) if {p.first, p.second} == {"original", "taker"})
    assert found.unusual >= 6


@pytest.mark.parametrize("name", [name for name in names(FOLDER) if name != "sequences/lstm"])
def test_what_was_given_to_all_does_not_count(name):
    """The starter copied, and the reference itself, have nothing left to compare."""
    assignment = load(name, FOLDER)
    sources = {path: text.decode() for path, text in reference_sources(assignment, FOLDER.parent).items()}
    excluded = excluded_prints([assignment.starter(), *sources.values()])
    assert document("starter", {"a.py": assignment.starter()}, excluded).prints == {}
    for path, source in sources.items():
        assert document("reference", {path: source}, excluded).prints == {}


def test_what_everybody_writes_weighs_less_than_what_two_write():
    common = "\n".join(f"def f{i}(a, b):\n    return a + b * {i} - (a / b) ** 2\n" for i in range(6))
    loop = "    while p > q and not (p % 7 == 3):\n        p, q = q - p // 3, [x for x in range(q) if x][p]\n"
    special = f"def g(p, q):\n{loop}    return {{p: q}}\n" * 2
    crowd = [document(f"crowd{i}", {"a.py": common}) for i in range(30)]
    pair = [document(name, {"a.py": common + "\n" + special}) for name in ("one", "two")]
    found = {(p.first, p.second): p for p in pairs([*crowd, *pair])}
    assert found[("one", "two")].unusual > 0
    assert found[("crowd1", "one")].unusual == 0
    weights = found[("one", "two")].score
    assert weights == pytest.approx(1)


def test_two_of_a_team_are_no_pair():
    docs = [document(name, {"a.py": LONG}) for name in ("a", "b", "c")]
    found = {(p.first, p.second) for p in pairs(docs, [frozenset({"a", "b"})])}
    assert found == {("a", "c"), ("b", "c")}


def test_the_shared_lines_are_marked_on_both_sides():
    other = "def nothing(x):\n    return x\n\n\n" + renamed(LONG)
    first, second = document("a", {"a.py": LONG}), document("b", {"b.py": other})
    left, right = marked(first, second, [first, second, *others()])
    assert {path for path, _ in left} == {"a.py"}
    assert {path for path, _ in right} == {"b.py"}
    assert ("b.py", 1) not in right
    code = [
        n for n, line in enumerate(LONG.splitlines(), 1) if line.strip() and not line.strip().startswith(("#", '"'))
    ]
    assert len(left) > 0.7 * len(code)
    assert True in left.values()


def test_tokens_forget_names_comments_and_docstrings_and_keep_what_is_called():
    assert texts("def f(a):\n    '''Doc.'''\n    return a  # x\n") == texts("def g(bb):\n    return bb\n")
    assert texts("import numpy as np\nx = np.linalg.norm(y)\n") == texts("import numpy as n\nz = n.linalg.norm(q)\n")
    assert texts("import numpy as np\nx = np.sum(y)\n") != texts("import numpy as np\nx = np.mean(y)\n")
    assert texts("x = y.a.b\n") == texts("x = y.c.d\n")
    assert texts("x = 1\ny = 'a'\n") == texts("x = 22\ny = 'bcd'\n")
    assert texts("x = sorted(y)\n") != texts("x = reversed(y)\n")


@pytest.mark.parametrize(
    "source", ["def f(:\n  '''", "x = (", "\tif\n  y", "\x00", "é = 1\n" * 3, "a" * 10_000, "(" * 5000]
)
def test_what_is_no_python_breaks_nothing(source):
    docs = [document(name, {"a.py": source}) for name in ("a", "b")]
    assert isinstance(pairs(docs), list)


@given(st.lists(st.sampled_from("abcd"), max_size=120), st.integers(0, 40), st.integers(0, 40))
def test_a_long_enough_shared_run_always_has_a_common_fingerprint(shared, left, right):
    """The guarantee of winnowing: K + WINDOW - 1 equal tokens in a row are never missed."""
    if len(shared) < K + WINDOW - 1:
        return
    one = ["x"] * left + shared + ["y"] * right
    other = ["z"] * right + shared + ["w"] * left
    prints = [{value for value, _ in winnow(tokens)} for tokens in (one, other)]
    assert prints[0] & prints[1]


def test_paths_exist():
    assert len(ACCEPTED) > 8
    assert all(isinstance(path, Path) for path in ACCEPTED)
