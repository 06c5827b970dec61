"""``grader defence``: labs that wait for their defence, and how one went."""

from __future__ import annotations

from fractions import Fraction

import click

from grader.cli.installation import Installation, now, on_server
from grader.cli.output import open_console, print_json, print_rows
from grader.core.report import number
from grader.core.scoring import rounded


@click.group()
def defence() -> None:
    """Labs that wait for their defence, and marking them."""


@defence.command("list")
@click.option("--group", help="Only this study group.")
@click.option("--lab", help="Only this lab.")
@click.option("--marked", is_flag=True, help="Those that were marked, instead of those that wait.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@on_server
def list_(found: Installation, group: str | None, lab: str | None, marked: bool, as_json: bool) -> None:
    """Labs that were handed in and wait for their defence, with the points that they will count."""
    rows = _marked(found, group, lab) if marked else _waiting(found, group, lab)
    if as_json:
        print_json(rows)
    else:
        print_rows(open_console(), rows[0] if rows else (), [row.values() for row in rows])
        click.echo(f"{len(rows)} {'marked' if marked else 'waiting'}")


@defence.command()
@click.argument("login")
@click.argument("lab")
@click.option("--share", default="1", show_default=True, metavar="0..1", help="What the defence leaves of the points.")
@click.option("--note", default="", help="For staff only.")
@click.option("--at", metavar="ISO", help="When it was; now by default. Without an offset in the course's time zone.")
@on_server
def mark(found: Installation, login: str, lab: str, share: str, note: str, at: str | None) -> None:
    """Mark LAB of the student LOGIN as defended, or change how it was marked."""
    from grader.staff import defences, entering

    points = entering.points(defences.SHARE, share, Fraction(1))
    when = None if at is None else entering.time(entering.Name("--at", "--at"), at, found.course.zone)
    with found.database.writing() as session:
        user, item = entering.student_by_login(session, login), entering.lab(found.course, lab)
        actor = found.actor(session)
        changed = defences.mark_defended(session, user, item, share=points, note=note, at=when, actor=actor, now=now())
    click.echo(f"{item.name} of {user.login}: defended, share {share}" if changed else "Nothing changed.")


@defence.command()
@click.argument("login")
@click.argument("lab")
@on_server
def withdraw(found: Installation, login: str, lab: str) -> None:
    """Take the mark away: LAB of the student LOGIN waits for its defence again."""
    from grader.staff import defences, entering

    with found.database.writing() as session:
        user = entering.student_by_login(session, login)
        defences.withdraw(session, user, lab, actor=found.actor(session), now=now())
    click.echo(f"{lab} of {user.login} waits for its defence again.")


def _waiting(found: Installation, group: str | None, lab: str | None) -> list[dict[str, object]]:
    from grader.staff import defences, entering

    if lab is not None:
        entering.lab(found.course, lab)
    return [
        {
            "login": one.user.login,
            "name": one.user.name,
            "group": one.user.group,
            "lab": one.item.name,
            "points": float(rounded(one.mark.points)),
            "max_points": number(one.item.points),
        }
        for one in defences.waiting(found.database, found.course, group=group, lab=lab)
    ]


def _marked(found: Installation, group: str | None, lab: str | None) -> list[dict[str, object]]:
    from grader.staff import defences

    with found.database.reading() as session:
        given = defences.defences(session, group=group, lab=lab)
    return [
        {
            "login": one.user.login,
            "lab": one.mark.assignment,
            "share": number(one.mark.share),
            "at": one.mark.at.astimezone(found.course.zone).isoformat(timespec="minutes"),
            "by": one.by.login,
            "note": one.mark.note,
        }
        for one in given
    ]
