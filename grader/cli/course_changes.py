"""``grader course changes``: whose marks would change if another course file held, before it does."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.installation import Installation, now, on_server
from grader.cli.mark_changes import show, to_json
from grader.cli.output import print_json
from grader.core.assignment import assignments_folder, load_all
from grader.core.course_file import read_course


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--keep-used", is_flag=True, help="Who has used a deadline that goes gets it as their own now.")
@click.option("--json", "as_json", is_flag=True, help="Print the marks as JSON.")
@on_server
def changes(found: Installation, file: Path, keep_used: bool, as_json: bool) -> None:
    """Whose marks would change if FILE were the course file, and which deadlines still to come would get earlier.

    FILE is the new one, beside the one that holds. Nothing is changed, save by --keep-used: then whoever handed in by a
    deadline that FILE makes earlier keeps it as an extension.
    """
    from grader.staff import mark_changes, used_extensions
    from grader.staff.mark_changes import Situation
    from grader.store import people
    from grader.store.records import records

    new = read_course(file, {one.name: one for one in load_all(assignments_folder())})
    with found.database.writing() if keep_used else found.database.reading() as session:
        users = people.students(session)
        kept = records(session, users)
        before, after = Situation(found.course, kept), Situation(new, kept)
        used = used_extensions.used(session, users, before, after)
        if keep_used:
            used_extensions.keep(session, used, actor=found.actor(session), now=now())
            after = Situation(new, records(session, users))
        changed = mark_changes.compare(users, before, after, now())
    if as_json:
        told = [{"login": one.user.login, "assignment": one.assignment} for one in used]
        print_json({"marks": to_json(changed), "used": told, "kept": keep_used})
        return
    show(found, changed, used if keep_used else ())
    lower = sum(one.lower for one in changed)
    click.echo(f"{len(changed)} would change, {lower} marks would get lower.")
    if used and not keep_used:
        click.echo(f"{len(used)} deadlines that go were used already: --keep-used leaves them to those who used them.")
