"""``grader extend``: another deadline for one student or for a study group, for one assignment or all of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli import completion
from grader.cli.columns import COLUMN, asking, chosen, print_notes
from grader.cli.installation import Installation, now, on_server
from grader.cli.language import language
from grader.cli.mark_changes import MAY_LOWER, MAY_REOPEN, PREVIEW, refuse, settle, show, tell_reopened, to_json
from grader.cli.output import open_console, print_json, print_rows
from grader.core import moments
from grader.core.errors import BadInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from grader.core.course import CourseItem
    from grader.staff.extension_plan import Wish
    from grader.staff.extensions import Whom
    from grader.staff.mark_changes import MarkChange

_KEEP_USED = click.option(
    "--keep-used", is_flag=True, help="Who of the group has used the deadline that goes keeps it as their own."
)
_NOT_YET = "Nothing was changed yet."


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
@click.option("--until", default="", metavar="ISO", help="Without an offset in the course's time zone.")
@click.option("--days", default="", metavar="N", help="Instead of --until: N days after the deadline for all.")
@click.option("--since", default="", metavar="ISO", help="With all: only deadlines from then on.")
@click.option("--reason", required=True, help="It is kept in the audit log.")
@PREVIEW
@MAY_LOWER
@MAY_REOPEN
@_KEEP_USED
@on_server
def give(
    found: Installation,
    assignment: str,
    student: str | None,
    group: str | None,
    until: str,
    days: str,
    since: str,
    reason: str,
    preview: bool,
    may_lower: bool,
    may_reopen: bool,
    keep_used: bool,
) -> None:
    """A later deadline of ASSIGNMENT, or of all (write `all`) that end earlier.

    Of a student's own deadline, the group's and the one for all the latest holds. Whose marks change is told before
    it is given; where one gets lower, you are asked, and where students could read the reference solution already.
    """
    from grader.staff import extension_plan, extensions, shown_solutions

    by = extension_plan.later(until, days, found.course.zone, since)

    def reopens(session: Session) -> list[CourseItem]:
        wanted = extension_plan.wishes(session, found.course, _whom(session, student, group), assignment, by, reason)
        return shown_solutions.by_wishes(session, wanted, now())

    def change(session: Session) -> tuple[tuple[list[Wish], int], list[MarkChange]]:
        whom, actor = _whom(session, student, group), found.actor(session)
        wanted = extension_plan.wishes(session, found.course, whom, assignment, by, reason)
        count, changes = extensions.changing(
            session,
            found.course,
            [whom],
            lambda: extension_plan.give(session, wanted, actor=actor, now=now()),
            keep_used=keep_used,
            actor=actor,
            now=now(),
        )
        return (wanted, count), changes

    (wanted, count), done = settle(
        found, change, preview=preview, may_lower=may_lower, reopens=reopens, may_reopen=may_reopen
    )
    for one in wanted if count else ():
        until = moments.due(one.until, found.course.zone, "en", now())
        click.echo(f"{one.item.name}: until {until} for {student or f'group {group}'}")
    if not count or not done:
        click.echo(_NOT_YET if count else "Nothing changed.")


@extend.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--apply", "apply_", is_flag=True, help="Change it; without this the file is only looked at.")
@click.option("--reason", default="", help="For lines that have none.")
@MAY_LOWER
@MAY_REOPEN
@COLUMN
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@on_server
def import_(
    found: Installation,
    file: Path,
    apply_: bool,
    reason: str,
    may_lower: bool,
    may_reopen: bool,
    columns: tuple[str, ...],
    as_json: bool,
) -> None:
    """Extensions from FILE, CSV or XLSX, with the columns assignment (a name, or all), login or group, until or days,
    reason.

    Shows what would change, and whose marks. If one line is wrong, nothing is changed.
    """
    from grader.staff import csv_file, extension_plan, shown_solutions

    text, said = csv_file.read_text(file), chosen(columns, extension_plan.COLUMNS)
    with found.database.writing() as session:
        with asking():
            plan = extension_plan.plan(session, text, found.course, why=reason, chosen=said, language=language())
        changes = [] if plan.problems else extension_plan.whose(session, found.course, plan.wishes)
        reopened = shown_solutions.by_wishes(session, plan.wishes, now())
        lowers = any(one.lower for one in changes) and not may_lower
        applied = apply_ and not plan.problems and not lowers and (may_reopen or not reopened)
        if applied:
            extension_plan.give(session, plan.wishes, actor=found.actor(session), now=now())
        rows = [_line(found, one) for one in plan.wishes]
        told = [_wish_json(one) for one in plan.wishes]
    if as_json:
        plan_json = {"changes": told, "unchanged": plan.unchanged, "marks": to_json(changes), "problems": plan.problems}
        plan_json["reopened"] = [item.name for item in reopened]
        print_json({"applied": applied, **plan_json, "notes": [str(note) for note in plan.table.notes]})
    else:
        print_notes(plan.table.notes)
        print_rows(open_console(), ("for", "assignment", "before", "until", "reason"), rows)
        show(found, changes)
        tell_reopened(reopened)
        click.echo(f"{len(rows)} {'changed' if applied else 'would change'}, {plan.unchanged} stay as they are.")
    if plan.problems:
        raise BadInput("Nothing was changed.\n  " + "\n  ".join(plan.problems))
    if apply_:
        refuse(changes, may_lower, reopened, may_reopen)
    elif not as_json:
        click.echo("Nothing was changed yet: --apply does it.")


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
            "until": _local(found, one.deadline) if as_json else _deadline(found, one.deadline),
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
@PREVIEW
@MAY_LOWER
@_KEEP_USED
@on_server
def withdraw(
    found: Installation,
    assignment: str,
    student: str | None,
    group: str | None,
    reason: str,
    preview: bool,
    may_lower: bool,
    keep_used: bool,
) -> None:
    """Take an extension of ASSIGNMENT away; the deadline that stands below it holds again."""
    from grader.staff import extensions

    def change(session: Session) -> tuple[None, list[MarkChange]]:
        whom, actor = _whom(session, student, group), found.actor(session)
        return extensions.changing(
            session,
            found.course,
            [whom],
            lambda: extensions.withdraw(session, whom, assignment, why=reason, actor=actor, now=now()),
            keep_used=keep_used,
            actor=actor,
            now=now(),
        )

    _, done = settle(found, change, preview=preview, may_lower=may_lower)
    click.echo("Withdrawn." if done else _NOT_YET)


def _whom(session: Any, student: str | None, group: str | None) -> Whom:
    from grader.staff import entering
    from grader.staff.extensions import Whom

    if (student is None) == (group is None):
        raise BadInput("Say for whom: --student LOGIN or --group GROUP.")
    return Whom(entering.student_by_login(session, student)) if student is not None else Whom(group=group or "")


def _line(found: Installation, wish: Wish) -> tuple[str, str, str, str, str]:
    whom = wish.whom.user.login if wish.whom.user else f"group {wish.whom.group}"
    before = "-" if wish.before is None else _deadline(found, wish.before)
    return whom, wish.item.name, before, _deadline(found, wish.until), wish.reason


def _wish_json(wish: Wish) -> dict[str, Any]:
    return {
        "student": wish.whom.user.login if wish.whom.user else None,
        "group": wish.whom.group or None,
        "assignment": wish.item.name,
        "before": wish.before.isoformat() if wish.before else None,
        "until": wish.until.isoformat(),
        "reason": wish.reason,
    }


def _deadline(found: Installation, until: datetime) -> str:
    return moments.due(until, found.course.zone, "en", now())


def _local(found: Installation, moment: datetime) -> str:
    return moment.astimezone(found.course.zone).isoformat(timespec="minutes")
