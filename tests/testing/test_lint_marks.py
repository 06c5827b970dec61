"""A test whose mark hangs on several required names is named, unless it says that this is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import testing
from grader.core.assignment import load_all
from grader.testing.lint_marks import lint_marks, lint_sources

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = ("fft", "ifft", "dft")
SHARED = """
import pytest
from functools import partial

def check(who, x):
    return who.fft(x)

def check_deep(submission):
    return check(submission, 1)

def named(submission, name, other="ifft"):
    return getattr(submission, name)

def of(submission, index):
    return getattr(submission, index.__name__.removeprefix("mean_"))
"""
CONFTEST = """
import pytest

@pytest.fixture
def transform(submission):
    return submission.fft

@pytest.fixture(name="student")
def the_submission(submission):
    yield submission
"""
HEAD = "from .shared import check, check_deep, named, of\nNAMES = ('fft', 'ifft')\n"


def complaints(test: str) -> list[str]:
    sources = {"conftest.py": CONFTEST, "shared.py": SHARED, "test_it.py": HEAD + test}
    return lint_sources(sources, REQUIRED)


@pytest.mark.parametrize(
    "test",
    [
        "def test_a(submission): submission.ifft(submission.fft(1))",
        "def test_a(submission):\n    f, g = submission.fft, submission.ifft",
        "def test_a(submission, probe): probe.both(submission.fft, submission.ifft)",
        "def test_a(submission, rng): assert_refused('x', lambda: submission.fft(submission.ifft))",
        "def test_a(submission):\n    s = submission\n    s.fft(1)\n    submission.ifft(1)",
        "def test_a(submission): return submission.fft(1), getattr(submission, 'ifft')(1)",
        "def test_a(submission):\n    for name in ('fft', 'ifft'): getattr(submission, name)(1)",
        "def test_a(submission):\n    for name in NAMES: getattr(submission, name)(1)",
        "def test_a(submission):\n    for f in TABLE: getattr(submission, f.__name__)(1)",
        "def test_a(submission): [getattr(submission, name)(1) for name in NAMES]",
        "def test_a(submission):\n    check(submission, 1)\n    submission.ifft(1)",
        "def test_a(submission): return check_deep(submission), submission.dft(1)",
        "def test_a(submission): return check(who=submission, x=1), submission.dft(1)",
        "def test_a(submission): return named(submission, 'fft'), named(submission, 'ifft')",
        "def test_a(submission): return partial(check, submission), submission.dft(1)",
        "def test_a(submission, transform): return transform(1), submission.ifft(1)",
        "def test_a(transform, submission): submission.dft(transform)",
        "def test_a(student): student.dft(student.fft(1))",
        "def test_a(request):\n    s = request.getfixturevalue('submission')\n    s.dft(s.fft(1))",
        "class TestIt:\n    def test_a(self, submission): submission.ifft(submission.fft(1))",
        "def test_a(submission, name): return getattr(submission, name)(1), submission.ifft(1)",
        "@points('1/2')\ndef test_a(submission): submission.ifft(submission.fft(1))",
        "def helper(s): return s.dft(s.fft(1))\ndef test_a(submission): helper(submission)",
        "import pytest\n@pytest.fixture(autouse=True)\ndef always(submission): submission.fft(0)\n"
        "def test_a(submission): submission.ifft(1)",
    ],
)
def test_several_names_for_one_mark(test):
    (complaint,) = complaints(test)
    assert "test_a calls " in complaint
    assert "together(" in complaint


@pytest.mark.parametrize(
    "test",
    [
        "def test_a(submission): submission.fft(submission.fft(1))",
        "def test_a(submission): assert_close(submission.fft(1), fft(ifft(1)))",
        "def test_a(submission): return submission.fft(1), submission.nothing_required(1)",
        "def test_a(submission, name): return getattr(submission, name)(1), getattr(submission, name)(2)",
        "def test_a(submission, name):\n    for x in (1, 2): getattr(submission, name)(x)",
        "import pytest\n@pytest.mark.parametrize('name', [name for name in NAMES])\n"
        "def test_a(submission, name): getattr(submission, name.partition(':')[0])(1)",
        "def test_a(submission, index): return of(submission, index), of(submission, index)",
        "def test_a(submission, index): return of(submission, index), getattr(submission, index.__name__)",
        "def test_a(submission, name): return named(submission, name), named(submission, name)",
        "def test_a(submission): return check(submission, 1), check_deep(submission)",
        "def test_a(submission, transform): return transform(1), submission.fft(2)",
        "@points(0)\ndef test_a(submission): submission.ifft(submission.fft(1))",
        "def test_a(submission): submission.fft(1)\ndef test_b(submission): submission.ifft(1)",
        "def helper(submission): submission.ifft(1)\ndef test_a(submission): submission.fft(1)",
        "def again(submission): again(submission)\ndef test_a(submission): return again(submission), submission.fft(1)",
        "@together('fft', 'ifft', because='back')\ndef test_a(submission): submission.ifft(submission.fft(1))",
        "@together('fft', 'ifft', because='each case runs one through the other')\n"
        "def test_a(submission, name): getattr(submission, name)(submission.fft(1))",
    ],
)
def test_one_name_or_a_reason(test):
    assert complaints(test) == []


@pytest.mark.parametrize(
    ("mark", "complaint"),
    [
        ("together('fft', 'ifft')", "without the reason"),
        ("together('fft', 'ifft', because=' ')", "without the reason"),
        ("together('fft', because='so')", "calls ifft too"),
        ("together('fft', 'ifft', 'dft', because='so')", "dft, which it does not call"),
        ("together('fft', 'ifft', 'fht', because='so')", "fht, which is not required"),
    ],
)
def test_what_together_says_is_true(mark, complaint):
    (found,) = complaints(f"@{mark}\ndef test_a(submission): submission.ifft(submission.fft(1))")
    assert complaint in found


def test_together_is_no_excuse_for_one_name():
    (found,) = complaints("@together('fft', because='so')\ndef test_a(submission): submission.fft(1)")
    assert "fewer than two" in found


def test_a_complaint_tells_file_and_line(tmp_path):
    (tmp_path / "test_a.py").write_text("\n\ndef test_a(submission): submission.ifft(submission.fft(1))")
    (found,) = lint_marks(tmp_path, REQUIRED)
    assert found.startswith("test_a.py:3: test_a calls fft, ifft for one mark")


def test_every_suite_gives_its_reasons():
    assignments = load_all(ROOT / "assignments")
    assert [found for one in assignments for found in lint_marks(one.suite("hidden"), one.required)] == []


def test_no_module_takes_the_name_of_what_suites_import():
    """Once imported, it would stand in the package in the place of the function."""
    modules = {path.stem for path in Path(testing.__file__).parent.glob("*.py")}
    assert modules.isdisjoint(testing.__all__)
