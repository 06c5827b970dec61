"""``grader status``: assignments, deadlines, points, and the final score so far."""

from __future__ import annotations

from datetime import datetime

import click
from rich.console import Console

from grader.cli import server
from grader.cli.language import language
from grader.cli.output import print_json, print_rows


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print assignments and grades as JSON.")
def status(as_json: bool) -> None:
    """Where you stand: every assignment with its deadline and your points, and the final score so far."""
    account = server.account()
    assignments = server.request("GET", f"{account.url}/api/v1/assignments", token=account.token)
    grades = server.request("GET", f"{account.url}/api/v1/grades", token=account.token)
    if as_json:
        print_json({"assignments": assignments, "grades": grades})
        return
    console = Console()
    rows = [(a["name"], a["title"][language()], _when(a["deadline"]), _points(a["mark"])) for a in assignments]
    print_rows(console, ("assignment", "title", "deadline", "points"), rows)
    sums = f"T {grades['theory']:g}   P {grades['practice']:g}   B' {grades['bonus']:.2f}"
    console.print(f"{sums}   [bold]final {grades['final']:.2f}[/bold]", highlight=False)


def _when(deadline: str | None) -> str:
    return "-" if deadline is None else datetime.fromisoformat(deadline).astimezone().strftime("%Y-%m-%d %H:%M %Z")


def _points(mark: dict[str, float | str]) -> str:
    if mark["state"] == "none":
        return f"- of {mark['max_points']:g}"
    waits = "  (counts once it is defended)" if mark["state"] == "waiting" else ""
    return f"{mark['points']:.2f} of {mark['max_points']:g}{waits}"
