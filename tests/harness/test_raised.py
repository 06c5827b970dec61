"""What a student is told of an exception: one of a few types, a line of theirs, a time only where a test passed."""

from __future__ import annotations

import builtins
from fractions import Fraction

import pytest

from grader.core.exceptions import TOLD, nearest
from grader.core.report import ImportFault, Raised, Report, TestResult, student_view
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.harness import statements
from grader.harness.raised import told
from grader.harness.wire import Frame, RemoteException

SOURCE = b'''"""A docstring
of two lines."""

import functools  # line 4


# a comment, line 7
@functools.cache
def f(
    x,
):
    if x:  # line 12

        return [
            1,
            2,
        ]
    try:
        return 1
    except ValueError:  # line 20
        pass


'''
MINE = Submission("mine.py", {"mine.py": SOURCE})


def raised(line: int, name: str = "ValueError", builtin: str = "ValueError", **options: bool) -> Raised:
    frames = (Frame("mine.py", line, "f"), Frame("numpy/linalg.py", 7, "solve"))
    return told(RemoteException(builtin, name, "see 0.827", frames), MINE, **options)


@pytest.mark.parametrize(
    ("builtin", "name", "expected"),
    [
        ("ValueError", "LinAlgError", "ValueError"),
        ("ValueError", "x8271828182", "ValueError"),
        ("UnboundLocalError", "UnboundLocalError", "NameError"),
        ("ModuleNotFoundError", "ModuleNotFoundError", "ImportError"),
        ("ConnectionResetError", "ConnectionResetError", "OSError"),
        ("UnicodeDecodeError", "UnicodeDecodeError", "ValueError"),
        ("DeprecationWarning", "DeprecationWarning", "Exception"),
        ("KeyboardInterrupt", "KeyboardInterrupt", "Exception"),
        ("__import__", "print", "Exception"),
        ("no such", "no such", "Exception"),
    ],
)
def test_the_nearest_of_a_few_types_is_told_and_the_name_stays_with_the_text(builtin, name, expected):
    found = raised(12, name, builtin)
    assert found.type == expected
    assert found.text == ("see 0.827" if name == expected else f"{name}: see 0.827")


def test_what_is_told_is_built_in_and_little():
    assert all(issubclass(getattr(builtins, name), BaseException) for name in TOLD)
    assert {nearest(name) for name in dir(builtins)} == TOLD
    assert len(TOLD) <= 20


@pytest.mark.parametrize(
    ("line", "expected"),
    [(3, 1), (4, 4), (6, 4), (7, 4), (8, 8), (9, 9), (11, 9), (12, 12), (13, 12), (15, 14), (20, 20), (23, 21)],
)
def test_the_line_is_told_on_which_the_statement_begins(line, expected):
    found = raised(line)
    assert (found.file, found.line) == ("mine.py", expected)


@pytest.mark.parametrize("line", [0, -3, 26, 8271828182])
def test_a_line_that_is_not_there_is_not_told(line):
    found = raised(line)
    assert (found.file, found.line) == (None, None)


def test_in_public_tests_the_own_name_and_the_very_line_are_told():
    found = raised(15, "LinAlgError", whole=True)
    assert (found.type, found.line, found.text) == ("LinAlgError", 15, "see 0.827")


@pytest.mark.parametrize(
    "source",
    [
        b"x = 1\n" * (statements.MOST + 1),
        b"x = (" + b"1," * statements.SOURCE_BYTES + b")\n",
        b"(" * 100_000 + b")" * 100_000,
        b"def f(:\n",
    ],
    ids=["too many statements", "too long", "too deep", "not Python"],
)
def test_of_a_file_that_could_say_much_or_cannot_be_read_no_line_is_told(source):
    files = {"mine.py": source}
    frames = (Frame("mine.py", 1, "f"),)
    found = told(RemoteException("ValueError", "ValueError", "", frames), Submission("mine.py", files))
    assert (found.type, found.file, found.line) == ("ValueError", None, None)


def report(*tests: TestResult, fault: ImportFault | None = None) -> Report:
    return Report("a/b", "hidden", tests, "docker", 3.14159, fault)


def test_a_time_is_told_in_tenths_and_only_where_a_test_passed():
    verdicts = (Verdict.PASSED, Verdict.FAILED, Verdict.ERROR, Verdict.TIMEOUT)
    tests = [TestResult(str(v), v, Fraction(0), Fraction(1), seconds=0.7182818) for v in verdicts]
    view = student_view(report(*tests), after_due=True)
    assert [test.seconds for test in view.tests] == [0.7, 0, 0, 0]
    assert view.seconds == 0.7


def test_names_of_results_that_are_stored_are_not_shown_either():
    test = TestResult("t", Verdict.ERROR, Fraction(0), Fraction(1), raised=Raised("x8271828182", "mine.py", 3, "text"))
    view = student_view(report(test), after_due=True)
    assert view.tests[0].raised == Raised("Exception", "mine.py", 3)


def test_a_second_import_that_fails_tells_no_text():
    fault = ImportFault(Verdict.ERROR, Raised("ValueError", "mine.py", 3, "x: 0.8271828182"))
    view = student_view(report(fault=fault), after_due=True)
    assert view.import_fault == ImportFault(Verdict.ERROR, Raised("ValueError", "mine.py", 3))
    whole = ImportFault(Verdict.ERROR, fault.raised, "Traceback ...")
    assert student_view(report(fault=whole), after_due=True).import_fault == whole
