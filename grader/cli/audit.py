"""``grader audit``: what was changed by whom, and whether the log is whole."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from grader.cli.installation import Installation, on_server
from grader.cli.output import open_console, print_json, print_rows

if TYPE_CHECKING:
    from grader.staff.audit_log import Line


@click.group()
def audit() -> None:
    """The audit log: every change of what counts."""


@audit.command()
@click.option("--subject", default="", metavar="WHAT", help="A student's login, an assignment, a group.")
@click.option("--action", default="", metavar="NAME", help="Such as defence.marked; defence is all of its kind.")
@click.option("--actor", default="", metavar="LOGIN", help="Who has changed it.")
@click.option("--since", metavar="ISO", help="Without an offset in the course's time zone.")
@click.option("--page", type=click.IntRange(min=1), default=1, help="Of 100 entries, newest first.")
@click.option("--json", "as_json", is_flag=True, help="Print the entries as JSON.")
@on_server
def show(
    found: Installation, subject: str, action: str, actor: str, since: str | None, page: int, as_json: bool
) -> None:
    """Entries of the log, newest first."""
    from grader.staff import audit_log, entering

    moment = None if since is None else entering.time(entering.Name("--since", "--since"), since, found.course.zone)
    wanted = audit_log.Filter(subject, action, actor, moment)
    with found.database.reading() as session:
        shown = audit_log.page(session, found.course, wanted, number=page)
    if as_json:
        print_json({"total": shown.total, "pages": shown.pages, "entries": [_json(line) for line in shown.lines]})
        return
    zone = found.course.zone
    rows = [
        (
            line.entry.number,
            f"{line.entry.at.astimezone(zone):%Y-%m-%d %H:%M}",
            line.actor,
            line.entry.action,
            line.subject,
            "; ".join(_change(zone, *change) for change in line.changes),
            line.entry.reason,
        )
        for line in shown.lines
    ]
    print_rows(open_console(), ("", "when", "who", "what", "about", "before -> after", "reason"), rows)
    click.echo(f"{shown.total} entries, page {shown.number} of {shown.pages}")


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@on_server
def verify(found: Installation, as_json: bool) -> None:
    """Check the chain: exit code 3 when an entry was changed, taken out or put in.

    Whoever can write the database can also cut the log's end off, or write all of it anew: keep the number and the
    hash that this prints in another place, and compare.
    """
    from grader.store import audit as log

    with found.database.reading() as session:
        broken, last = log.first_break(session), log.last(session)
    entries, sha256 = (last.number, last.hash) if last is not None else (0, "")
    if as_json:
        print_json({"entries": entries, "last_hash": sha256, "first_break": broken})
    elif broken is None:
        click.echo(f"{entries} entries, each fits to the one before it. The last hash is {sha256 or '-'}")
    else:
        click.echo(f"The chain breaks at entry {broken}: it was changed, or something before it is missing.")
    raise click.exceptions.Exit(0 if broken is None else 3)


def _change(zone: ZoneInfo, name: str, before: str | None, after: str | None) -> str:
    """A value before and after; one that was not there before is told alone."""
    was, is_ = (None if value is None else _short(zone, value) for value in (before, after))
    return f"{name}: {is_ or '-'}" if was is None else f"{name}: {was} -> {is_ or '-'}"


def _short(zone: ZoneInfo, value: str) -> str:
    """A moment in the course's time zone, a hash or an id by its beginning; JSON has them whole."""
    try:
        return f"{datetime.fromisoformat(value).astimezone(zone):%Y-%m-%d %H:%M}" if len(value) > 20 else value
    except ValueError:
        return value if len(value) <= 30 or "/" in value else f"{value[:8]}…"


def _json(line: Line) -> dict[str, object]:
    entry = line.entry
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "actor": line.actor,
        "actor_id": entry.actor,
        "action": entry.action,
        "subject": line.subject,
        "subject_id": entry.subject,
        "before": entry.before,
        "after": entry.after,
        "reason": entry.reason,
        "hash": entry.hash,
    }
