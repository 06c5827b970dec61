"""Prepared calls are answered by a solution in its sandbox."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grader.core.assignment import load
from grader.core.companions import Call
from grader.core.errors import AssignmentFault
from grader.core.submission import Submission
from grader.harness.grading import Environment
from grader.harness.prepared import Answer, answers, faults
from grader.harness.process import ProcessSandboxes
from tests.harness import suites

ROOT = Path(__file__).resolve().parents[2]
SOLUTION = """
import os, numpy as np
class Box:
    def __init__(self, x): self.x = x
    def twice(self): return 2 * self.x
def f(x):
    if callable(x): return x(3)
    if x == "box": return Box(21)
    if x == "end": os._exit(3)
    if x == "loop":
        while True: pass
    if x < 0: raise ValueError("x is negative")
    return np.array([x, 2 * x])
"""


def asked(folder, *expressions: str, solution: str = SOLUTION) -> list[Answer]:
    assignments = suites.write(folder, "", probe="def ten(): return 10")
    listed = [Call({"en": "?", "ru": "?"}, expression) for expression in expressions]
    submission = Submission("s.py", {"s.py": solution.encode()})
    source = Environment(ProcessSandboxes(), "numpy")
    return answers(load(suites.NAME, assignments), submission, listed, source)


def test_answers_are_values_and_exceptions(tmp_path):
    array, error, called, inside, ten, last = asked(
        tmp_path, "f(2.0) + np.ones(2)", "f(-1)", "f(lambda n: n + 1)", "f('box').twice()", "f(probe.ten())", "f(1)"
    )
    assert (type(array.value), array.value.tolist()) == (np.ndarray, [3.0, 5.0])
    assert error == Answer(error="ValueError", text="x is negative")
    assert [called.value, inside.value, ten.value.tolist(), last.value.tolist()] == [4, 42, [10, 20], [1, 2]]


def test_the_data_of_the_assignment_are_there(tmp_path):
    place = tmp_path / "assignments" / suites.NAME / "data"
    place.mkdir(parents=True)
    (place / "table.csv").write_text("7")
    (answer,) = asked(tmp_path, "f()", solution="TABLE = open('data/table.csv').read()\ndef f(): return TABLE")
    assert answer.value == "7"


@pytest.mark.parametrize(
    ("environment", "solution", "expected"),
    [
        ("torch", "import torch\ndef f(): return torch.ones(2)", "tensor([1., 1.])"),
        ("sklearn", "from scipy.sparse import eye_array\ndef f(): return eye_array(2, format='csr')", "csr_array"),
    ],
)
def test_the_first_answer_may_be_of_a_library(tmp_path, environment, solution, expected):
    """In a process of its own, in which nobody has imported the library yet."""
    suites.write(tmp_path, "", settings=suites.SETTINGS.replace('"numpy"', f'"{environment}"'))
    code = (
        "import sys\n"
        "from grader.core.assignment import load\n"
        "from grader.core.companions import Call\n"
        "from grader.core.submission import Submission\n"
        "from grader.harness.grading import Environment\n"
        "from grader.harness.prepared import answers\n"
        "from grader.harness.process import ProcessSandboxes\n"
        f"one = load({suites.NAME!r}, __import__('pathlib').Path({str(tmp_path / 'assignments')!r}))\n"
        f"source = Environment(ProcessSandboxes(), {environment!r})\n"
        f"solution = Submission('s.py', {{'s.py': {solution.encode()!r}}})\n"
        "(answer,) = answers(one, solution, [Call({'en': '?', 'ru': '?'}, 'f()')], source)\n"
        "print(answer.error, answer.text, repr(answer.value), type(answer.value).__name__)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert expected in done.stdout


def test_one_that_ends_its_sandbox_does_not_keep_the_others_from_answering(tmp_path):
    ended, endless, fine = asked(tmp_path, "f('end')", "f('loop')", "f(1)")
    assert (ended.error, endless.error, fine.error) == ("died", "timeout", "")
    assert fine.value.tolist() == [1, 2]


def test_a_name_that_is_not_defined_and_a_mistake_of_the_expression(tmp_path):
    (lacking,) = asked(tmp_path, "f(1)", solution="g = 1")
    assert lacking == Answer(error="NameError", text="s.py does not define f.")
    (mistake,) = asked(tmp_path / "other", "f(1)[5]")
    assert mistake.error == "IndexError"


def test_what_cannot_be_given_is_the_authors_fault(tmp_path):
    with pytest.raises(AssignmentFault, match="call 2 gives the submission"):
        asked(tmp_path, "f(1)", "f(np)")


CALLS = """
[[call]]
en = "One?"
ru = "Раз?"
call = "f(1)"
[[call]]
en = "Two?"
ru = "Два?"
call = "[f('box')]"
[[call]]
en = "Three?"
ru = "Три?"
call = "f(-1)"
raises = "KeyError"
"""


def test_faults_are_told_of_each_solution(tmp_path):
    assignments = suites.write(tmp_path, "")
    (assignments / suites.NAME / "calls.toml").write_text(CALLS)
    right = {
        "the reference": Submission("s.py", {"s.py": SOLUTION.encode()}),
        "accepted/a.py": Submission("a.py", {"a.py": b"def f(x): return [1][x]"}),
        "accepted/b.py": Submission("b.py", {"b.py": b"import nothing_there"}),
    }
    told = list(faults(load(suites.NAME, assignments), right, Environment(ProcessSandboxes(), "numpy")))
    assert told == [
        "calls.toml: call 2 of the reference gives an object of the solution's own, which tells nothing",
        "calls.toml: call 3 of the reference ends with ValueError, not with KeyError",
        "calls.toml: call 1 of accepted/a.py ends with IndexError: list index out of range",
        "calls.toml: call 2 of accepted/a.py ends with TypeError: list indices must be integers or slices, not str",
        "calls.toml: call 3 of accepted/a.py ends with a value, not with KeyError",
    ]
