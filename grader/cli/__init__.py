"""The command line: one file a command, imported only when it is asked for.

A command calls a function that returns data and renders it: once for people, once as JSON. Errors end here,
in one place: a `GraderError` prints its sentence and exits with its code (2 wrong use or bad input, 3 the
assignment is at fault, 4 we are); anything else is ours.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec

import click

from grader import __version__
from grader.cli.language import language, say, translate_click
from grader.core.errors import BadInput, GraderError

COMMANDS = {
    "audit": "grader.cli.audit",
    "backup": "grader.cli.backup",
    "bonus": "grader.cli.bonus",
    "broken": "grader.cli.broken",
    "catalogue": "grader.cli.catalogue",
    "check": "grader.cli.check",
    "codeforces": "grader.cli.codeforces",
    "course": "grader.cli.course",
    "defence": "grader.cli.defence",
    "doctor": "grader.cli.doctor",
    "extend": "grader.cli.extend",
    "final": "grader.cli.final",
    "grade": "grader.cli.grade",
    "gradebook": "grader.cli.gradebook",
    "grades": "grader.cli.grades",
    "images": "grader.cli.images",
    "late": "grader.cli.late",
    "list": "grader.cli.listing:listing",
    "login": "grader.cli.login",
    "logout": "grader.cli.logout",
    "migrate": "grader.cli.migrate",
    "new": "grader.cli.new",
    "override": "grader.cli.override",
    "people": "grader.cli.people",
    "receipt": "grader.cli.receipt",
    "regrade": "grader.cli.regrade",
    "report": "grader.cli.report",
    "restore": "grader.cli.restore",
    "similarity": "grader.cli.similarity",
    "start": "grader.cli.start",
    "statistics": "grader.cli.statistics",
    "status": "grader.cli.status",
    "submit": "grader.cli.submit",
    "theory": "grader.cli.theory",
    "transcript": "grader.cli.transcript",
    "up": "grader.cli.up",
    "verify": "grader.cli.verify",
    "what-if": "grader.cli.what_if:what_if",
}


# What a student's installation has; the others need what is only on the server.
STUDENTS = (
    "check",
    "final",
    "grades",
    "late",
    "list",
    "login",
    "logout",
    "receipt",
    "start",
    "status",
    "submit",
    "what-if",
)


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used, so that ``grader --help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS if _on_server() else STUDENTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in STUDENTS and not _on_server():
            raise BadInput(
                f"grader {cmd_name} needs the server's installation.",
                ru=f"Для команды grader {cmd_name} нужна серверная установка.",
            )
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), attribute or cmd_name)
        assert isinstance(command, click.Command)
        return command


def _on_server() -> bool:
    """Whether more is installed here than a student's wheel."""
    return find_spec("grader.store") is not None


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=say(
        "Check, grade and prove solutions for a course on machine learning.",
        "Проверка и сдача решений курса по машинному обучению.",
    ),
)
@click.version_option(
    __version__, prog_name="grader", help=say("Show the version and exit.", "Показать версию и выйти.")
)
def cli() -> None:
    pass


def main() -> None:
    """The entry point: exit codes are decided here."""
    translate_click()
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo(say("Stopped.", "Остановлено."), err=True)
        code = 130
    except GraderError as error:
        click.echo(f"{say('Error', 'Ошибка')}: {error.told(language())}", err=True)
        code = error.exit_code
    except Exception as error:
        if os.environ.get("GRADER_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        text = say(f"Error: the grader failed ({what}).", f"Ошибка: сбой в грейдере ({what}).")
        click.echo(f"{text} {say('GRADER_DEBUG=1 shows more.', 'GRADER_DEBUG=1 покажет подробности.')}", err=True)
        code = 4
    sys.exit(code if isinstance(code, int) else 0)
