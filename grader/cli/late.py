"""``grader late``: what a late lab is still worth."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from grader.cli.output import print_json
from grader.core.errors import BadInput
from grader.core.lateness import WEEKS, Weeks, lab_factor, weeks_late
from grader.core.report import number
from grader.core.scoring import parse, rounded


@click.command()
@click.option("--points", required=True, help="What the lab is worth in time.")
@click.option("--deadline", required=True, metavar="ISO", help="A time without an offset is read as UTC.")
@click.option("--submitted", required=True, metavar="ISO", help="When it was handed in.")
@click.option("--weeks", type=click.Choice(WEEKS), default="started", show_default=True, help="How weeks are counted.")
@click.option("--json", "as_json", is_flag=True, help="Print weeks, factor and points as JSON.")
def late(points: str, deadline: str, submitted: str, weeks: Weeks, as_json: bool) -> None:
    """What a lab worth POINTS keeps: K * (0.6 + 0.4 / (1 + w)), w weeks after its deadline."""
    worth = parse("--points", points)
    if worth < 0:
        raise BadInput("--points must not be negative.")
    late_by = weeks_late(_moment("--deadline", deadline), _moment("--submitted", submitted), weeks)
    factor = lab_factor(late_by)
    if as_json:
        print_json({"weeks": number(late_by), "factor": number(factor), "points": number(worth * factor)})
    else:
        shown = f"{rounded(worth)} * (0.6 + 0.4 / (1 + {rounded(late_by)})) = {rounded(worth * factor)}"
        click.echo(f"{rounded(late_by)} weeks late: {shown} points")


def _moment(name: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{name}: {text!r} is not a time such as 2027-02-14T23:59:00+03:00.") from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
