"""``grader gradebook``: everybody's marks in the terminal, or as a file for others."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.installation import Installation, on_server
from grader.cli.language import say
from grader.cli.output import open_console, print_json
from grader.core.errors import BadInput

# What the importers of these systems do with an empty cell of a column that they have.
_TAKEN_AWAY = {
    "canvas": (
        "{} cells are empty. Canvas takes away the grade that it has there; its page shows this first.",
        "пустых ячеек: {}. Canvas удалит оценки, которые у него там стоят; перед этим он показывает, какие.",
    ),
    "moodle": (
        "{} cells are empty. Moodle takes away the grade that it has there, and does not ask.",
        "пустых ячеек: {}. Moodle удалит оценки, которые у него там стоят, без вопросов.",
    ),
}
_ENDINGS = {".csv": "csv", ".xlsx": "xlsx", ".json": "json"}


@click.group(invoke_without_command=True)
@click.pass_context
def gradebook(context: click.Context) -> None:
    """Everybody's marks: in the terminal, or as a file."""
    if context.invoked_subcommand is None:
        with show.make_context("show", [], parent=context) as below:  # which also reads the environment
            show.invoke(below)


@gradebook.command()
@on_server
@click.option("--json", "as_json", is_flag=True, help="Print the gradebook as JSON.")
def show(found: Installation, as_json: bool = False) -> None:
    """Everybody's marks and final scores; in parentheses what waits for its defence."""
    from grader.cli.gradebook_table import print_gradebook
    from grader.reports.gradebook import to_json
    from grader.staff.gradebook import everybody

    if as_json:
        print_json(to_json(found.course, everybody(found.database, found.course)))
    else:
        print_gradebook(found.database, found.course, open_console())


@gradebook.command()
@on_server
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "kind", type=click.Choice(["canvas", "moodle"]), help="A CSV that Canvas or Moodle imports.")
@click.option("--language", type=click.Choice(["en", "ru"]), default="en", help="Of the explanations in an XLSX.")
def export(found: Installation, file: Path, kind: str | None, language: str) -> None:
    """Write the gradebook to FILE; what it is follows from its ending: .csv, .xlsx or .json."""
    from grader.reports.gradebook import empty_cells
    from grader.staff.gradebook import everybody, written

    ending = _ENDINGS.get(file.suffix.lower())
    if ending is None or (kind is not None and ending != "csv"):
        raise BadInput(f"{file} must end in {'.csv' if kind else '.csv, .xlsx or .json'}.")
    students = everybody(found.database, found.course)
    content = written(found.course, students, kind or ending, language=language)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise BadInput(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {file}.")
    count = empty_cells(found.course, students)
    if kind and count:
        click.echo(f"{say('note', 'примечание')}: {say(*_TAKEN_AWAY[kind]).format(count)}", err=True)
