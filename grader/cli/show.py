"""``grader show [ASSIGNMENT] FILE``: the assignment's picture, drawn with a solution on the student's machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
import platformdirs

from grader.cli import completion, own_file, stopping
from grader.cli.language import language, say
from grader.core.assignment import Assignment
from grader.core.errors import BadInput

KINDS = ("png", "svg", "pdf")


@click.command(
    help=say(
        "Draw the picture of ASSIGNMENT with the solution in FILE, here, with this Python: compare it with that of the "
        "statement. Without ASSIGNMENT it is found as `grader check` finds it. It opens in a window where there is a "
        "screen, else it is written into this folder.",
        "Нарисовать рисунок задания ASSIGNMENT по решению из файла FILE, на этой машине, этим интерпретатором Python: "
        "сравните его с рисунком в условии. Если ASSIGNMENT не указано, оно определяется так же, как в `grader check`. "
        "Рисунок открывается в окне, а если экрана нет, записывается в текущую папку.",
    )
)
@click.argument(
    "arguments",
    nargs=-1,
    required=True,
    metavar="[ASSIGNMENT] FILE",
    shell_complete=completion.assignments_and_files,
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="PICTURE",
    help=say(
        "Write it into this file, whose name ends in .png, .svg or .pdf.",
        "Записать в этот файл; имя должно кончаться на .png, .svg или .pdf.",
    ),
)
def show(arguments: tuple[str, ...], output: Path | None) -> None:
    if len(arguments) > 2:
        raise click.UsageError(say("give a file, or an assignment and a file", "укажите файл или задание и файл"))
    kind = "png" if output is None else _kind(output)
    with stopping.unwinding():
        assignment, content = _drawn(Path(arguments[-1]), arguments[0] if len(arguments) == 2 else None, kind)
    if output is not None:
        _write(output, content)
    elif not (_has_screen() and _open(assignment, content)):
        _write(Path(f"{assignment.name.rpartition('/')[2]}.png"), content)
    _tell_what_to_see(assignment)


def _kind(output: Path) -> str:
    kind = output.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise BadInput(
            f"--output {output}: the name of a picture ends in .png, .svg or .pdf.",
            ru=f"--output {output}: имя рисунка должно кончаться на .png, .svg или .pdf.",
        )
    return kind


def _drawn(path: Path, name: str | None, kind: str) -> tuple[Assignment, bytes]:
    from grader.harness import pictures
    from grader.harness.intake import accept
    from grader.harness.process import ProcessSandboxes

    assignment = own_file.assignment(path, name, "show")
    submission = accept(path.name, path.read_bytes(), assignment)
    own_file.need_libraries(assignment)
    return assignment, pictures.draw(submission, assignment, ProcessSandboxes(), kind)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    click.echo(say(f"The picture is in {path}.", f"Рисунок записан в {path}."))


def _has_screen() -> bool:
    """Whether whoever has called this sees what this machine opens."""
    if sys.platform in ("win32", "darwin"):
        return "SSH_CONNECTION" not in os.environ
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open(assignment: Assignment, content: bytes) -> bool:
    """Open a picture with what this machine shows pictures with; whether there is such a program.

    The file stays until the next picture of this assignment: nobody can tell when the program has read it.
    """
    place = Path(platformdirs.user_cache_dir("grader")) / "pictures" / f"{assignment.name.replace('/', '-')}.png"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    if click.launch(str(place)) != 0:
        return False
    click.echo(
        say(
            "The picture opens in a window. --output PICTURE.png keeps it.",
            "Рисунок открывается в окне. Чтобы сохранить его: --output РИСУНОК.png.",
        )
    )
    return True


def _tell_what_to_see(assignment: Assignment) -> None:
    from grader.core.figure import figure

    found = figure(assignment)
    if found is not None:
        click.echo(f"{say('With a right solution:', 'При верном решении:')} {found.alt[language()]}")
