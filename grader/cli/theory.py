"""``grader theory``: the points of the test and the exam."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.columns import COLUMN, asking, chosen, print_notes
from grader.cli.installation import Installation, now, on_server
from grader.cli.language import language
from grader.cli.output import open_console, print_json, print_rows
from grader.cli.tickets import tickets
from grader.core.errors import BadInput

if TYPE_CHECKING:
    from grader.staff.theory import Theory


@click.group()
def theory() -> None:
    """Theory points: the test, and the exam that replaces it."""


@theory.command("list")
@click.option("--group", help="Only this study group.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@on_server
def list_(found: Installation, group: str | None, as_json: bool) -> None:
    """Everybody's theory points."""
    from grader.staff import theory as rules
    from grader.store import people

    with found.database.reading() as session:
        users = [user for user in people.students(session) if group in (None, user.group)]
        kept = rules.kept(session, [user.id for user in users])
    rows = [{"login": user.login, "name": user.name, "group": user.group, **kept[user.id].text} for user in users]
    if as_json:
        print_json(rows)
    else:
        print_rows(open_console(), rows[0] if rows else (), [row.values() for row in rows])


@theory.command("set")
@click.argument("login")
@click.option("--test", metavar="0..60", help="Points of the test; - takes them away.")
@click.option("--exam", metavar="MIN,TICKET", help="The exam's term minimum and ticket; - takes it away.")
@on_server
def set_(found: Installation, login: str, test: str | None, exam: str | None) -> None:
    """Enter the theory points of the student LOGIN. What is not named stays as it is."""
    from grader.staff import entering
    from grader.staff import theory as rules

    typed = _typed(test, exam)
    values, wrong = rules.read({name: text for name, text in typed.items() if text != "-"}, found.course.formula)
    for error in wrong.values():
        raise error
    with found.database.writing() as session:
        user = entering.student_by_login(session, login)
        before = rules.kept(session, [user.id])[user.id]
        after = replace(before, **{name: getattr(values, name) for name in typed})
        actor = found.actor(session)
        changed = rules.set_theory(session, user, after, found.course.formula, actor=actor, now=now())
    click.echo(f"{user.login}: {_shown(after)}" if changed else "Nothing changed.")


@theory.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--apply", "apply_", is_flag=True, help="Change it; without this the file is only looked at.")
@COLUMN
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@on_server
def import_(found: Installation, file: Path, apply_: bool, columns: tuple[str, ...], as_json: bool) -> None:
    """Theory points from FILE, CSV or XLSX, with the columns login, test, minimum, ticket.

    Shows what would change. An empty cell changes nothing, - takes points away. If one line is wrong, nothing is
    changed.
    """
    from grader.staff import csv_file, theory_file
    from grader.staff.theory import COLUMNS

    text, formula = csv_file.read_text(file), found.course.formula
    said = chosen(columns, ("login", *COLUMNS))
    with found.database.writing() if apply_ else found.database.reading() as session:
        with asking():
            plan = theory_file.plan(session, text, formula, said, language=language())
        if apply_ and not plan.problems:
            theory_file.apply(session, plan, formula, actor=found.actor(session), now=now())
    applied = apply_ and not plan.problems
    rows = [(c.user.login, c.user.name, _shown(c.before), _shown(c.after)) for c in plan.changes]
    if as_json:
        changes = [{"login": c.user.login, "before": c.before.text, "after": c.after.text} for c in plan.changes]
        print_json(
            {
                "applied": applied,
                "changes": changes,
                "unchanged": plan.unchanged,
                "problems": plan.problems,
                "notes": [str(note) for note in plan.notes],
            }
        )
    else:
        print_notes(plan.notes)
        print_rows(open_console(), ("login", "name", "before", "after"), rows)
        click.echo(f"{len(rows)} {'changed' if applied else 'would change'}, {plan.unchanged} stay as they are.")
    if plan.problems:
        raise BadInput("Nothing was changed.\n  " + "\n  ".join(plan.problems))
    if not apply_ and not as_json:
        click.echo("Nothing was changed yet: --apply does it.")


def _typed(test: str | None, exam: str | None) -> dict[str, str]:
    """The fields that were named, as typed."""
    typed = {} if test is None else {"test": test.strip()}
    if exam is not None:
        parts = ["-", "-"] if exam.strip() == "-" else [part.strip() for part in exam.split(",")]
        if len(parts) != 2 or not all(parts):
            raise BadInput("--exam takes two numbers, the term minimum and the ticket: --exam 40,35")
        typed.update(minimum=parts[0], ticket=parts[1])
    if not typed:
        raise BadInput("Say what to enter: --test or --exam.")
    return typed


def _shown(theory: Theory) -> str:
    test, minimum, ticket = (text or "-" for text in theory.text.values())
    return f"test {test}, exam {minimum} + {ticket}"


theory.add_command(tickets)
