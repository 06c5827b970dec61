"""``grader show``: a picture of the student's own solution, or a sentence that says why there is none."""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import pytest

from grader.core.assignment import assignments_folder
from tests.cli.conftest import Done
from tests.waiting import until

KMEANS = "clustering/kmeans"
RIGHT = (assignments_folder() / KMEANS / "accepted" / "with_loops.py").read_bytes()
BEGINS = {".png": b"\x89PNG\r\n", ".svg": b"<?xml", ".pdf": b"%PDF-"}
FIGURE = '''"""Two lines."""
import numpy as np

ALT = {"en": "Two lines that cross.", "ru": "Две линии, которые пересекаются."}


def draw(solution, figure):
    axes = figure.subplots()
    axes.plot(np.arange(4), solution.rising(np.arange(4)))
    axes.plot(np.arange(4), solution.falling(np.arange(4)))
'''
SOLUTION = "import numpy as np\ndef rising(x):\n    return x\ndef falling(x):\n    return 3 - x\n"


@pytest.fixture
def show(run, tmp_path: Path, monkeypatch) -> Callable[..., Done]:
    """The command, where there is no screen, in a folder of its own; and there a small assignment, demo/lines."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "GRADER_ASSIGNMENTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MPLCONFIGDIR", mpl.get_configdir())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    folder = tmp_path / "assignments" / "demo" / "lines"
    folder.mkdir(parents=True)
    (folder / "figure.py").write_text(FIGURE, encoding="utf-8")
    (folder / "assignment.toml").write_text(
        'kind = "task"\nenvironment = "numpy"\n[title]\nen = "Lines"\nru = "Линии"\n'
        '[required]\nrising = "reference.demo:rising"\nfalling = "reference.demo:falling"\n'
        '[limits]\ncall_seconds = 1\n[forbidden]\nnames = ["numpy.linalg"]\n',
        encoding="utf-8",
    )
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)

    def command(*arguments: str, language: str = "en") -> Done:
        monkeypatch.setenv("GRADER_LANGUAGE", language)
        return run("show", *arguments)

    return command


@pytest.fixture
def demo(show, tmp_path: Path, monkeypatch) -> Callable[..., Done]:
    monkeypatch.setenv("GRADER_ASSIGNMENTS", str(tmp_path / "assignments"))

    def command(source: str, language: str = "en") -> Done:
        Path("mine.py").write_text(source, encoding="utf-8")
        return show("demo/lines", "mine.py", "--output", "mine.png", language=language)

    return command


def test_a_solution_of_a_real_assignment_is_drawn_and_what_to_see_is_told(show):
    Path("kmeans.py").write_bytes(RIGHT)
    done = show("kmeans.py", "--output", "drawn.svg")
    assert (done.code, done.err) == (0, "")
    assert "The picture is in drawn.svg." in done.out
    assert "the same three groups of objects" in done.out
    assert Path("drawn.svg").read_bytes().startswith(BEGINS[".svg"])


def test_notebooks_and_archives_are_drawn_as_they_are_checked(show, demo):
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cells = [{**cell, "source": "import matplotlib.pyplot as plt"}, {**cell, "source": SOLUTION},
             {**cell, "source": "plt.rcParams['lines.linewidth'] = 9; plt.plot([1]); plt.show()"}]  # fmt: skip
    Path("lines.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    with zipfile.ZipFile("lines.zip", "w") as archive:
        archive.writestr("solution.py", "from inner import rising, falling\n")
        archive.writestr("inner.py", SOLUTION)
    assert demo(SOLUTION).code == 0
    for name in ("lines.ipynb", "lines.zip"):
        assert show("demo/lines", name, "--output", f"{name}.png").code == 0, name
        assert Path(f"{name}.png").read_bytes() == Path("mine.png").read_bytes()  # whatever a notebook has set
    assert show("demo/lines", "lines.zip", "--output", "LINES.PDF").code == 0
    assert Path("LINES.PDF").read_bytes().startswith(BEGINS[".pdf"])


def test_a_mistake_changes_the_picture(demo):
    assert demo(SOLUTION).code == 0
    right = Path("mine.png").read_bytes()
    assert demo(SOLUTION.replace("3 - x", "3 - x / 2")).code == 0
    assert Path("mine.png").read_bytes() != right


def test_without_a_screen_it_is_written_beside_and_with_one_it_is_opened(show, demo, tmp_path, monkeypatch):
    Path("mine.py").write_text(SOLUTION)
    monkeypatch.setenv("GRADER_ASSIGNMENTS", str(tmp_path / "assignments"))
    assert "The picture is in lines.png." in show("demo/lines", "mine.py").out
    assert Path("lines.png").read_bytes().startswith(BEGINS[".png"])
    Path("lines.png").unlink()
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert "The picture is in lines.png." in show("demo/lines", "mine.py").out  # nothing that would open it
    Path("lines.png").unlink()
    viewer, opened = tmp_path / "bin" / "xdg-open", tmp_path / "opened"
    viewer.parent.mkdir()
    viewer.write_text(f'#!/bin/sh\necho "$1" > {opened}.new\n/bin/mv {opened}.new {opened}\n')
    viewer.chmod(0o755)
    assert "The picture opens in a window." in show("demo/lines", "mine.py").out
    until(opened.exists)
    assert Path(opened.read_text().strip()).read_bytes().startswith(BEGINS[".png"])
    assert not Path("lines.png").exists()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("return x", "return x[9]", ["your code raises", "mine.py, line 3:\n    return x[9]\nIndexError: "]),
        ("return x", "raise SystemExit('bye')", ["line 3", "SystemExit: bye"]),
        ("return x", "return x[:2]", ["cannot be drawn from what your code returns", "figure.py, 9: axes.plot(",
                                      "ValueError: x and y must have same first dimension"]),
        ("return x", "return {'a': 1}", ["cannot be drawn from what your code returns", "figure.py, 9"]),
        ("return x", "while True: pass", ["your code was not done within 4 s"]),
        ("import numpy as np", "import numpy as np\nwhile True: pass", ["your code was not done within 1 s"]),
        ("return x", "print('x' * 3_000_000); return x", ["prints or returns too much"]),
        ("return x", "import os; os.kill(os.getpid(), 9)", ["your code ended the process"]),
        ("return x", "return np.linalg.solve(x, x)", ["The assignment forbids numpy.linalg"]),
        ("import numpy as np", "from numpy.linalg import solve", ["The assignment forbids numpy.linalg"]),
        ("def falling", "def fallen", ["mine.py does not define falling."]),
        ("import numpy as np", "import numpy as np\n1 / 0", ["could not be imported", "line 2", "ZeroDivisionError"]),
    ],
    ids=["index", "exit", "shape", "type", "loop", "loop at import", "output", "end", "forbidden",
         "forbidden import", "missing", "import"],
)  # fmt: skip
def test_whatever_is_wrong_is_one_clear_sentence(demo, old, new, told):
    done = demo(SOLUTION.replace(old, new, 1))
    assert (done.code, done.out) == (1, ""), done.err
    for words in told:
        assert words.casefold() in done.err.casefold()
    assert "grader/" not in done.err  # no file of ours
    assert "Traceback" not in done.err or "could not be imported" in done.err
    assert not Path("mine.png").exists()


def test_what_is_forbidden_is_refused_also_where_only_running_shows_it(demo, tmp_path):
    drawn = FIGURE.replace("solution.rising(np.arange(4))", "solution.rising(np.linalg.norm, np.arange(4))")
    (tmp_path / "assignments/demo/lines/figure.py").write_text(drawn, encoding="utf-8")
    done = demo("def rising(f, x):\n    return x + f(x)\ndef falling(x):\n    return x\n")
    assert done.code == 1
    assert "The assignment forbids numpy.linalg.norm (mine.py, line 2)." in done.err


def test_a_solution_has_the_data_of_the_assignment(demo, tmp_path):
    place = tmp_path / "assignments/demo/lines/data/table.csv"
    place.parent.mkdir()
    place.write_text("1,2,3,4\n")
    done = demo(
        "import numpy as np\nT = np.loadtxt('data/table.csv', delimiter=',')\n"
        "def rising(x):\n    return T\nfalling = rising\n"
    )
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("return x", "return x[9]", "mine.py, строка 3"),
        ("return x", "return x[:2]", "рисунок построить нельзя"),
        ("def falling", "def fallen", "не определено имя falling"),
    ],
)
def test_the_same_in_russian(demo, old, new, told):
    done = demo(SOLUTION.replace(old, new, 1), "ru")
    assert done.code == 1
    assert done.err.startswith("Ошибка: ")
    assert told in done.err


def test_what_to_see_is_told_in_russian(demo):
    assert "При верном решении: Две линии, которые пересекаются." in demo(SOLUTION, "ru").out


def test_what_cannot_be_used_is_told_before_anything_runs(show, tmp_path, monkeypatch):
    Path("kmeans.py").write_bytes(RIGHT)
    Path("broken.py").write_text("def kmeans(:")
    ways = [
        (["kmeans.py", "--output", "drawn.jpg"], "ends in .png, .svg or .pdf"),
        (["kmeans.py", "--output", "no/such/folder/drawn.png"], "no/such/folder/drawn.png: No such file"),
        ([KMEANS, "broken.py"], "broken.py, line 1"),
        ([KMEANS], "which file? grader show clustering/kmeans FILE"),
        (["nothing.py"], "There is no file nothing.py."),
        (["a", "b", "c"], "give a file, or an assignment and a file"),
    ]
    for arguments, told in ways:
        done = show(*arguments)
        assert (done.code, done.out) == (2, ""), arguments
        assert told in done.err, arguments
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    done = show("kmeans.py")
    assert done.code == 2
    assert f"Install it: {sys.executable} -m pip install matplotlib" in done.err
    monkeypatch.setenv("GRADER_ASSIGNMENTS", str(tmp_path / "assignments"))
    (tmp_path / "assignments/demo/lines/figure.py").unlink()
    Path("lines.py").write_text(SOLUTION)
    assert "demo/lines has no picture." in show("demo/lines", "lines.py").err


def test_check_names_it_where_a_test_fails_and_there_is_a_figure(run, show, demo, tmp_path, monkeypatch):
    monkeypatch.setenv("GRADER_ASSIGNMENTS", str(tmp_path / "assignments"))
    folder = tmp_path / "assignments/demo/lines"
    (folder / "public").mkdir()
    (folder / "public/test_lines.py").write_text(
        "from grader.testing import title\n@title(en='Rises', ru='Растёт')\n"
        "def test_it(submission): assert submission.rising(1) == 1\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("GRADER_LANGUAGE", "en")
    Path("mine.py").write_text(SOLUTION)
    assert "grader show" not in run("check", "demo/lines", "mine.py").out
    Path("mine.py").write_text(SOLUTION.replace("return x", "return 2"))
    for language, told in (("en", "A picture of what your solution does"), ("ru", "Рисунок того, что делает")):
        monkeypatch.setenv("GRADER_LANGUAGE", language)
        assert f"{told}" in (out := run("check", "demo/lines", "mine.py").out)
        assert "grader show demo/lines mine.py" in out
    (folder / "figure.py").unlink()
    assert "grader show" not in run("check", "demo/lines", "mine.py").out


def test_start_brings_the_picture_and_what_draws_it(run, show):
    assert "statement.md, figure.svg, solution.py, public/" in run("start", KMEANS).out
    folder = assignments_folder() / KMEANS
    assert Path("kmeans/figure.svg").read_bytes() == (folder / "figures/kmeans.svg").read_bytes()
    assert Path("kmeans/public/figure.py").read_bytes() == (folder / "figure.py").read_bytes()


def test_figures_draws_with_the_reference(run, tmp_path, monkeypatch):
    committed = assignments_folder() / KMEANS
    place = tmp_path / "assignments" / KMEANS
    place.mkdir(parents=True)
    for name in ("assignment.toml", "figure.py"):
        (place / name).write_bytes((committed / name).read_bytes())
    monkeypatch.setenv("GRADER_ASSIGNMENTS", str(tmp_path / "assignments"))
    done = run("figures")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("clustering/kmeans/figures/kmeans.svg: ")
    drawn = (place / "figures/kmeans.svg").read_bytes()
    assert len(drawn) == pytest.approx(len((committed / "figures/kmeans.svg").read_bytes()), rel=0.1)
    (place / "figure.py").unlink()
    assert run("figures", KMEANS).code == 3
