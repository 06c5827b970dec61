"""``grader start ASSIGNMENT``: puts the statement, its picture, the starter and the public tests into a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from grader.cli import completion, materials
from grader.cli.language import language, say
from grader.core.assignment import FIGURE
from grader.core.errors import BadInput
from grader.harness.intake import ENTRY

PICTURE = "figure.svg"


@click.command(
    help=say(
        "Put the statement, its picture, the starter and the public tests of ASSIGNMENT into FOLDER (default: its "
        "name). They come from the server where it has a newer edition. Nothing that is already there is overwritten.",
        "Положить условие с рисунком, заготовку и открытые тесты задания ASSIGNMENT в папку FOLDER (по умолчанию — по "
        "имени задания). Если на сервере есть более новая редакция, она берётся оттуда. Существующие файлы не "
        "перезаписываются.",
    )
)
@click.argument("assignment", shell_complete=completion.assignments)
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def start(assignment: str, folder: Path | None) -> None:
    place = folder or Path(assignment.partition("/")[2] or assignment)
    taken = [place / ENTRY, place / "statement.md", place / "public", place / PICTURE]
    if any(path.exists() for path in taken):
        raise BadInput(
            f"{place} already holds this assignment; give another folder.",
            ru=f"В папке {place} это задание уже есть; укажите другую папку.",
        )
    chosen = materials.newest(assignment)
    place.mkdir(parents=True, exist_ok=True)
    (place / ENTRY).write_text(chosen.starter(language()), encoding="utf-8")
    (place / "statement.md").write_text(chosen.statement(language()), encoding="utf-8")
    shutil.copytree(chosen.suite("public"), place / "public", ignore=shutil.ignore_patterns("__pycache__"))
    picture = chosen.picture.exists()
    if picture:
        shutil.copyfile(chosen.picture, place / PICTURE)
    if (chosen.folder / FIGURE).exists():  # in a folder that nobody hands in: it may use what a solution may not
        shutil.copyfile(chosen.folder / FIGURE, place / "public" / FIGURE)
    given = ", ".join(["statement.md", *([PICTURE] if picture else []), ENTRY, "public/"])
    next_step = f"grader check {assignment} {place / ENTRY}"
    click.echo(
        say(
            f"Ready in {place}: {given}. Next: {next_step}",
            f"Готово, папка {place}: {given}. Дальше: {next_step}",
        )
    )
