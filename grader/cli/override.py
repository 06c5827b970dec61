"""``grader override``: points that staff set above what was computed."""

from __future__ import annotations

import click

from grader.cli.installation import Installation, now, on_server
from grader.cli.output import open_console, print_json, print_rows
from grader.core.report import number
from grader.core.scoring import rounded


@click.group()
def override() -> None:
    """Points set by staff: set them, clear them, list them."""


@override.command("set")
@click.argument("login")
@click.argument("item")
@click.argument("points")
@click.option("--reason", required=True, help="The student sees it.")
@on_server
def set_(found: Installation, login: str, item: str, points: str, reason: str) -> None:
    """Set the points of the student LOGIN for ITEM to POINTS, from 0 to what the item is worth."""
    from grader.staff import entering, overrides

    about = entering.item(found.course, item)
    value = entering.points(overrides.POINTS, points, about.points)
    with found.database.writing() as session:
        user, actor = entering.student_by_login(session, login), found.actor(session)
        changed = overrides.set_override(session, user, about, value, reason, actor=actor, now=now())
    click.echo(f"{about.name} of {user.login}: {points} points" if changed else "Nothing changed.")


@override.command()
@click.argument("login")
@click.argument("item")
@click.option("--reason", default="", help="Why.")
@on_server
def clear(found: Installation, login: str, item: str, reason: str) -> None:
    """Let the computed points of the student LOGIN for ITEM count again."""
    from grader.staff import entering, overrides

    with found.database.writing() as session:
        user = entering.student_by_login(session, login)
        overrides.clear_override(session, user, item, why=reason, actor=found.actor(session), now=now())
    click.echo(f"{item} of {user.login}: the computed points count.")


@override.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@on_server
def list_(found: Installation, as_json: bool) -> None:
    """All points that staff have set, with what was computed beside them."""
    from grader.staff import overrides
    from grader.store.standings import standings

    with found.database.reading() as session:
        given = overrides.overrides(session)
    counted = standings(found.database, found.course, [one.user for one in given])
    computed = {
        (user_id, mark.assignment): mark.computed for user_id, stands in counted.items() for mark in stands.marks
    }
    rows = [
        {
            "login": one.user.login,
            "item": one.mark.assignment,
            "points": number(one.mark.points),
            "computed": float(rounded(computed.get((one.user.id, one.mark.assignment), 0))),
            "reason": one.mark.reason,
            "by": one.by.login,
            "at": one.mark.at.astimezone(found.course.zone).isoformat(timespec="minutes"),
        }
        for one in given
    ]
    if as_json:
        print_json(rows)
    else:
        print_rows(open_console(), rows[0] if rows else (), [row.values() for row in rows])
