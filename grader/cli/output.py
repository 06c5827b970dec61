"""What the commands print: JSON for programs, a table for people."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.cli.language import decimal, language, say
from grader.core.report import Raised, Report, TestResult, number
from grader.core.submission import Submission
from grader.core.text import clean
from grader.core.verdicts import Verdict
from grader.harness.notebooks import TAG

STYLES = {
    Verdict.PASSED: ("green", "passed", "пройден"),
    Verdict.FAILED: ("red", "wrong result", "неверный результат"),
    Verdict.ERROR: ("red", "exception", "исключение"),
    Verdict.TIMEOUT: ("yellow", "too slow", "слишком долго"),
    Verdict.MEMORY: ("yellow", "out of memory", "не хватило памяти"),
    Verdict.OUTPUT: ("yellow", "too much output", "слишком много вывода"),
    Verdict.PROTOCOL: ("red", "broken answer", "испорченный ответ"),
    Verdict.DIED: ("red", "process ended", "процесс завершился"),
    Verdict.SKIPPED: ("dim", "skipped", "пропущен"),
    Verdict.REFUSED: ("red", "not allowed", "запрещено"),
}

_LONGEST = 20_000  # characters of one cell or message
_UNBROKEN = 10_000  # columns
_TO_COME = {
    "en": "Tests that run only after the deadline: {}, worth {:g} points; the points so far are a lower bound.",
    "ru": "Тестов, которые запустятся только после срока сдачи: {}, баллов за них: {:g}; пока это нижняя граница.",
}


def open_console(*, stderr: bool = False) -> Console:
    """Where a command prints for people; what goes to a file or another program is not broken into a screen's lines."""
    console = Console(stderr=stderr)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _UNBROKEN
    return console


def print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_notices(submission: Submission, console: Console) -> None:
    """What whoever hands a file in should know of it, before anything runs."""
    for notice in submission.notices:
        console.print(plain(notice[language()]), style="yellow")


def print_report(report: Report, submission: Submission, console: Console) -> None:
    """The table of tests, the fault of an import once, what failed and where, and the sum."""
    if report.import_fault is not None:
        text = say("The solution could not be imported:", "Решение не удалось импортировать:")
        console.print(text, style="red", highlight=False)
        console.print(plain(report.import_fault.traceback or str(report.import_fault.verdict)))
    else:
        if report.cell_fault is not None:
            console.print(plain(_cell_fault(report.cell_fault, submission)), style="yellow")
        console.print(_tests_table(report))
        for refusal in report.refusals:
            console.print(plain(refusal[language()]), style="red")
        for test in report.tests:
            if not test.passed:
                _print_failure(test, submission, console)
    score, most = decimal(f"{number(report.score):g}"), decimal(f"{number(report.max_score):g}")
    passed, count, seconds = sum(t.passed for t in report.tests), len(report.tests), decimal(f"{report.seconds:.1f}")
    points = say(f"{score} of {most} points", f"баллы: {score} из {most}")
    rest = say(f"{passed} of {count} tests passed, {seconds} s", f"пройдено тестов: {passed} из {count}, {seconds} с")
    console.print(f"[bold]{points}[/bold]  ({rest})", highlight=False)
    if report.withheld.tests:
        given, worth = (decimal(f"{number(p):g}") for p in (report.withheld.points, report.withheld.max_points))
        hidden = report.withheld.tests
        console.print(
            say(
                f"Of these, {given} of {worth} are from tests that are not shown now: {hidden}",
                f"Из них {given} из {worth} — за тесты, которые сейчас не показаны: {hidden}",
            ),
            highlight=False,
        )
    if not report.complete:
        console.print(_TO_COME[language()].format(report.to_come.tests, number(report.to_come.points)), highlight=False)


def _cell_fault(raised: Raised, submission: Submission) -> str:
    place = submission.place(raised.file, raised.line, language())
    told = f"{raised.type}: {raised.text}" if raised.text else raised.type
    return say(
        f"{place or submission.entry}: this cell fails ({told}). All that is asked for is defined before it, so the "
        f"notebook is graded all the same. The tag {TAG!r} leaves a cell out of grading.",
        f"{place or submission.entry}: эта ячейка завершается ошибкой ({told}). Всё требуемое определено до неё, "
        f"поэтому ноутбук проверен. Ячейку с тегом {TAG!r} проверка пропускает.",
    )


def _tests_table(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(say("test", "тест"))
    table.add_column(say("verdict", "вердикт"))
    table.add_column(say("points", "баллы"), justify="right")
    table.add_column(say("time", "время"), justify="right")
    for test in report.tests:
        style, *words = STYLES[test.verdict]
        word = Text(say(*words), style=style)
        worth = decimal(f"{number(test.points):g}/{number(test.max_points):g}")
        told = test.passed or test.seconds  # of a hidden test that did not pass no time is told
        seconds = decimal(f"{test.seconds:.2f}") + say(" s", " с") if told else ""
        table.add_row(Text(test.title.get(language()) or test.name), word, worth, seconds)
    return table


def _print_failure(test: TestResult, submission: Submission, console: Console) -> None:
    lines = [test.message] if test.message and test.message != test.hint.get("en") else []
    if test.raised is not None:
        place = submission.place(test.raised.file, test.raised.line, language())
        lines.insert(0, test.raised.type + (say(f" at {place}", f", {place}") if place else ""))
    if hint := test.hint.get(language()):
        lines.append(hint)
    if test.output:
        lines.append(say("printed: ", "напечатано: ") + test.output.strip())
    console.print(Text(f"  {test.title.get(language()) or test.name}", style="bold"))
    for line in lines:
        console.print(plain(f"    {line}"))


def _is_number(cell: object) -> bool:
    """Whether a cell stands to the right: a number, also one in parentheses, or a dash for none."""
    text = str(cell).strip("()")
    return text == "-" or text.replace(",", ".").replace(".", "", 1).removeprefix("-").isdigit()


def plain(text: object) -> Text:
    """Text of somebody's, which must not steer the terminal: no markup, no escape sequences."""
    return Text(clean(str(text), limit=_LONGEST))


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
        table.add_row(*(cell if isinstance(cell, Text) else plain(cell) for cell in row))
    console.print(table)
