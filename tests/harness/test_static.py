"""The outline of a module, from its syntax tree alone, at a cost that hostile source cannot raise."""

from __future__ import annotations

import pytest

from grader.harness import outline as child
from grader.harness.static import Use, forbidden, outline


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
