"""``grader new LECTURE/NAME``: makes a new assignment to begin from."""

from __future__ import annotations

import click

from grader.core.assignment import ENVIRONMENTS, assignments_folder, is_whole
from grader.core.errors import BadInput
from grader.harness.skeleton import Plan, write


@click.command()
@click.argument("name", metavar="LECTURE/NAME")
@click.option(
    "--row", "rows", multiple=True, required=True, help="A row of the catalogue that it covers; may be repeated."
)
@click.option("--lab", is_flag=True, help="A lab, which is defended in person; otherwise a task.")
@click.option("--environment", type=click.Choice(sorted(ENVIRONMENTS)), default="numpy", show_default=True)
def new(name: str, rows: tuple[str, ...], lab: bool, environment: str) -> None:
    """Make the files of a new assignment: a small example, complete and proved, to be replaced piece by piece."""
    folder = assignments_folder()
    if not is_whole():
        raise BadInput("New assignments are made in a checkout: the student's installation has no references.")
    plan = Plan(name, rows, kind="lab" if lab else "task", environment=environment)
    for path in write(plan, folder.parent, folder.name):
        click.echo(path)
    click.echo(f"\nIt is proved as it stands: grader verify {name}. Now replace the example, the reference first.")
