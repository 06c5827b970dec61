"""``grader grade ASSIGNMENT FILE``: the hidden suite on one file, for those who hold the suites."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli import completion, stopping
from grader.cli.output import open_console, print_json, print_notices, print_report
from grader.core.assignment import assignments_folder, load
from grader.core.report import to_json
from grader.harness import sandbox
from grader.harness.grading import Environment, fresh_seed, judges
from grader.harness.intake import accept
from grader.harness.judge import Order


@click.command()
@click.argument("assignment", shell_complete=completion.assignments)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sandbox", "kind", default="docker", show_default=True, help="docker, bubblewrap or process.")
@click.option("--seed", default=None, help="Draw the inputs from this seed, as an earlier report tells it.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def grade(assignment: str, file: Path, kind: str, seed: str | None, as_json: bool) -> None:
    """Grade FILE with the hidden suite of ASSIGNMENT (LECTURE/NAME), in a sandbox."""
    folder = assignments_folder()
    chosen = load(assignment, folder)
    submission = accept(file.name, file.read_bytes(), chosen)
    print_notices(submission, open_console(stderr=as_json))
    source = Environment(sandbox.find(kind), chosen.environment)
    order = Order(chosen.name, submission, "hidden", seed or fresh_seed())
    with stopping.unwinding(), judges(folder, [chosen.name]) as ready:
        report = ready.grade(order, source)
    if as_json:
        print_json(to_json(report))
    else:
        print_report(report, submission, open_console())
    raise click.exceptions.Exit(0 if report.all_passed else 1)
