"""What the commands print: JSON for programs, a table for people."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.cli.language import language
from grader.core.report import Report, TestResult, number
from grader.core.submission import Submission
from grader.core.verdicts import Verdict

STYLES = {
    Verdict.PASSED: ("green", "passed"),
    Verdict.FAILED: ("red", "wrong result"),
    Verdict.ERROR: ("red", "exception"),
    Verdict.TIMEOUT: ("yellow", "too slow"),
    Verdict.MEMORY: ("yellow", "out of memory"),
    Verdict.OUTPUT: ("yellow", "too much output"),
    Verdict.PROTOCOL: ("red", "broken answer"),
    Verdict.DIED: ("red", "process ended"),
    Verdict.SKIPPED: ("dim", "skipped"),
    Verdict.REFUSED: ("red", "not allowed"),
}

_TO_COME = {
    "en": "Tests that run only after the deadline: {}, worth {:g} points; the points so far are a lower bound.",
    "ru": "Тестов, которые запустятся только после срока сдачи: {}, баллов за них: {:g}; пока это нижняя граница.",
}


def print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_report(report: Report, submission: Submission, console: Console) -> None:
    """The table of tests, the fault of an import once, what failed and where, and the sum."""
    if report.import_fault is not None:
        console.print("[red]The solution could not be imported:[/red]", highlight=False)
        console.print(Text(report.import_fault.traceback or str(report.import_fault.verdict)))
    else:
        console.print(_tests_table(report))
        for test in report.tests:
            if not test.passed:
                _print_failure(test, submission, console)
    console.print(
        f"[bold]{number(report.score):g} of {number(report.max_score):g} points[/bold]"
        f"  ({sum(t.passed for t in report.tests)} of {len(report.tests)} tests passed, {report.seconds:.1f} s)",
        highlight=False,
    )
    if not report.complete:
        console.print(_TO_COME[language()].format(report.to_come.tests, number(report.to_come.points)), highlight=False)


def _tests_table(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading, justify in (("test", "left"), ("verdict", "left"), ("points", "right"), ("time", "right")):
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    for test in report.tests:
        style, word = STYLES[test.verdict]
        worth = f"{number(test.points):g}/{number(test.max_points):g}"
        seconds = f"{test.seconds:.2f} s"
        table.add_row(Text(test.title.get(language()) or test.name), Text(word, style=style), worth, seconds)
    return table


def _print_failure(test: TestResult, submission: Submission, console: Console) -> None:
    lines = [test.message] if test.message else []
    if test.raised is not None:
        place = submission.place(test.raised.file, test.raised.line)
        lines.insert(0, f"{test.raised.type}{f' at {place}' if place else ''}")
    if hint := test.hint.get(language()):
        lines.append(hint)
    if test.output:
        lines.append("printed: " + test.output.strip())
    console.print(Text(f"  {test.title.get(language()) or test.name}", style="bold"))
    for line in lines:
        console.print(Text(f"    {line}"))


def _is_number(cell: object) -> bool:
    """Whether a cell stands to the right: a number, also one in parentheses, or a dash for none."""
    text = str(cell).strip("()")
    return text == "-" or text.replace(".", "", 1).removeprefix("-").isdigit()


def print_rows(console: Console, headings: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """A plain table; numbers stand to the right."""
    listed = [list(row) for row in rows]
    table = Table(box=None, pad_edge=False, header_style="dim")
    for place, heading in enumerate(headings):
        numeric = bool(listed) and all(_is_number(row[place]) for row in listed)
        table.add_column(
            heading, justify="right" if numeric else "left", no_wrap=numeric or place == 0, overflow="fold"
        )
    for row in listed:
        table.add_row(*(cell if isinstance(cell, Text) else Text(str(cell)) for cell in row))
    console.print(table)
