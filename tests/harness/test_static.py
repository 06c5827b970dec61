"""The outline of a module, from its syntax tree alone, at a cost that hostile source cannot raise."""

from __future__ import annotations

import pytest

from grader.core.errors import BadInput
from grader.harness import outline as child
from grader.harness import parsers
from grader.harness.static import NotPython, Use, forbidden, outline, outlines


def used(source: str) -> set[str]:
    return {use.name for use in outline(source.encode(), "a.py").uses}


def test_names_are_told_in_full_whatever_they_are_called_here():
    assert used("import numpy as np\nnp.fft.fft(1)") == {"numpy", "numpy.fft.fft"}
    assert used("from numpy import fft as f\nf.fft(1)") == {"numpy.fft", "numpy.fft.fft"}
    assert used("import scipy.fft\nscipy.fft.dct") == {"scipy.fft", "scipy.fft.dct"}
    assert used("f(x).y.z") == {"f", "x"}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import sklearn", [1]),
        ("import os\nfrom sklearn.cluster import KMeans", [2]),
        ("import numpy as np\nnp.fft.fft(1)", [2]),
        ("import numpy as np\ng = np.fft\ng.fft(1)", [2]),
        ("from numpy import fft", [1]),
        ("import numpy as np\nx = np.fft" + ".a" * 500, [2]),
        ("import numpy as np\nnp.fftpack, np.linalg", []),
        ("from . import sklearn", []),
    ],
)
def test_what_is_forbidden_is_found_with_its_line(source, lines):
    found = forbidden(outline(source.encode(), "a.py"), ["sklearn"], ["numpy.fft"])
    assert [use.line for use in found] == lines


def test_a_long_chain_of_names_is_told_once_and_cut():
    (use,) = outline(("v" + ".a" * 900).encode(), "a.py").uses
    assert use == Use("v" + ".a" * child.PARTS, 1)


def test_several_modules_are_told_by_their_names_whatever_their_bytes():
    latin = "# coding: latin-1\né = 1\n".encode("latin-1")
    found = outlines({"b.py": b"x = 1", "a.py": "\N{CYRILLIC SMALL LETTER YA} = 2".encode(), "c.py": latin})
    assert {path: set(one.defines) for path, one in found.items()} == {"b.py": {"x"}, "a.py": {"я"}, "c.py": {"é"}}


@pytest.mark.parametrize(
    ("broken", "told"),
    [(b"x = = 1", "broken.py, line 1: SyntaxError"), (b"-" * 1_000_000 + b"1", "broken.py: this source cannot be")],
)
def test_the_module_that_cannot_be_read_is_named(broken, told):
    with pytest.raises(BadInput, match=told):
        outlines({"fine.py": b"x = 1", "broken.py": broken, "z.py": b"y = 1"})


def test_a_module_that_takes_too_long_is_named(monkeypatch, tmp_path):
    slow = tmp_path / "slow_child.py"
    slow.write_text('print(\'{"defines": [], "uses": []}\', flush=True)\nwhile True: pass')
    monkeypatch.setattr(child, "__file__", str(slow))
    with parsers.allowance() as mine:
        mine.left = 1.0
        with pytest.raises(BadInput, match=r"slow\.py: this source takes too long") as caught:
            outlines({"fine.py": b"x = 1", "slow.py": b"x = 1", "z.py": b"y = 1"})
    assert not isinstance(caught.value, NotPython)
