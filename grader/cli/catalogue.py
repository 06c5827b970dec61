"""``grader catalogue``: every row of the lectures, and where the project has it."""

from __future__ import annotations

from dataclasses import asdict

import click
from rich.console import Console

from grader.cli.language import language
from grader.cli.output import open_console, print_json, print_rows
from grader.core.assignment import assignments_folder, load_all
from grader.core.catalogue import Entry, lectures, titles
from grader.core.catalogue import catalogue as entries

WIDE = 120  # columns of the terminal


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON.")
def catalogue(as_json: bool) -> None:
    """The rows of lectures 1 to 12 with their reference, assignment and number of mutants."""
    folder = assignments_folder()
    found = entries(load_all(folder), folder.parent)
    if as_json:
        print_json([asdict(entry) for entry in found])
        return
    for lecture in lectures():
        click.echo(f"\n{lecture.number}. {lecture.title[language()]}")
        _print([entry for entry in found if entry.lecture == lecture.number], open_console())


def _print(found: list[Entry], console: Console) -> None:
    """One lecture's rows; what each is called only where the terminal has room for it."""
    named, wide = titles(), console.width >= WIDE
    rows = [
        [
            entry.id,
            *([named[entry.id][language()]] if wide else []),
            (entry.assignment or "-").rpartition("/")[2],
            (entry.reference or "-").removeprefix("reference/").partition("/")[2] or "-",
            entry.mutants,
        ]
        for entry in found
    ]
    print_rows(console, ("row", *(["what"] if wide else []), "assignment", "reference", "mutants"), rows)
