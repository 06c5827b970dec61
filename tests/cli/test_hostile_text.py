"""Text of others in the terminal: it stays text, steers nothing, and turns nothing around."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from rich.console import Console

from grader.cli.output import print_report, print_rows
from grader.core.report import ImportFault, Raised, Report, TestResult
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.store import people
from tests.web.payloads import TERMINAL


def steers(printed: str) -> bool:
    return any(c in printed for c in "\x07\b\x0b\x0c\r\x1b\x9b\u202e")


@pytest.fixture
def console():
    return Console(file=io.StringIO(), width=300, force_terminal=True, no_color=True, color_system=None)


@pytest.mark.parametrize("text", TERMINAL)
def test_a_table_shows_what_somebody_is_called_and_does_nothing_else(console, text):
    print_rows(console, ("login", "name"), [("anna", text)])
    assert not steers(console.file.getvalue())
    if text.startswith("[bold]"):
        assert text in console.file.getvalue()


@pytest.mark.parametrize("text", TERMINAL)
def test_a_report_shows_messages_outputs_and_exceptions_and_does_nothing_else(console, text):
    raised = Raised(text, "a.py", 1, text)
    test = TestResult("test_a", Verdict.ERROR, 0, 1, raised=raised, message=text, output=text)
    submission = Submission("a.py", {"a.py": text.encode()})
    print_report(Report("a/b", "public", (test,), "process", 0.1), submission, console)
    fault = ImportFault(Verdict.ERROR, raised, text)
    print_report(Report("a/b", "public", (), "process", 0.1, fault), submission, console)
    assert not steers(console.file.getvalue())


@pytest.mark.parametrize("text", TERMINAL)
def test_a_transcript_names_its_student_and_does_nothing_else(place, text):
    with place.database.writing() as session:
        people.add_user(session, "hostile", text, group=text, password=None, now=datetime.now(UTC))
    done = place("transcript", "hostile", actor=None)
    assert done.code == 0, done.err
    assert not steers(done.out)
    if text.startswith("[bold]"):
        assert text in done.out
