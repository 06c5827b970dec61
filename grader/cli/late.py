"""``grader late``: what a late lab is still worth."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from rich.console import Console

from grader.cli.output import print_json, print_rows
from grader.core.errors import BadInput
from grader.core.lateness import WEEKS, Weeks, lab_factor, moment, weeks_late
from grader.core.report import number
from grader.core.scoring import parse, rounded

_COUNTED = {"started": "started weeks", "full": "full weeks", "exact": "weeks, exactly"}


@click.command()
@click.option("--points", required=True, metavar="K", help="What the lab is worth in time.")
@click.option("--deadline", required=True, metavar="ISO", help="A time without an offset is read as UTC.")
@click.option("--submitted", required=True, metavar="ISO", help="When it was handed in; read the same way.")
@click.option("--weeks", type=click.Choice(WEEKS), default="started", show_default=True, help="How weeks are counted.")
@click.option("--json", "as_json", is_flag=True, help="Print weeks, factor and points as JSON.")
def late(points: str, deadline: str, submitted: str, weeks: Weeks, as_json: bool) -> None:
    """What a lab worth K keeps: K * (0.6 + 0.4 / (1 + w)), w weeks after its deadline.

    A date without a time is its first moment, 00:00.
    """
    worth = parse("--points", points)
    if worth < 0:
        raise BadInput("--points must be 0 or more.")
    due, handed_in = _time("--deadline", deadline), _time("--submitted", submitted)
    late_by = weeks_late(due, handed_in, weeks)
    factor = lab_factor(late_by)
    kept = worth * factor
    if as_json:
        print_json({"weeks": number(late_by), "factor": number(factor), "points": number(kept)})
        return
    steps = [
        ("deadline", "", _shown(deadline, due)),
        ("handed in", "", _shown(submitted, handed_in)),
        ("weeks late", _COUNTED[weeks], str(rounded(late_by))),
        ("factor", f"0.6 + 0.4 / (1 + {rounded(late_by)})", str(rounded(factor))),
        ("points", f"{rounded(worth)} * {rounded(factor)}", str(rounded(kept))),
    ]
    print_rows(Console(), ("", "", ""), steps)


def _time(name: str, text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(f"{name}: {text[:60]!r} is not a time such as 2027-02-14T23:59:00+03:00.") from None
    return moment(time if time.tzinfo is not None else time.replace(tzinfo=UTC))


def _shown(text: str, read: datetime) -> str:
    """The time as it was read, and that it was read as UTC where the text did not say."""
    said = datetime.fromisoformat(text.strip()).tzinfo is not None
    return f"{read:%Y-%m-%d %H:%M:%S} UTC" + ("" if said else " (no offset given)")
