"""``grader grades``: every mark with what it comes from, and the formula with its steps."""

from __future__ import annotations

from typing import Any

import click
from rich.console import Console

from grader.cli import server
from grader.cli.final import NAMES
from grader.cli.language import decimal, say
from grader.cli.output import open_console, print_json, print_rows


@click.command(
    help=say(
        "Your marks: points, share of the tests, lateness, defence; and the final score with every step.",
        "Ваши баллы: доля тестов, опоздание, защита — и итоговый балл со всеми шагами.",
    )
)
@click.option("--json", "as_json", is_flag=True, help=say("Print as JSON.", "Вывести в JSON."))
def grades(as_json: bool) -> None:
    found = server.ask(server.account(), "GET", "/grades")
    if as_json:
        print_json(found)
    else:
        print_grades(found, open_console())


def print_grades(found: dict[str, Any], console: Console) -> None:
    """The marks that there are, then the steps of the formula."""
    heads = (
        say("assignment", "задание"),
        say("points", "баллы"),
        say("of", "из"),
        say("tests", "тесты"),
        say("weeks late", "недель опоздания"),
        say("factor", "множитель"),
        "",
    )
    marks = [_mark(mark) for mark in found["marks"] if mark["state"] != "none"]
    if marks:
        print_rows(console, heads, marks)
    else:
        console.print(say("No marks yet.", "Баллов пока нет."), style="dim")
    console.print()
    print_rows(console, ("", "", ""), [_step(step) for step in found["steps"]])


def _mark(mark: dict[str, Any]) -> tuple[str, ...]:
    notes = {
        "waiting": say("counts once it is defended", "засчитается после защиты"),
        "counted": "" if mark["override"] is None else say("set by staff", "выставлено преподавателем"),
    }
    return (
        mark["assignment"],
        decimal(f"{mark['points']:.2f}"),
        decimal(f"{mark['max_points']:g}"),
        "-" if mark["submission"] is None else f"{100 * mark['share']:.0f}%",
        decimal(f"{mark['weeks_late']:g}"),
        decimal(f"{mark['factor']:.2f}"),
        notes[mark["state"]],
    )


def _step(step: dict[str, Any]) -> tuple[str, str, str]:
    return say(*NAMES[step["symbol"]]), f"= {step['formula']}", f"= {decimal(format(step['value'], '.2f'))}"
