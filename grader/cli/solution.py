"""``grader solution ASSIGNMENT``: the reference solution of a closed assignment, which the server gives.

Nothing of a reference is on a student's machine before, so it is always the server that is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import click
from rich.console import Console
from rich.syntax import Syntax

from grader.cli import completion, server
from grader.cli.language import say
from grader.cli.output import open_console, plain, print_json
from grader.core.errors import BadInput, OurFault


@click.command(
    help=say(
        "The reference solution of ASSIGNMENT, once no upload of anybody can change a mark any more, where the course "
        "shows it: the modules that define what is asked for. With --output also what they import.",
        "Эталонное решение задания ASSIGNMENT: модули, в которых определено то, что требуется. Доступно, если курс это "
        "разрешает, когда уже ничья отправка не сможет изменить оценку. С --output сохраняются и импортируемые модули.",
    )
)
@click.argument("assignment", shell_complete=completion.assignments)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help=say(
        "Write all modules below this folder, so that they can be imported from it.",
        "Записать все модули в эту папку, чтобы их можно было импортировать.",
    ),
)
@click.option("--json", "as_json", is_flag=True, help=say("Print as JSON.", "Вывести в JSON."))
def solution(assignment: str, output: Path | None, as_json: bool) -> None:
    found = server.ask(server.account(), "GET", f"/assignments/{quote(assignment)}/solution")
    if output is not None:
        _write(output, {one["path"]: one["source"] for one in found["files"]})
    if as_json:
        print_json(found)
    elif output is not None:
        count = len(found["files"])
        click.echo(say(f"Modules written to {output}: {count}.", f"Модулей записано в папку {output}: {count}."))
    else:
        _print(found, open_console())
    if not as_json:
        _tell(found)


def _print(found: dict[str, Any], console: Console) -> None:
    """The modules that define what is asked for; of the helpers only where they are."""
    for one in found["files"]:
        if one["role"] != "asked":
            continue
        console.print(plain(f"# {one['path']}"), style="bold")
        if console.is_terminal:
            console.print(Syntax(one["source"], "python", theme="ansi_dark", background_color="default"))
        else:
            click.echo(one["source"])
    helpers = [one["path"] for one in found["files"] if one["role"] == "helper"]
    if helpers:
        listed = ", ".join(helpers)
        console.print(plain(say(f"They also use: {listed}", f"Кроме того, используются: {listed}")), style="dim")
        console.print(
            plain(say("--output FOLDER writes all of it.", "С --output ПАПКА сохраняются все модули.")), style="dim"
        )


def _tell(found: dict[str, Any]) -> None:
    """What is left out; and for staff that students cannot read this."""
    if found["withheld"]:
        listed = ", ".join(found["withheld"])
        click.echo(
            say(
                f"Left out, since it belongs to an assignment whose solution is not shown: {listed}",
                f"Пропущено, так как относится к заданию, решение которого не показывается: {listed}",
            ),
            err=True,
        )
    if not found["shown"]:
        click.echo(
            say(
                "You see this as staff: it is not shown to students.",
                "Вы видите это как преподаватель: студентам оно не показывается.",
            ),
            err=True,
        )


def _write(folder: Path, sources: Mapping[str, str]) -> None:
    """Put all files below the folder, or none. Raises BadInput where another file of that name is there."""
    files = {folder / _safe(path): source.encode() for path, source in sources.items()}
    taken = [path for path, content in files.items() if path.exists() and not _is_same(path, content)]
    if taken:
        raise BadInput(
            f"{taken[0]} is there already, and is another file; give another folder.",
            ru=f"{taken[0]} уже существует, и это другой файл; укажите другую папку.",
        )
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise BadInput(
            f"{folder} cannot be written to: {error.strerror}.",
            ru=f"В папку {folder} записать нельзя: {error.strerror}.",
        ) from error


def _is_same(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _safe(path: str) -> PurePosixPath:
    """Raises OurFault for a path that no grader gives."""
    read = PurePosixPath(path)
    if read.is_absolute() or ".." in read.parts or "\\" in path or ":" in path or read.suffix != ".py":
        raise OurFault("The server's files cannot be used.", ru="Файлы с сервера не подходят.")
    return read
