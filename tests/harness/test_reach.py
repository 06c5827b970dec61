"""Which tests run what a mutant changes: by the lines that a traced reference ran, and by the text of the change."""

from __future__ import annotations

import pytest

from grader.core.mutants import Mutant
from grader.harness.reach import Reach

FILE = "reference/small.py"
SOURCE = """\
import numpy as np

EPSILON = 1e-9


def distance(a, b=1):
    \"\"\"How far.\"\"\"
    gap = abs(
        a
        - b
    )

    if gap > 3:
        return 3
    else:
        # near
        return gap


@property
def mean(x):
    for value in x:
        x += value
    try:
        return x / 2
    except ZeroDivisionError:
        return None


class Model:
    rate = 1

    def fit(self, x):
        self.x = x
        return self


# the end
"""


def mutant(find: str, replace: str) -> Mutant:
    assert SOURCE.count(find) == 1
    return Mutant("m", "L09.kmeans", FILE, find, replace, {})


def runs(reach: Reach, test: str, change: Mutant) -> bool:
    return reach.runs(test, change.file, reach.lines_of(change))


@pytest.mark.parametrize(
    ("find", "replace", "lines"),
    [
        ("gap > 3", "gap >= 3", [13]),
        ("gap > 3:\n        return 3", "gap > 3:\n        return 4", [14]),
        ("        return 3\n    else", "        return 2\n    else", [14]),
        ("- b", "+ b", [8, 9, 10, 11]),
        ("return gap", "return gap + 1", [17]),
        ("    if gap > 3:\n        return 3\n", "", [13, 14]),
        ("b=1", "b=2", [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]),
        ("def mean(x):", "def mean(x, y=1):", [22, 23, 24, 25, 26, 27]),
        ("@property\n", "", [22, 23, 24, 25, 26, 27]),
        ("for value in x", "for value in x[1:]", [22]),
        ("return x / 2", "return x / 3", [25]),
        ("return None", "return 0", [27]),
        ("except ZeroDivisionError", "except Exception", [24, 25, 26, 27]),
        ("EPSILON = 1e-9", "EPSILON = 1e-6", [3]),
        ("rate = 1", "rate = 2", [31]),
        ("self.x = x\n", "self.x = x\n        self.y = x\n", [34, 35]),
        ("        self.x = x\n", "        self.y = x\n        self.x = x\n", [34, 35]),
    ],
)
def test_the_lines_of_a_change_are_those_of_its_statements(find, replace, lines):
    every = range(1, SOURCE.count("\n") + 1)
    reach = Reach({FILE: SOURCE}, {str(line): {FILE: [line]} for line in every})
    assert [line for line in every if runs(reach, str(line), mutant(find, replace))] == lines


def test_a_test_of_which_nobody_knows_the_lines_may_run_any():
    reach = Reach({FILE: SOURCE}, {"known": {FILE: [1]}, "elsewhere": {}, "failed": None})
    change = mutant("gap > 3", "gap >= 3")
    assert [test for test in ("known", "elsewhere", "failed", "new") if runs(reach, test, change)] == ["failed", "new"]


def test_a_change_of_no_statement_may_matter_to_every_test():
    reach = Reach({FILE: SOURCE}, {"known": {FILE: [1]}})
    assert runs(reach, "known", mutant("# the end", "# over"))
