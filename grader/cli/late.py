"""``grader late``: what a late lab is still worth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from grader.cli.language import decimal, say
from grader.cli.output import open_console, print_json, print_rows
from grader.core.errors import BadInput
from grader.core.lateness import BY_LECTURE, WEEKS, Lateness, Weeks, lab_factor, moment, precision
from grader.core.report import number
from grader.core.scoring import parse, rounded

_COUNTED = {
    "started": ("started weeks", "начатые недели"),
    "full": ("full weeks", "полные недели"),
    "exact": ("weeks, exactly", "недели точно"),
}


@click.command(
    help=say(
        "What a lab worth K keeps: K * (0.6 + 0.4 / (1 + w)), w weeks after its deadline. A deadline lasts to the end "
        "of its minute, or of its second where it has one. A date without a time is its first moment, 00:00.",
        "Что остаётся от лабораторной на K баллов: K * (0.6 + 0.4 / (1 + w)), если сдать её через w недель после "
        "срока. Срок длится до конца своей минуты, а если указаны секунды — до конца секунды. Дата без времени — это "
        "её начало, 00:00.",
    )
)
@click.option(
    "--points",
    required=True,
    metavar="K",
    help=say("What the lab is worth in time.", "Сколько баллов она даёт в срок."),
)
@click.option(
    "--deadline",
    required=True,
    metavar="ISO",
    help=say("A time without an offset is read as UTC.", "Время без смещения считается временем UTC."),
)
@click.option(
    "--submitted",
    required=True,
    metavar="ISO",
    help=say("When it was handed in; read the same way.", "Когда сдана; читается так же."),
)
@click.option(
    "--weeks",
    type=click.Choice(WEEKS),
    default="started",
    show_default=True,
    help=say("How weeks are counted.", "Как считаются недели."),
)
@click.option(
    "--timezone",
    metavar="NAME",
    help=say(
        "Whose calendar the weeks are of, such as Europe/Berlin. Without it two offsets that differ by an hour are "
        "taken for one place where the clocks were changed.",
        "По календарю какой зоны считать недели, например Europe/Berlin. Без неё два смещения, которые различаются на "
        "час, считаются одним местом, где перевели часы.",
    ),
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=say("Print weeks, factor and points as JSON.", "Вывести недели, множитель и баллы в JSON."),
)
def late(points: str, deadline: str, submitted: str, weeks: Weeks, timezone: str | None, as_json: bool) -> None:
    worth = parse("--points", points)
    if worth < 0:
        raise BadInput("--points must be 0 or more.", ru="--points: нужно число не меньше 0.")
    due, handed_in = _time("--deadline", deadline), _time("--submitted", submitted)
    late_by = _weeks_late(due, handed_in, weeks, timezone)
    factor = lab_factor(late_by)
    kept = worth * factor
    if as_json:
        print_json({"weeks": number(late_by), "factor": number(factor), "points": number(kept)})
        return
    by, kept_share, full, left = (decimal(str(rounded(value))) for value in (late_by, factor, worth, kept))
    formula = f"{decimal('0.6 + 0.4')} / (1 + {by})"
    steps = [
        (say("deadline", "срок"), _shown(deadline, due), _lasts(due)),
        (say("handed in", "сдано"), _shown(submitted, handed_in), ""),
        (say("weeks late", "опоздание в неделях"), say(*_COUNTED[weeks]), by),
        (say("factor", "множитель"), formula, kept_share),
        (say("points", "баллы"), f"{full} * ({formula})", left),  # the factor itself is rounded above
    ]
    print_rows(open_console(), ("", "", ""), steps)


def _time(name: str, text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(
            f"{name}: {text[:60]!r} is not a time such as 2027-02-14T23:59:00+03:00.",
            ru=f"{name}: «{text[:60]}» — не время; пишите, например, 2027-02-14T23:59:00+03:00.",
        ) from None
    time = time if time.tzinfo is not None else time.replace(tzinfo=UTC)
    moment(time)
    return time


def _weeks_late(due: datetime, handed_in: datetime, weeks: Weeks, timezone: str | None) -> Fraction:
    if timezone is not None:
        return Lateness(weeks, _zone(timezone)).weeks_late(due, handed_in)
    apart = abs((due.utcoffset() or timedelta(0)) - (handed_in.utcoffset() or timedelta(0)))
    if apart == timedelta(hours=1) and BY_LECTURE.is_late(due, handed_in):
        due, handed_in = due.replace(tzinfo=UTC), handed_in.replace(tzinfo=UTC)
    return Lateness(weeks).weeks_late(due, handed_in)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(
            f"--timezone: there is no zone {name[:60]!r}; write Europe/Moscow, for example.",
            ru=f"--timezone: нет зоны «{name[:60]}»; пишите, например, Europe/Moscow.",
        ) from None


def _shown(text: str, read: datetime) -> str:
    """The time as it was read, and that it was read as UTC where the text did not say."""
    said = datetime.fromisoformat(text.strip()).tzinfo is not None
    fraction = f".{read:%f}".rstrip("0").rstrip(".")
    return f"{moment(read):%Y-%m-%d %H:%M:%S}{fraction} UTC" + (
        "" if said else say(" (no offset given)", " (смещение не указано)")
    )


def _lasts(due: datetime) -> str:
    """Until when a deadline lasts."""
    if precision(due) == timedelta(minutes=1):
        return say("to the end of the minute", "до конца минуты")
    return say("to the end of the second", "до конца секунды") if precision(due) == timedelta(seconds=1) else ""
