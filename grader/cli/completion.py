"""What a shell is offered when Tab is pressed: the assignments that are on this machine. No server is asked.

The commands and options click knows itself. ``docs/how-to/students.md`` tells how a shell learns to ask.
"""

from __future__ import annotations

from contextlib import suppress

import click
from click.shell_completion import CompletionItem

from grader.cli import materials
from grader.cli.language import language
from grader.core.errors import GraderError


def assignments(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Those whose name, or its last part, begins so."""
    fitting = [name for name in materials.all_known() if incomplete in ("", name[: len(incomplete)])]
    fitting = fitting or [name for name in materials.all_known() if name.partition("/")[2].startswith(incomplete)]
    return [CompletionItem(name, help=_title(name)) for name in fitting]


def assignments_and_files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The same, and files; files alone once an assignment stands there."""
    given = ctx.params.get(param.name or "") or ()
    known = [] if given else assignments(ctx, param, incomplete)
    return known or [CompletionItem(incomplete, type="file")]


def points(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """An assignment, to be followed by its points: NAME=POINTS."""
    return [CompletionItem(f"{item.value}=", help=item.help) for item in assignments(ctx, param, incomplete)]


def _title(name: str) -> str | None:
    with suppress(GraderError, OSError):
        return materials.known(name).title[language()]
    return None
