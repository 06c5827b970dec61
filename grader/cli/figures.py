"""``grader figures``: draw the pictures of assignments with the reference, as they stand in the repository."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from grader.cli import completion
from grader.core.assignment import Assignment, assignments_folder, load, load_all
from grader.core.errors import AssignmentFault
from grader.core.figure import figure, picture
from grader.harness import drawing
from grader.harness.slim import slim


@click.command()
@click.argument("assignments", nargs=-1, shell_complete=completion.assignments)
def figures(assignments: tuple[str, ...]) -> None:
    """Draw the pictures of ASSIGNMENTS with the reference, of all without names, into their folders figures/."""
    folder = assignments_folder()
    chosen = [load(name, folder) for name in assignments] or load_all(folder)
    sys.path.insert(0, str(folder.parent))  # where reference/ lies
    for assignment in chosen:
        path = draw(assignment)
        if path is not None:
            drawn = picture(assignment)
            size = f"{len(drawn.content):,} bytes, {drawn.width} x {drawn.height}" if drawn else "no size"
            click.echo(f"{path.relative_to(folder)}: {size}")
        elif assignments:
            raise AssignmentFault(f"{assignment.name} has no figure.py")


def draw(assignment: Assignment) -> Path | None:
    """Draw the picture of one assignment, and where it is; None where it has no figure."""
    found = figure(assignment)
    if found is None:
        return None
    solution = drawing.Solution(**{name: _reference(target) for name, target in assignment.required.items()})
    content = slim(drawing.drawn(solution, found.source, "svg"))
    assignment.picture.parent.mkdir(exist_ok=True)
    assignment.picture.write_bytes(content)
    return assignment.picture


def _reference(target: str) -> object:
    """The object that a line of ``[required]`` names."""
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)
