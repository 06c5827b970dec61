"""``grader start ASSIGNMENT``: puts statement, picture, starter, public tests and data into a folder."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import click

from grader.cli import completion, materials
from grader.cli.language import language, say
from grader.core import data_files
from grader.core.assignment import FIGURE, Assignment
from grader.core.errors import BadInput, GraderError
from grader.harness.intake import ENTRY

PICTURE = "figure.svg"


@click.command(
    help=say(
        "Put the statement, its picture, the starter, the public tests and the data of ASSIGNMENT into FOLDER "
        "(default: its name). They come from the server where it has a newer edition. Nothing that is already there is "
        "overwritten.",
        "Положить условие с рисунком, заготовку, открытые тесты и данные задания ASSIGNMENT в папку FOLDER (по "
        "умолчанию — по имени задания). Если на сервере есть более новая редакция, она берётся оттуда. Существующие "
        "файлы не перезаписываются.",
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
    given = chosen.data_files()
    if given and (place / data_files.FOLDER).exists():
        raise BadInput(
            f"{place} already holds a folder {data_files.FOLDER}; give another folder.",
            ru=f"В папке {place} уже есть папка {data_files.FOLDER}; укажите другую папку.",
        )
    listed = ", ".join(_fill(place, chosen, given))
    next_step = f"grader check {assignment} {place / ENTRY}"
    click.echo(
        say(
            f"Ready in {place}: {listed}. Next: {next_step}",
            f"Готово, папка {place}: {listed}. Дальше: {next_step}",
        )
    )


def _fill(place: Path, chosen: Assignment, data: Mapping[str, bytes]) -> list[str]:
    """Put everything where it belongs; what has been put there, for people."""
    place.mkdir(parents=True, exist_ok=True)
    (place / ENTRY).write_text(chosen.starter(language()), encoding="utf-8")
    (place / "statement.md").write_text(_preface(chosen) + chosen.statement(language()), encoding="utf-8")
    shutil.copytree(chosen.suite("public"), place / "public", ignore=shutil.ignore_patterns("__pycache__"))
    picture = chosen.picture.exists()
    if picture:
        shutil.copyfile(chosen.picture, place / PICTURE)
    if (chosen.folder / FIGURE).exists():  # in a folder that nobody hands in: it may use what a solution may not
        shutil.copyfile(chosen.folder / FIGURE, place / "public" / FIGURE)
    for path, content in data.items():
        copy = place / data_files.FOLDER / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)
    parts = ["statement.md", *([PICTURE] if picture else []), ENTRY, "public/"]
    return [*parts, *([f"{data_files.FOLDER}/"] if data else [])]


def _preface(chosen: Assignment) -> str:
    """How much work it is and what to do first, as a paragraph of Markdown; nothing where neither is known."""
    told = []
    if chosen.hours:
        told.append(say(f"About {chosen.hours} h of work.", f"Трудоёмкость — около {chosen.hours} ч."))
    if chosen.needs:
        first = "; ".join(map(_named, chosen.needs))
        told.append(say(f"Do first: {first}.", f"Сначала сделайте: {first}."))
    return " ".join(told) + "\n\n" if told else ""


def _named(assignment: str) -> str:
    """An assignment by its title and name; by its name alone where this machine does not have it."""
    try:
        return f"{materials.known(assignment).title[language()]} (`{assignment}`)"
    except GraderError:
        return f"`{assignment}`"
