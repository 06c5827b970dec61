"""The command line: one file a command, imported only when it is asked for.

A command calls a function that returns data and renders it: once for people, once as JSON. Errors end here,
in one place: a `GraderError` prints its sentence and exits with its code (2 wrong use or bad input, 3 the
assignment is at fault, 4 we are); anything else is ours.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import click
from click.shell_completion import CompletionItem

from grader import __version__
from grader.cli import commands, stopping
from grader.cli.language import language, say, translate_click
from grader.core.errors import BadInput, GraderError
from grader.core.similar import did_you_mean

_OURS = ("grader", "worker", "web")


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used, so that ``grader --help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return commands.available()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in commands.COMMANDS:
            return None
        if cmd_name not in commands.available():
            raise BadInput(
                f"grader {cmd_name} needs the server's installation.",
                ru=f"Для команды grader {cmd_name} нужна серверная установка.",
            )
        return commands.load(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but that a wrong name is answered with those that are like it."""
        if args and args[0] not in commands.COMMANDS and args[0][:1].isalnum():
            guess = say(*did_you_mean(args[0], commands.available()))
            ctx.fail(say(f"No such command {args[0]!r}.", f"Нет команды {args[0]!r}.") + guess)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say("Commands", "Команды")):
            formatter.write_dl([(name, commands.COMMANDS[name].summary) for name in commands.available()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        fitting = [name for name in commands.available() if name.startswith(incomplete)]
        named = [CompletionItem(name, help=commands.COMMANDS[name].summary) for name in fitting]
        return named + click.Command.shell_complete(self, ctx, incomplete)


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


def _not_installed(error: ModuleNotFoundError) -> str:
    extra = "[server]" if commands.on_server() else ""
    return say(
        f"Error: the library {error.name} is not installed here. Install the grader anew: pip install 'grader{extra}'",
        f"Ошибка: не установлена библиотека {error.name}. Установите грейдер заново: pip install 'grader{extra}'",
    )


def _failed(error: Exception) -> int:
    """Say what is missing or cannot be used on this machine; of everything else that it is our fault."""
    if os.environ.get("GRADER_DEBUG"):
        raise error
    if isinstance(error, ModuleNotFoundError) and (error.name or "grader").partition(".")[0] not in _OURS:
        click.echo(_not_installed(error), err=True)
        return 2
    if isinstance(error, OSError) and error.filename is not None:  # what somebody named, or where we keep something
        click.echo(f"{say('Error', 'Ошибка')}: {error.filename}: {error.strerror}", err=True)
        return 2
    what = f"{type(error).__name__}: {error}"
    text = say(f"Error: the grader failed ({what}).", f"Ошибка: сбой в грейдере ({what}).")
    with suppress(OSError):  # the terminal may be gone, which may be what went wrong
        click.echo(f"{text} {say('GRADER_DEBUG=1 shows more.', 'GRADER_DEBUG=1 покажет подробности.')}", err=True)
    return 4


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
    except (click.Abort, KeyboardInterrupt) as stop:
        with suppress(OSError):  # the terminal may be gone
            click.echo(say("Stopped.", "Остановлено."), err=True)
        code = stopping.exit_code(stop)
    except GraderError as error:
        click.echo(f"{say('Error', 'Ошибка')}: {error.told(language())}", err=True)
        code = error.exit_code
    except Exception as error:
        code = _failed(error)
    sys.exit(code if isinstance(code, int) else 0)
