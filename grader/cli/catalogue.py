"""``grader catalogue``: every row of the lectures, and where the project has it."""

from __future__ import annotations

from dataclasses import asdict

import click
from rich.console import Console

from grader.cli.language import language
from grader.cli.output import open_console, print_json, print_rows
from grader.core.assignment import assignments_folder, load_all
from grader.core.catalogue import Catalogue, Entry, entries, read

WIDE = 120  # columns of the terminal


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON.")
def catalogue(as_json: bool) -> None:
    """The rows of all lectures with their reference, assignment and number of mutants.

    They are those of catalogue.toml beside the assignments, where there is one.
    """
    folder = assignments_folder()
    known, found = read(folder), entries(load_all(folder), folder)
    if as_json:
        print_json([asdict(entry) for entry in found])
        return
    for lecture in known.lectures:
        click.echo(f"\n{lecture.number}. {lecture.title[language()]}")
        _print([entry for entry in found if entry.lecture == lecture.number], known, open_console())


def _print(found: list[Entry], known: Catalogue, console: Console) -> None:
    """One lecture's rows; what each is called only where the terminal has room for it."""
    named, wide = known.titles, console.width >= WIDE
    rows = [
        [
            entry.id,
            *([named[entry.id][language()]] if wide else []),
            (entry.assignment or "-").rpartition("/")[2],
            (entry.reference or "-").removeprefix(f"{known.references}/").partition("/")[2] or "-",
            entry.mutants,
        ]
        for entry in found
    ]
    print_rows(console, ("row", *(["what"] if wide else []), "assignment", "reference", "mutants"), rows)
