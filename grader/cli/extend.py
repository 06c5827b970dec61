"""``grader extend``: another deadline for one student or for a study group."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from grader.cli import completion
from grader.cli.installation import Installation, now, on_server
from grader.cli.output import open_console, print_json, print_rows
from grader.core.errors import BadInput

if TYPE_CHECKING:
    from grader.staff.extensions import Whom


class _GivesByDefault(click.Group):
    """``grader extend ASSIGNMENT …`` is ``grader extend give ASSIGNMENT …``; no assignment is named like a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = ["give", *args]
        return super().parse_args(ctx, args)


def _for_whom(command: Any) -> Any:
    command = click.option("--group", metavar="GROUP", help="Everybody in this study group.")(command)
    return click.option("--student", metavar="LOGIN", help="This student.")(command)


@click.group(cls=_GivesByDefault)
def extend() -> None:
    """Give, list and withdraw extensions: grader extend ASSIGNMENT --student LOGIN --until ISO --reason WHY."""


@extend.command()
@click.argument("assignment", shell_complete=completion.assignments)
@_for_whom
@click.option("--until", required=True, metavar="ISO", help="Without an offset in the course's time zone.")
@click.option("--reason", required=True, help="It is kept in the audit log.")
@on_server
def give(found: Installation, assignment: str, student: str | None, group: str | None, until: str, reason: str) -> None:
    """A later deadline of ASSIGNMENT. Of a student's own, the group's and the one for all the latest holds."""
    from grader.staff import entering, extensions

    deadline = entering.time(extensions.UNTIL, until, found.course.zone)
    item = entering.item(found.course, assignment)
    with found.database.writing() as session:
        whom, actor = _whom(session, student, group), found.actor(session)
        changed = extensions.extend(session, whom, item, deadline, reason, actor=actor, now=now())
    said = f"{item.name}: until {_local(found, deadline)} for {student or f'group {group}'}"
    click.echo(said if changed else "Nothing changed.")


@extend.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@on_server
def list_(found: Installation, as_json: bool) -> None:
    """All extensions, newest first."""
    from grader.staff import extensions

    with found.database.reading() as session:
        given = extensions.extensions(session)
    rows = [
        {
            "assignment": one.assignment,
            "student": one.whom.user.login if one.whom.user else None,
            "group": one.whom.group or None,
            "until": _local(found, one.deadline),
            "reason": one.reason,
            "by": one.by.login,
            "at": _local(found, one.created_at),
        }
        for one in given
    ]
    if as_json:
        print_json(rows)
    else:
        print_rows(open_console(), rows[0] if rows else (), [[cell or "-" for cell in row.values()] for row in rows])


@extend.command()
@click.argument("assignment", shell_complete=completion.assignments)
@_for_whom
@click.option("--reason", default="", help="Why it is withdrawn.")
@on_server
def withdraw(found: Installation, assignment: str, student: str | None, group: str | None, reason: str) -> None:
    """Take an extension of ASSIGNMENT away; the deadline that stands below it holds again."""
    from grader.staff import extensions

    with found.database.writing() as session:
        whom, actor = _whom(session, student, group), found.actor(session)
        extensions.withdraw(session, whom, assignment, why=reason, actor=actor, now=now())
    click.echo("Withdrawn.")


def _whom(session: Any, student: str | None, group: str | None) -> Whom:
    from grader.staff import entering
    from grader.staff.extensions import Whom

    if (student is None) == (group is None):
        raise BadInput("Say for whom: --student LOGIN or --group GROUP.")
    return Whom(entering.student_by_login(session, student)) if student is not None else Whom(group=group or "")


def _local(found: Installation, moment: datetime) -> str:
    return moment.astimezone(found.course.zone).isoformat(timespec="minutes")
