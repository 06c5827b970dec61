"""Starters in two languages: words may differ, code may not; each student gets their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.core.assignment import load, student_files
from grader.harness.folder import missing_files
from grader.harness.starters import first_difference, starter_faults

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = '''"""Fill in."""
import numpy as np

class A:
    """A class."""
    def f(self, x, y=1):
        """What it is."""
        raise NotImplementedError("begin with the mean")

def g(text="mean"):
    raise NotImplementedError("then this")
'''
RUSSIAN = '''"""Заполните."""
import numpy as np

# Сначала класс.
class A:
    """Класс."""
    def f(self, x, y=1):
        """Что это."""
        raise NotImplementedError("начните со среднего")

def g(text="mean"):
    raise NotImplementedError("затем это")
'''


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("Класс.", "Ещё класс.", ""),
        ("# Сначала класс.\n", "", ""),
        ('        """Что это."""\n', "", ""),
        ("y=1", "y=2", "line 7 (`def f(self, x, y=2):`) instead of line 6 (`def f(self, x, y=1):`)"),
        ('"mean"', '"среднее"', "line 11 (`def g(text='среднее'):`) instead of line 10 (`def g(text='mean'):`)"),
        ("NotImplementedError(\"затем", "ValueError(\"затем", "line 12 (`raise ValueError('затем это')`) instead of"),
        ("import numpy as np", "import numpy", "line 2 (`import numpy`) instead of line 2 (`import numpy as np`)"),
        ("def g", "z = 1\ndef g", "line 11 (`z = 1`) instead of line 10 (`def g(text='mean'):`)"),
        ("class A:", "class A(:", "no Python"),
    ],
)  # fmt: skip
def test_the_first_place_that_differs_is_told(was, becomes, told):
    assert was in RUSSIAN
    found = first_difference(ENGLISH.encode(), RUSSIAN.replace(was, becomes, 1).encode())
    assert found == told if not told else told in found


def test_a_function_too_many_or_too_few_is_told():
    more = RUSSIAN + "\ndef h(): pass\n"
    assert first_difference(ENGLISH.encode(), more.encode()).endswith("(`def h():`) instead of nothing")
    assert first_difference(more.encode(), ENGLISH.encode()).startswith("nothing instead of line")


def test_a_starter_is_in_the_student_s_language_or_else_in_english(tmp_path):
    assignment = replace(load("clustering/kmeans", ROOT / "assignments"), folder=tmp_path)
    (tmp_path / "starter.py").write_text(ENGLISH, encoding="utf-8")
    assert (assignment.starter(), assignment.starter("ru")) == (ENGLISH, ENGLISH)
    assert "starter.ru.py is missing" in missing_files(assignment)
    assert list(student_files(assignment)) == ["starter.py"]
    (tmp_path / "starter.ru.py").write_text(RUSSIAN, encoding="utf-8")
    assert (assignment.starter("en"), assignment.starter("ru")) == (ENGLISH, RUSSIAN)
    assert not [problem for problem in missing_files(assignment) if "starter" in problem]
    assert list(student_files(assignment)) == ["starter.py", "starter.ru.py"]
    assert list(starter_faults(assignment)) == []
    (tmp_path / "starter.ru.py").write_text(RUSSIAN.replace("y=1", "y=2"), encoding="utf-8")
    (fault,) = starter_faults(assignment)
    assert fault.startswith("starter.ru.py has other code than starter.py: line 7")
