"""What `figure.py` may be, and what is said of one that is otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.core import figure
from grader.core.assignment import Assignment, load
from grader.core.errors import AssignmentFault

RIGHT = '''"""A line."""
import math
from collections.abc import Callable
import numpy as np
from matplotlib.figure import Figure

ALT = {"en": "A line.", "ru": "Линия."}

def draw(solution, figure):
    figure.subplots().plot(solution.f(np.arange(3)))
'''
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="300pt" height="150.75pt" viewBox="0 0 300 150.75"/>'


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    folder = tmp_path / "demo" / "line"
    folder.mkdir(parents=True)
    (folder / "assignment.toml").write_text(
        'kind = "task"\nenvironment = "numpy"\n[title]\nen = "Line"\nru = "Линия"\n'
        '[required]\nf = "reference.demo:f"\n',
        encoding="utf-8",
    )
    return load("demo/line", tmp_path)


def write(assignment: Assignment, source: str, svg: bytes | None = SVG) -> None:
    (assignment.folder / "figure.py").write_text(source, encoding="utf-8")
    if svg is not None:
        assignment.picture.parent.mkdir(exist_ok=True)
        assignment.picture.write_bytes(svg)


def test_words_and_size_are_read_and_nothing_runs(assignment):
    write(assignment, RIGHT + "\nraise SystemExit('it ran')\n")
    assert figure.faults(assignment) == []
    assert figure.figure(assignment).alt == {"en": "A line.", "ru": "Линия."}
    drawn = figure.picture(assignment)
    assert (drawn.width, drawn.height, drawn.content) == (400, 201, SVG)
    write(assignment, RIGHT, b'<svg height="150pt" version="1.1" width="72pt">')
    assert (figure.picture(assignment).width, figure.picture(assignment).height) == (96, 200)


def test_an_assignment_without_a_figure_has_no_faults(assignment):
    assert (figure.faults(assignment), figure.figure(assignment), figure.picture(assignment)) == ([], None, None)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"""A line."""\n', "", "no docstring"),
        (', "ru": "Линия."', "", "ALT must be a dict of texts for en and ru"),
        ('"ru": "Линия."', '"ru": " "', "ALT must be"),
        ('"ru": "Линия."', '"ru": 3', "ALT must be"),
        ('{"en": "A line.", "ru": "Линия."}', "dict(en='A line.', ru='Линия.')", "ALT must be"),
        ('{"en": "A line.", "ru": "Линия."}', "['en', 'ru']", "ALT must be"),
        ("ALT =", "WORDS =", "ALT must be"),
        ("def draw(solution, figure)", "def draw(figure, solution)", "draw(solution, figure) must be defined once"),
        ("def draw(", "def paint(", "draw(solution, figure) must be defined once"),
        ("import math", "import os", "it imports os"),
        ("import math", "import torch", "it imports torch"),
        ("import math", "from reference.audio import fourier", "it imports reference.audio.fourier"),
        ("import math", "from grader import core", "it imports grader.core"),
        ("import math", "import matplotlib.pyplot as plt", "it imports matplotlib.pyplot"),
        ("import math", "from matplotlib import pyplot", "it imports matplotlib.pyplot"),
        ("import math", "from . import beside", "it imports ..beside"),
        ("    figure.sub", "    open('data.csv')\n    figure.sub", "line 10 calls open"),
        ("import math", "import (", "invalid syntax"),
    ],
)
def test_what_is_wrong_is_named(assignment, old, new, told):
    assert old in RIGHT
    write(assignment, RIGHT.replace(old, new))
    with pytest.raises(AssignmentFault, match=r"^demo/line/figure\.py: ") as raised:
        figure.figure(assignment)
    assert told in str(raised.value)
    assert figure.faults(assignment) == [str(raised.value)]


@pytest.mark.parametrize(
    ("svg", "told"),
    [
        (None, "figures/line.svg is not: `make figures` draws it"),
        (b"<html/>", "figures/line.svg is not"),
        (SVG + b" " * 60_000, "figures/line.svg has 60,098 bytes; it must have fewer than 60,000"),
    ],
    ids=["missing", "none", "large"],
)
def test_a_figure_needs_its_picture(assignment, svg, told):
    write(assignment, RIGHT, svg)
    (fault,) = figure.faults(assignment)
    assert told in fault
