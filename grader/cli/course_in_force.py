"""``grader course apply``, ``show`` and ``history``: the course in force, in the database of an installation."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli.course_differences import Row, differences
from grader.cli.course_differences import to_json as changes_json
from grader.cli.installation import FOLDER, Installation, existing_parts, now, open_database
from grader.cli.mark_changes import MAY_LOWER, MAY_REOPEN, PREVIEW, confirm, tell_reopened
from grader.cli.mark_changes import show as show_marks
from grader.cli.mark_changes import to_json as marks_json
from grader.cli.output import open_console, print_json, print_rows
from grader.core.assignment import assignments_folder, by_name
from grader.core.course_file import course_text, parse_course
from grader.core.errors import BadInput, NoCourse

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from grader.core.assignment import Assignment
    from grader.core.course import Course
    from grader.staff.used_extensions import Moves
    from grader.store.models import CourseVersion

SHOWN = 50  # marks that change, in a terminal
_DATA = click.option("--data", envvar="GRADER_DATA", type=FOLDER, help="The folder of `grader up`.")


@click.command()
@click.argument("file", envvar="GRADER_COURSE", default="course.toml", type=click.Path(path_type=Path, allow_dash=True))
@_DATA
@click.option("--as", "acting", envvar="GRADER_AS", metavar="LOGIN", help="The instructor who applies it.")
@PREVIEW
@MAY_LOWER
@MAY_REOPEN
@click.option("--keep-used", is_flag=True, help="Who has used a deadline that gets earlier keeps it as their own.")
@click.option("--json", "as_json", is_flag=True, help="Print what changes as JSON.")
def apply(
    file: Path,
    data: Path | None,
    acting: str | None,
    preview: bool,
    may_lower: bool,
    may_reopen: bool,
    keep_used: bool,
    as_json: bool,
) -> None:
    """Put FILE in force (default: GRADER_COURSE, else course.toml; - reads standard input), without a restart.

    What it changes, and whose marks, is told before. You are asked where a mark gets lower, and where uploads count
    again though students could read the reference solution already.
    """
    from grader.staff import courses as staff
    from grader.staff import shown_solutions
    from grader.store import courses

    text = sys.stdin.read() if str(file) == "-" else course_text(file)
    assignments = by_name(assignments_folder())
    after = parse_course(text, assignments, name="course.toml" if str(file) == "-" else file.name)
    with closing(open_database(existing_parts(data))) as database:
        with database.reading() as session:
            version = courses.newest(session)
            actor = staff.instructor(session, acting)
            before = _before(version, after, assignments)
            rows, moves = differences(before, after), staff.whose(session, before, after, keep_used=keep_used)
            reopened = shown_solutions.by_course(session, before, after, now())
        if not as_json and version is not None:
            _tell(Installation(database, after, None, acting), rows, moves, keep_used=keep_used)
            tell_reopened(reopened)
        if not preview:
            confirm(moves.changes, may_lower, reopened, may_reopen)
            number, kept = version.number if version is not None else 0, moves.used if keep_used else ()
            with database.writing() as session:
                done = staff.apply(session, text, after, instead_of=number, kept=kept, actor=actor, now=now()).number
    if as_json:
        used = [{"login": one.user.login, "assignment": one.assignment} for one in moves.used]
        told: dict[str, Any] = {"changes": changes_json(rows), "marks": marks_json(moves.changes), "used": used}
        told["reopened"] = [item.name for item in reopened]
        print_json({**told, "kept": keep_used, "version": None if preview else done})
    elif not preview:
        click.echo(f"Version {done} of the course is in force.")


@click.command()
@click.option("--number", type=int, help="An earlier version: see grader course history.")
@_DATA
def show(number: int | None, data: Path | None) -> None:
    """Print the text of the course in force, to edit and to apply again; also where it does not fit any more."""
    from grader.store import courses

    with _reading(data) as session:
        version = courses.newest(session) if number is None else courses.find(session, number)
    if version is None:
        raise NoCourse
    click.echo(version.text, nl=not version.text.endswith("\n"))


@click.command()
@_DATA
@click.option("--json", "as_json", is_flag=True, help="Print the versions as JSON.")
def history(data: Path | None, as_json: bool) -> None:
    """List the versions of the course, the newest first: when each was applied, and by whom."""
    from sqlalchemy import select

    from grader.store import courses
    from grader.store.models import User

    with _reading(data) as session:
        logins = {user.id: user.login for user in session.scalars(select(User).where(User.role != "student"))}
        rows = [(one.number, one.applied_at, logins.get(one.applied_by, "-")) for one in courses.versions(session)]
    if as_json:
        print_json([{"number": n, "applied_at": at.isoformat(), "by": by} for n, at, by in rows])
        return
    print_rows(open_console(), ("number", "applied", "by"), [(n, f"{at:%Y-%m-%d %H:%M} UTC", by) for n, at, by in rows])


@contextmanager
def _reading(data: Path | None) -> Iterator[Session]:
    """The database of an installation, whatever its course is."""
    with closing(open_database(existing_parts(data))) as database, database.reading() as session:
        yield session


def _before(version: CourseVersion | None, after: Course, assignments: Mapping[str, Assignment]) -> Course:
    """The course to compare with. One that does not fit the assignments any more cannot be; that is told."""
    if version is None:
        return after
    try:
        return parse_course(version.text, assignments)
    except BadInput as error:
        click.echo(f"The course in force does not fit the assignments: no marks are compared. {error}", err=True)
        return after


def _tell(found: Installation, rows: list[Row], moves: Moves, *, keep_used: bool) -> None:
    """``found`` has the course that is to come."""
    console, changes = open_console(), moves.changes
    if rows:
        print_rows(console, ("of", "what", "before", "after"), rows)
        console.print()
    show_marks(found, changes[:SHOWN], moves.used[:SHOWN] if keep_used else ())
    students, lower = len({one.user.id for one in changes}), sum(one.lower for one in changes)
    left_out = f" The first {SHOWN} of {len(changes)} marks are shown; --json has all." if len(changes) > SHOWN else ""
    console.print(
        f"Changes of the course: {len(rows)}. Students whose marks change: {students}. Marks that get lower: {lower}."
        f"{left_out}",
        highlight=False,
    )
    if moves.used and not keep_used:
        console.print(
            f"Deadlines that get earlier and were used already: {len(moves.used)}; --keep-used leaves them to those "
            "who used them.",
            highlight=False,
        )
