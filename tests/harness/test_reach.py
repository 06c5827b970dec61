"""Which required names a piece of a reference is used by."""

from __future__ import annotations

import pytest

from grader.harness.reach import Reach

SOURCES = {
    "reference/base.py": """
EPSILON = 1e-9


def distance(a, b):
    return abs(a - b) + EPSILON


def mean(x):
    return sum(x) / len(x)


if not EPSILON:
    raise SystemExit
""",
    "reference/small.py": """
from reference import base
from reference.base import mean as average


class Model:
    def fit(self, x):
        return average(x)


@staticmethod
def near(a, b):
    return base.distance(a, b) < 1


def alone(x):
    return x


def through(x):
    return near(x, 0)
""",
}
REQUIRED = {name: f"reference.small:{name}" for name in ("Model", "near", "alone", "through")}


@pytest.mark.parametrize(
    ("file", "piece", "names"),
    [
        ("small", "return x\n\n\ndef through", None),  # two definitions
        ("small", "return x\n", {"alone"}),
        ("small", "< 1", {"near", "through"}),
        ("small", "@staticmethod", {"near", "through"}),
        ("base", "len(x)", {"Model"}),  # under another name
        ("base", "a - b", {"near", "through"}),  # as an attribute of its module
        ("base", "1e-9", {"near", "through"}),
        ("base", "raise SystemExit", None),  # of no definition
        ("small", "from reference import base", None),
    ],
)
def test_a_piece_is_followed_to_the_names_that_are_asked_for(file, piece, names):
    assert Reach(SOURCES, REQUIRED).names_built_on(f"reference/{file}.py", piece) == names
