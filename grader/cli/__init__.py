"""The command line: one file a command, imported only when it is asked for.

A command calls a function that returns data and renders it: once for people, once as JSON. Errors end here,
in one place: a `GraderError` prints its sentence and exits with its code (2 wrong use or bad input, 3 the
assignment is at fault, 4 we are); anything else is ours.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from grader import __version__
from grader.cli.language import language
from grader.core.errors import GraderError

COMMANDS = {
    "audit": "grader.cli.audit",
    "bonus": "grader.cli.bonus",
    "catalogue": "grader.cli.catalogue",
    "check": "grader.cli.check",
    "course": "grader.cli.course",
    "defence": "grader.cli.defence",
    "doctor": "grader.cli.doctor",
    "extend": "grader.cli.extend",
    "final": "grader.cli.final",
    "grade": "grader.cli.grade",
    "gradebook": "grader.cli.gradebook",
    "images": "grader.cli.images",
    "late": "grader.cli.late",
    "login": "grader.cli.login",
    "new": "grader.cli.new",
    "override": "grader.cli.override",
    "people": "grader.cli.people",
    "regrade": "grader.cli.regrade",
    "report": "grader.cli.report",
    "start": "grader.cli.start",
    "status": "grader.cli.status",
    "submit": "grader.cli.submit",
    "theory": "grader.cli.theory",
    "transcript": "grader.cli.transcript",
    "up": "grader.cli.up",
    "verify": "grader.cli.verify",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used, so that ``grader --help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="grader")
def cli() -> None:
    """Check, grade and prove solutions for a course on machine learning."""


def main() -> None:
    """The entry point: exit codes are decided here."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        code = 130
    except GraderError as error:
        click.echo(f"Error: {error.told(language())}", err=True)
        code = error.exit_code
    except Exception as error:
        if os.environ.get("GRADER_DEBUG"):
            raise
        click.echo(
            f"Error: the grader failed ({type(error).__name__}: {error}). GRADER_DEBUG=1 shows more.",
            err=True,
        )
        code = 4
    sys.exit(code if isinstance(code, int) else 0)
