"""``grader start ASSIGNMENT``: puts the statement, the starter, the public tests and the data into a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from grader.cli import completion, materials
from grader.cli.language import language, say
from grader.core import data_files
from grader.core.errors import BadInput
from grader.harness.intake import ENTRY


@click.command(
    help=say(
        "Put the statement, the starter, the public tests and the data of ASSIGNMENT into FOLDER (default: its name). "
        "They come from the server where it has a newer edition. Nothing that is already there is overwritten.",
        "Положить условие, заготовку, открытые тесты и данные задания ASSIGNMENT в папку FOLDER (по умолчанию — по "
        "имени задания). Если на сервере есть более новая редакция, она берётся оттуда. Существующие файлы не "
        "перезаписываются.",
    )
)
@click.argument("assignment", shell_complete=completion.assignments)
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def start(assignment: str, folder: Path | None) -> None:
    place = folder or Path(assignment.partition("/")[2] or assignment)
    taken = [place / ENTRY, place / "statement.md", place / "public"]
    if any(path.exists() for path in taken):
        raise BadInput(
            f"{place} already holds this assignment; give another folder.",
            ru=f"В папке {place} это задание уже есть; укажите другую папку.",
        )
    chosen = materials.newest(assignment)
    given = chosen.data_files()
    if given and (place / data_files.FOLDER).exists():
        raise BadInput(
            f"{place} already holds a folder {data_files.FOLDER}; give another folder.",
            ru=f"В папке {place} уже есть папка {data_files.FOLDER}; укажите другую папку.",
        )
    place.mkdir(parents=True, exist_ok=True)
    (place / ENTRY).write_text(chosen.starter(language()), encoding="utf-8")
    (place / "statement.md").write_text(chosen.statement(language()), encoding="utf-8")
    shutil.copytree(chosen.suite("public"), place / "public", ignore=shutil.ignore_patterns("__pycache__"))
    for path, content in given.items():
        copy = place / data_files.FOLDER / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)
    more = f", {data_files.FOLDER}/" if given else ""
    next_step = f"grader check {assignment} {place / ENTRY}"
    click.echo(
        say(
            f"Ready in {place}: statement.md, {ENTRY}, public/{more}. Next: {next_step}",
            f"Готово, папка {place}: statement.md, {ENTRY}, public/{more}. Дальше: {next_step}",
        )
    )
