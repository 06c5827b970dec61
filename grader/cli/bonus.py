"""``grader bonus``: points for something extra."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.columns import COLUMN, asking, chosen, print_notes
from grader.cli.installation import Installation, now, on_server
from grader.cli.language import language
from grader.cli.output import open_console, print_json, print_rows
from grader.core.errors import BadInput
from grader.core.report import number

KINDS = ("notes", "visualiser", "improvement", "other")


@click.group()
def bonus() -> None:
    """Bonus points: give them, import them, list them, take them back."""


@bonus.command()
@click.argument("login")
@click.argument("points")
@click.option("--reason", required=True, help="What for; the student sees it.")
@click.option("--kind", type=click.Choice(KINDS), default="other", show_default=True)
@click.option("--link", default="", metavar="URL", help="Where it can be seen.")
@on_server
def add(found: Installation, login: str, points: str, reason: str, kind: str, link: str) -> None:
    """Give the student LOGIN bonus POINTS, before softening."""
    from grader.staff import bonus as rules
    from grader.staff import entering

    value = entering.points(rules.POINTS, points, None)
    with found.database.writing() as session:
        user, actor = entering.student_by_login(session, login), found.actor(session)
        entry = rules.add_bonus(session, user, value, reason, kind=kind, link=link, actor=actor, now=now())
    click.echo(entry.id)


@bonus.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--apply", "apply_", is_flag=True, help="Give it; without this the file is only looked at.")
@click.option("--reason", default="", help="What for, in lines that say nothing themselves.")
@COLUMN
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@on_server
def import_(
    found: Installation, file: Path, apply_: bool, reason: str, columns: tuple[str, ...], as_json: bool
) -> None:
    """Bonus points from FILE, CSV or XLSX, with the columns login, points, reason, kind, link.

    Shows what would be given. What a student was given before, with the same reason, is not given again. If one line
    is wrong, nothing is given.
    """
    from grader.staff import bonus_file, csv_file

    text, said = csv_file.read_text(file), chosen(columns, bonus_file.COLUMNS)
    with found.database.writing() if apply_ else found.database.reading() as session:
        with asking():
            plan = bonus_file.plan(session, text, said, why=reason, language=language())
        if apply_ and not plan.problems:
            bonus_file.apply(session, plan, actor=found.actor(session), now=now())
    applied = apply_ and not plan.problems
    rows = [
        {
            "login": one.user.login,
            "points": number(one.points),
            "kind": one.kind,
            "reason": one.reason,
            "link": one.link,
        }
        for one in plan.entries
    ]
    if as_json:
        told = {"problems": plan.problems, "notes": [str(note) for note in plan.notes]}
        print_json({"applied": applied, "entries": rows, "given_before": plan.given_before, **told})
    else:
        print_notes(plan.notes)
        print_rows(open_console(), rows[0] if rows else (), [row.values() for row in rows])
        click.echo(f"{len(rows)} {'given' if applied else 'would be given'}, {plan.given_before} were given before.")
    if plan.problems:
        raise BadInput("Nothing was changed.\n  " + "\n  ".join(plan.problems))
    if not apply_ and not as_json:
        click.echo("Nothing was changed yet: --apply does it.")


@bonus.command("list")
@click.option("--student", metavar="LOGIN", help="Only this student's.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@on_server
def list_(found: Installation, student: str | None, as_json: bool) -> None:
    """All bonus entries, newest first, also those that were taken back."""
    from grader.staff import bonus as rules
    from grader.staff import entering

    with found.database.reading() as session:
        user_id = None if student is None else entering.student_by_login(session, student).id
        entries = rules.entries(session, user_id)
    rows = [
        {
            "id": one.entry.id,
            "login": one.user.login,
            "points": number(one.entry.points),
            "kind": one.entry.kind,
            "reason": one.entry.reason,
            "link": one.entry.link,
            "by": one.by.login,
            "at": one.entry.created_at.astimezone(found.course.zone).isoformat(timespec="minutes"),
            "counts": one.entry.revoked_at is None,
        }
        for one in entries
    ]
    if as_json:
        print_json(rows)
        return
    names = ("id", "login", "points", "kind", "reason", "by")
    shown = [[*(row[name] for name in names), "yes" if row["counts"] else "taken back"] for row in rows]
    print_rows(open_console(), (*names, "counts"), shown)


@bonus.command()
@click.argument("entry")
@click.option("--reason", default="", help="Why it is taken back.")
@on_server
def revoke(found: Installation, entry: str, reason: str) -> None:
    """Take back the ENTRY with this id. It stays listed and does not count."""
    from grader.staff import bonus as rules

    with found.database.writing() as session:
        rules.revoke_bonus(session, entry, why=reason, actor=found.actor(session), now=now())
    click.echo("Taken back.")
