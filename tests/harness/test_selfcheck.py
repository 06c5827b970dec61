"""Self-checks may use what is forbidden: they are read nowhere, and run nowhere."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.harness.grading import Environment
from grader.harness.judge import Order, Part
from grader.harness.outline.selfcheck import self_checks, without
from grader.harness.process import ProcessSandboxes
from grader.harness.static import outline
from grader.harness.zygote import Zygote
from tests.harness import suites

SETTINGS = suites.SETTINGS + '[forbidden]\nnames = ["numpy.fft"]\nmodules = ["sklearn"]\n'
SUITE = "def test_one(submission): assert_equal(submission.f(), 1)"
USES = "import sklearn, numpy as np\n    np.fft.fft([1])\n    eval('1')\n"


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ('x = 1\nif __name__ == "__main__":\n    y = 2\n\n    z = """\n"""\nw = 3\n', "x = 1\npass\n\n\n\n\nw = 3\n"),
        ("if '__main__' == __name__: a(); b()  # both\nw = 3", "pass\nw = 3"),
        ("x = 1\r\nif __name__ == '__main__':\r\n    y = 2\r\nw = 3\r\n", "x = 1\r\npass\r\n\r\nw = 3\r\n"),
        ("x = 1\rif __name__ == '__main__':\r    y = '\x0c'\rw = 3", "x = 1\rpass\r\rw = 3"),
        ("if (__name__\n    == '__main__'):\n    y = 2", "pass\n\n"),
        ("x = 1\n\\\nif __name__ == '__main__': y = 2\n", "x = 1\n\\\npass\n"),
        ("if __name__ == '__main__': a()\nif __name__ == '__main__': b()", "pass\npass"),
    ],
)
def test_its_lines_are_emptied_and_the_others_keep_their_numbers(source, left):
    found = without(source.encode(), self_checks(ast.parse(source)))
    assert found == left.encode()
    ast.parse(found)


@pytest.mark.parametrize(
    "head",
    [
        "if __name__ != '__main__':\n    {}",
        "if __name__ == 'solution':\n    {}",
        "if __name__ == '__main__' or True:\n    {}",
        "if __name__ == '__main__' == '__main__':\n    {}",
        "if not __name__ == '__main__':\n    {}",
        "if __name__ == '__main__': pass\nelse:\n    {}",
        "if __name__ == '__main__': pass\nelif True:\n    {}",
        "def g():\n  if __name__ == '__main__':\n    {}",
        "class C:\n  if __name__ == '__main__':\n    {}",
        "try:\n  if __name__ == '__main__':\n    {}\nfinally: pass",
        "while __name__ == '__main__':\n    {}",
        "if name == '__main__':\n    {}",
        "if C.__name__ == '__main__':\n    {}",
        "if b'__main__' == __name__:\n    {}",
    ],
)
def test_every_other_form_is_read(head):
    source = head.format("import sklearn")
    assert self_checks(ast.parse(source)) == []
    assert "sklearn" in {use.name for use in outline(source.encode(), "a.py").uses}


def grade(tmp_path, code, **files):
    folder = suites.write(tmp_path, SUITE, settings=SETTINGS)
    sources = {"mine.py": dedent(code).encode(), **{f"{name}.py": text.encode() for name, text in files.items()}}
    zygote = Zygote(folder)
    try:
        return zygote.grade(
            Order(suites.NAME, Submission("mine.py", sources)), Environment(ProcessSandboxes(), "numpy")
        )
    finally:
        zygote.close()


def test_a_self_check_may_use_what_is_forbidden_elsewhere(tmp_path):
    assert grade(tmp_path, f"def f(): return 1\nif __name__ == '__main__':\n    {USES}").all_passed
    refused = grade(tmp_path, f"def f(): return 1\nif True:\n    {USES}")
    assert refused.refused


READS = "    import numpy.fft as r\ndef f(): return r"
IF = f"if __name__ == '__main__':\n{READS}"
TRICKS = {  # ways to have such lines run
    "the name assigned before": (f"__name__ = '__main__'\n{IF}", {}),
    "the name assigned by a loop": (f"for __name__ in ['__main__']: pass\n{IF}", {}),
    "a function defined in it": ("if __name__ == '__main__':\n    def f(): return 1", {}),
    "the name assigned by another module": (
        f"import helper\n{IF}",
        {"helper": "import solution\nsolution.__name__ = '__main__'"},
    ),
    "a constant in two parts": (f"__name__ = '__main__'\nif __name__ == '__ma' 'in__':\n{READS}", {}),
    "a name in other letters": (f"__name__ = '__main__'\nif __na\uff4de__ == '__main__':\n{READS}", {}),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_with_the_name_brings_it_back(tmp_path, trick):
    code, files = TRICKS[trick]
    (test,) = grade(tmp_path, code, **files).tests
    assert test.verdict is Verdict.ERROR
    assert test.raised is None or test.raised.type == "NameError"


def test_a_judge_that_goes_on_with_the_rest_leaves_it_out_too(tmp_path):
    folder = suites.write(tmp_path, SUITE, settings=SETTINGS)
    code = TRICKS["a constant in two parts"][0].encode()
    zygote = Zygote(folder)
    try:
        order = Order(suites.NAME, Submission("mine.py", {"mine.py": code}), part=Part(("test_one",)))
        (test,) = zygote.grade(order, Environment(ProcessSandboxes(), "numpy")).tests
    finally:
        zygote.close()
    assert test.verdict is Verdict.ERROR


def test_what_it_says_of_places_is_of_the_file_as_it_was_handed_in(tmp_path):
    code = "if __name__ == '__main__':\n    import sklearn\n    f()\ndef f():\n    return 1 / 0"
    (test,) = grade(tmp_path, code).tests
    assert (test.raised.type, test.raised.line) == ("ZeroDivisionError", 5)
