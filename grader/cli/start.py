"""``grader start ASSIGNMENT``: puts the statement, the starter and the public tests into a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from grader.cli.language import language
from grader.core.assignment import assignments_folder, load
from grader.core.errors import BadInput
from grader.harness.intake import ENTRY


@click.command()
@click.argument("assignment")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def start(assignment: str, folder: Path | None) -> None:
    """Copy the statement, the starter and the public tests of ASSIGNMENT into FOLDER (default: its name).

    Nothing that is already there is overwritten.
    """
    chosen = load(assignment, assignments_folder())
    place = folder or Path(chosen.name.partition("/")[2])
    taken = [place / ENTRY, place / "statement.md", place / "public"]
    if any(path.exists() for path in taken):
        raise BadInput(f"{place} already holds this assignment; give another folder.")
    place.mkdir(parents=True, exist_ok=True)
    (place / ENTRY).write_text(chosen.starter(), encoding="utf-8")
    (place / "statement.md").write_text(chosen.statement(language()), encoding="utf-8")
    shutil.copytree(chosen.suite("public"), place / "public", ignore=shutil.ignore_patterns("__pycache__"))
    click.echo(f"Ready in {place}: statement.md, {ENTRY}, public/. Next: grader check {assignment} {place / ENTRY}")
