"""``grader transcript``: one student's final score with every step that leads to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from grader.cli.installation import Installation, now, on_server
from grader.cli.language import language
from grader.cli.output import open_console, plain, print_json, print_rows
from grader.core.scoring import rounded
from grader.core.text import clean

if TYPE_CHECKING:
    from grader.reports.transcript import Line, Transcript


@click.command()
@on_server
@click.argument("login")
@click.option("--json", "as_json", is_flag=True, help="Print the transcript as JSON.")
def transcript(found: Installation, login: str, as_json: bool) -> None:
    """Every mark of a student and every step of the formula. The web has a page of it to print."""
    from grader.reports.transcript import to_json
    from grader.staff.entering import student_by_login
    from grader.staff.gradebook import transcript_of

    with found.database.reading() as session:
        made = transcript_of(session, found.course, student_by_login(session, login), now())
    if as_json:
        print_json(to_json(made))
    else:
        _print(made, open_console())


def _print(made: Transcript, console: Console) -> None:
    console.print(Text.assemble((clean(made.name), "bold"), clean(f", {made.login}{made.group and f', {made.group}'}")))
    rows = [(line.title[language()], line.mark.kind, line.plain or "-", _points(line)) for line in made.lines]
    print_rows(console, ("assignment", "kind", "share * points * lateness * defence", "points"), rows)
    for one in made.bonus:
        console.print(plain(f"bonus {rounded(one.points)}: {one.reason}"))
    steps = [
        (step.symbol.replace(r"\sqrt{T P}", "sqrt(T P)"), f"= {step.plain}", f"= {rounded(step.value)}")
        for step in made.steps
    ]
    print_rows(console, ("", "", ""), steps)


def _points(line: Line) -> str:
    mark = line.mark
    if mark.state == "none":
        return f"- of {mark.max_points}"
    notes = {"waiting": " (to defend)"}.get(mark.state, "") + (f" (set: {mark.override})" if mark.override else "")
    return f"{rounded(mark.points)} of {mark.max_points}{notes}"
