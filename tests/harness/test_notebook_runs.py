"""Notebooks and odd file names in a real sandbox: what runs, what is told of a cell that fails, and by whom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.core.report import Raised, from_json, student_view, to_json
from grader.core.submission import Submission
from grader.harness import notebooks
from grader.harness.grading import Environment
from grader.harness.judge import Order
from grader.harness.process import ProcessSandboxes
from grader.harness.zygote import Zygote
from tests.harness import suites

SUITE = """
def test_value(submission): assert_equal(submission.f(), 1)
def test_probe(probe, submission): assert_equal(probe.of_the_grader(), 7)
def test_end(submission): submission.f(True)
def test_after(submission): assert_equal(submission.f(), 1)
"""
PROBE = "def of_the_grader(): return 7"
FORBIDS = '[forbidden]\nnames = ["numpy.fft"]\n'


@pytest.fixture(scope="module")
def judges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    folder = tmp_path_factory.mktemp("notebooks")
    zygote = Zygote(suites.write(folder, SUITE, probe=PROBE, settings=suites.SETTINGS + FORBIDS))
    yield zygote
    zygote.close()


def grade(judges: Zygote, name: str, source: bytes, **beside: bytes):
    files = {name: source, **{f"{path}.py": text for path, text in beside.items()}}
    order = Order(suites.NAME, Submission(name, files))
    return judges.grade(order, Environment(ProcessSandboxes(), "numpy"))


def notebook(*sources: str) -> bytes:
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return notebooks.to_module("w.ipynb", json.dumps({"nbformat": 4, "cells": cells}).encode()).source


F = "def f(end=False):\n    import os\n    if end: os.abort()\n    return value"


def verdicts(report) -> list[str]:
    return [str(test.verdict) for test in report.tests]


def test_a_notebook_runs_as_in_jupyter_and_a_failing_cell_at_its_end_is_told(judges):
    source = notebook(
        "from IPython.display import display as show, HTML\nfrom matplotlib import pyplot as plt\nimport asyncio",
        "%matplotlib inline\nget_ipython().run_line_magic('x', '')\ndisplay(HTML('x'))\nfig, ax = plt.subplots(1, 2)",
        "value = await asyncio.sleep(0, 1)\nax[0].plot([1])",
        F,
        "x = 2\n1/0",
        "raise SystemExit('never')",
    )
    report = grade(judges, "w.ipynb", source)
    assert verdicts(report) == ["passed", "passed", "died", "passed"]
    assert report.import_fault is None
    assert report.cell_fault == Raised("ZeroDivisionError", "w.ipynb", source.split(b"\n").index(b"1/0") + 1,
                                       "division by zero")  # fmt: skip
    assert (
        Submission("w.ipynb", {"w.ipynb": source}).place("w.ipynb", report.cell_fault.line).endswith("cell 5, line 2")
    )
    again = from_json(to_json(student_view(report, after_due=False)))
    assert again.cell_fault == report.cell_fault  # nothing hidden was there yet
    assert not report.never_imported


def test_before_everything_is_defined_a_failing_cell_is_the_end(judges):
    report = grade(judges, "w.ipynb", notebook("value = 1", "1/0", F))
    assert report.import_fault is not None
    assert report.never_imported
    assert 'File "w.ipynb", cell 2, line 1' in report.import_fault.traceback
    assert report.cell_fault is None
    assert from_json(to_json(report)) == report


def test_a_cell_cannot_call_what_is_forbidden_and_fail_in_silence(judges):
    report = grade(judges, "w.ipynb", notebook("import numpy as np\nvalue = 1", F, "np.fft.fft([1.0])"))
    assert set(verdicts(report)) == {"refused"}
    hidden = "import numpy as np\nm = [np.emath, np]\nvalue = 1"
    report = grade(judges, "w.ipynb", notebook(hidden, F, "for one in dir(m[1]):\n    m[1].fft.fft([1.0])"))
    assert set(verdicts(report)) == {"refused"}


def test_a_name_that_a_cell_may_have_failed_to_bind_is_not_sure(judges):
    tricked = "from numpy import *\ndef f():\n    return fft.fft([1.0])"
    report = grade(judges, "w.ipynb", notebook(tricked, "1/0\nfft = None"))
    assert set(verdicts(report)) == {"refused"}


@pytest.mark.parametrize("name", ["probe.py", "solution.py", "the assignment's probe.py", "random.py", "test.py"])
def test_a_file_is_graded_alike_whatever_it_is_called(judges, name):
    report = grade(judges, name, f"value = 1\n{F}".encode())
    assert verdicts(report) == ["passed", "passed", "died", "passed"]


def test_a_helper_called_as_the_probe_is_the_students(judges):
    report = grade(judges, "mine.py", b"import probe\nvalue = probe.one\n" + F.encode(), probe=b"one = 1")
    assert verdicts(report) == ["passed", "passed", "died", "passed"]
    lazy = b"def f(end=False):\n    import probe\n    return probe.one\n"
    assert verdicts(grade(judges, "mine.py", lazy, probe=b"one = 1"))[:2] == ["passed", "passed"]


def test_stand_ins_are_for_notebooks_alone(judges):
    report = grade(judges, "mine.py", b"value = 1\n" + F.encode() + b"\nimport IPython.display")
    assert report.import_fault is not None
    assert report.import_fault.raised is not None
    assert report.import_fault.raised.type == "ModuleNotFoundError"


def test_an_import_that_fails_after_tests_have_run_was_not_at_first(judges, tmp_path: Path):
    mark = str(tmp_path / "x")
    once = f"import os\nif os.path.exists({mark!r}):\n    raise KeyError\nopen({mark!r}, 'w')"
    report = grade(judges, "mine.py", f"{once}\nvalue = 1\n{F}".encode())
    assert report.import_fault is not None
    assert not report.never_imported
