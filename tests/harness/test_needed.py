"""What is said before anything runs: what the compiler sees, which library is not there, which names are taken."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from grader.core.assignment import load
from grader.core.errors import BadInput
from grader.core.submission import Submission
from grader.harness import needed
from grader.harness.intake import accept
from grader.harness.outline import syntax
from grader.harness.outline.needs import imported
from grader.harness.outline.syntax import defined, parse
from grader.harness.static import Import, Outline

ASSIGNMENTS = Path(__file__).resolve().parents[2] / "assignments"
KMEANS = load("clustering/kmeans", ASSIGNMENTS)  # numpy, without scipy and sklearn; those are forbidden
FINE = "def kmeans(X, start, max_iter=300):\n    pass\n"


def outlines(files: dict[str, str]) -> dict[str, Outline]:
    """As the reader's own process tells them."""
    found = {}
    for path, source in files.items():
        tree, told = parse(source.encode(), path, compiles=True)
        assert tree is not None, told
        lines = dict(sorted(defined(tree), key=lambda pair: -pair[1]))
        found[path] = Outline(frozenset(lines), lines=lines, imports=tuple(Import(*one) for one in imported(tree)))
    return found


def check(entry: str, assignment=KMEANS, **beside: str) -> list[str]:
    """The notices about a solution, or about a notebook, where it begins as one, with modules beside it."""
    name = "work.ipynb" if entry.startswith("# %%") else "work.py"
    files = {name: dedent(entry), **{f"{path}.py": dedent(source) for path, source in beside.items()}}
    submission = Submission(name, {path: source.encode() for path, source in files.items()})
    return [notice["en"] for notice in needed.check_libraries(submission, outlines(files), assignment)]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("return 5", "'return' outside function"),
        ("def f(a, a): pass", "duplicate argument 'a'"),
        ("x = 1\nfrom __future__ import annotations", "must occur at the beginning"),
        ("def f():\n    x = 1\n    global x", "assigned to before global declaration"),
        ("*a = 1", "starred assignment target"),
        ("def f():\n    yield from x\nyield 1", "'yield' outside function"),
        ("break", "'break' outside loop"),
        ("class A:\n    nonlocal x", "no binding for nonlocal"),
        ("await x", "'await' outside function"),
        ("def f(None): pass", "invalid syntax"),
        ("[x := 1 for x in y]", "assignment expression cannot rebind"),
        ("try: pass\nexcept: pass\nexcept ValueError: pass", "default 'except:' must be last"),
    ],
)
def test_what_only_the_compiler_sees_is_told_too(source, said):
    tree, told = parse(source.encode(), "a.py", compiles=True)
    assert tree is None
    assert said in told["error"]
    assert not told["newer"]


def test_a_notebook_may_await_at_its_top():
    assert parse(b"await x", "a.ipynb", compiles=True)[0] is not None


@pytest.mark.parametrize(
    ("source", "newer"),
    [
        ('q = {}\ns = f"{q["a"]}"', "3.12"),
        ("s = f'{', '.join(x)}'", "3.12"),
        ("s = f'{x:{'>'}10}'", "3.12"),
        ("s = f\"{'\\n'.join(x)}\"", "3.12"),
        ("s = f'{\n  x\n}'", "3.12"),
        ("type Point = tuple[int, int]", "3.12"),
        ("type Pair[T] = tuple[T, T]", "3.12"),
        ("def f[T](x: T) -> T: return x", "3.12"),
        ("class Stack[T]: pass", "3.12"),
        ("class Stack[T = int]: pass", "3.12"),
        ("try: pass\nexcept ValueError, TypeError: pass", "3.14"),
        ("s = t'{x}'", "3.14"),
        ("s = f'{x'", ""),
        ("s = 'a' 'b", ""),
        ("print 'x'", ""),
        ("try: pass\nexcept ValueError, e: pass", ""),
        ("def f(:", ""),
        ("type = 3 +", ""),
        ("x = [1, 2", ""),
        ("s = f'{x}' y = 'it'", ""),
    ],
)
def test_syntax_of_a_newer_python_is_told_apart_from_mistakes(source, newer):
    assert parse(source.encode())[1]["newer"] == newer


def test_on_a_newer_python_the_servers_syntax_counts(monkeypatch):
    monkeypatch.setattr(syntax, "LANGUAGE", (3, 9))
    tree, told = parse(b"match x:\n    case 1: pass", compiles=True)
    assert (tree, told["newer"]) == (None, "3.10")


@pytest.mark.parametrize(
    "source",
    ["import tqdm", "from seaborn import heatmap", "import pandas.core as p", "class A:\n    import tqdm",
     "with open('x') as f:\n    import tqdm", "try:\n    import tqdm\nexcept ValueError:\n    pass",
     "try:\n    pass\nfinally:\n    import tqdm", "import torch.nn", "import matplotlib.pyplot as plt"],
)  # fmt: skip
def test_a_library_that_is_not_there_is_told_where_nothing_could_be_imported_without_it(source):
    said = r"work\.py, line \d: the environment numpy of clustering/kmeans has no \w+, so"
    with pytest.raises(BadInput, match=said) as told:
        check(f"{source}\n{FINE}")
    assert "It has Python 3.11, numpy 2" in str(told.value)
    assert "в окружении numpy" in told.value.ru


@pytest.mark.parametrize(
    "source",
    ["try:\n    import tqdm\nexcept ImportError:\n    tqdm = None", "def f():\n    import tqdm",
     "if False:\n    import tqdm", "try:\n    from tqdm import auto\nexcept Exception:\n    pass",
     "import contextlib\nwith contextlib.suppress(ImportError):\n    import tqdm", "for i in ():\n    import tqdm",
     "match 1:\n    case 2:\n        import tqdm"],
)  # fmt: skip
def test_where_the_import_may_fail_it_is_a_notice(source):
    (notice,) = check(f"{source}\n{FINE}")
    assert "the environment numpy has no tqdm; what uses it fails there" in notice


@pytest.mark.parametrize(
    "source",
    ["import numpy as np, os, statistics", "from __future__ import annotations", "import sklearn.cluster",
     "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas", "from . import x",
     "if __name__ == '__main__':\n    import matplotlib.pyplot as plt"],
)  # fmt: skip
def test_what_is_there_or_forbidden_anyhow_or_never_runs_is_not_told(source):
    assert check(f"{source}\n{FINE}") == []


def test_modules_beside_the_solution_are_followed():
    assert check(f"import util\n{FINE}", util="import numpy") == []
    with pytest.raises(BadInput, match=r"util\.py, line 1: .* has no tqdm"):
        check(f"from util import f\n{FINE}", util="import tqdm")
    (notice,) = check(FINE, util="import tqdm")
    assert notice.startswith("util.py, line 1: ")


def test_each_environment_has_its_libraries():
    torch = load("sequences/lstm", ASSIGNMENTS)
    assert check("import torch, networkx", torch) == []
    with pytest.raises(BadInput, match="has no scipy"):
        check("import scipy", torch)


def test_what_a_notebook_draws_with_is_stood_in_for_and_said():
    drawing = f"# %% cell 1\nimport matplotlib.pyplot as plt\nfrom IPython.display import display\n# %% cell 2\n{FINE}"
    notices = check(drawing)
    assert [notice.partition(";")[0] for notice in notices] == [
        "work.ipynb, cell 1, line 1: the environment has no matplotlib",
        "work.ipynb, cell 1, line 2: the environment has no IPython",
    ]


def test_a_cell_after_everything_may_import_what_is_not_there():
    (notice,) = check(f"# %% cell 1\n{FINE}# %% cell 3\nimport seaborn")
    assert notice.startswith("work.ipynb, cell 3, line 1: the environment numpy has no seaborn")
    with pytest.raises(BadInput, match=r"cell 1, line 1: .* has no seaborn"):
        check(f"# %% cell 1\nimport seaborn\n{FINE}")


@pytest.mark.parametrize("name", ["statistics", "random", "test", "numpy", "grader", "test/inner", "types", "msgpack"])
def test_a_helper_that_would_never_be_imported_is_refused_by_its_name(name):
    with pytest.raises(BadInput, match=rf"{name}\.py: .* a module called {name.partition('/')[0]}, ") as told:
        needed.check_helpers(Submission("solution.py", {"solution.py": b"", f"{name}.py": b""}), KMEANS)
    assert "Назовите" in told.value.ru


@pytest.mark.parametrize("name", ["probe.py", "inner/random.py", "tests/x.py", "tools.py", "torch.py"])
def test_other_names_are_the_students(name):
    needed.check_helpers(Submission("solution.py", {"solution.py": b"", name: b""}), KMEANS)


def test_an_entry_is_called_as_it_likes():
    needed.check_helpers(Submission("random.py", {"random.py": b""}), KMEANS)


def test_all_of_it_is_told_when_a_file_is_taken_in():
    taken = accept("work.ipynb", NOTEBOOK, KMEANS)
    left_out, drawn = (notice["en"] for notice in taken.notices)
    assert left_out == "work.ipynb: notebook commands are left out: %matplotlib inline (cell 1)."
    assert drawn.startswith("work.ipynb, cell 1, line 2: the environment has no matplotlib;")
    with pytest.raises(BadInput, match=r"a\.py, line 1: 'kmeаns' only looks like kmeans: letter 4 is a Cyrillic 'а'"):
        accept("a.py", "def kmeаns(): pass".encode(), KMEANS)
    with pytest.raises(BadInput, match=r"looks like syntax of Python 3\.12; the server has Python 3\.11"):
        accept("a.py", b"type X = int\ndef kmeans(): pass", KMEANS)


NOTEBOOK = (
    b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "%matplotlib inline\\nimport matplotlib\\n'
    b'def kmeans(): pass"}]}'
)
