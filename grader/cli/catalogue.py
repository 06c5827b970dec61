"""``grader catalogue``: every row of the lectures, and where the project has it."""

from __future__ import annotations

from dataclasses import asdict

import click
from rich.console import Console

from grader.cli.language import language
from grader.cli.output import print_json, print_rows
from grader.core.assignment import assignments_folder, load_all
from grader.core.catalogue import catalogue as entries
from grader.core.catalogue import titles


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON.")
def catalogue(as_json: bool) -> None:
    """The rows of lectures 1 to 12 with their reference, assignment and number of mutants."""
    folder = assignments_folder()
    found = entries(load_all(folder), folder.parent)
    if as_json:
        print_json([asdict(entry) for entry in found])
        return
    named, code = titles(), language()
    shown = [(e.id, named[e.id][code], e.assignment or "-", e.reference or "-", e.mutants) for e in found]
    print_rows(Console(), ("row", "what", "assignment", "reference", "mutants"), shown)
