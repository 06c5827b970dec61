"""``grader report``: what was found out about one submission, as JSON or as Gradescope's results.json."""

from __future__ import annotations

import click

from grader.cli.installation import Installation, on_server
from grader.cli.language import language
from grader.cli.output import print_json


@click.command()
@on_server
@click.argument("submission")
@click.option("--format", "kind", type=click.Choice(["json", "gradescope"]), default="json", show_default=True)
def report(found: Installation, submission: str, kind: str) -> None:
    """Print the report on SUBMISSION that counts: the whole of it, for staff, or Gradescope's results.json."""
    from grader.core.report import to_json
    from grader.reports.gradescope import to_gradescope
    from grader.staff.gradebook import report_on

    with found.database.reading() as session:
        made = report_on(session, submission)
    print_json(to_json(made) if kind == "json" else to_gradescope(made, language=language()))
