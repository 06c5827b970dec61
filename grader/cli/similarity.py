"""``grader similarity ASSIGNMENT``: which submissions are alike. It informs; it never changes a mark."""

from __future__ import annotations

import click

from grader.cli import completion
from grader.cli.installation import Installation, on_server
from grader.cli.output import open_console, print_json, print_rows


@click.command()
@click.argument("assignment", shell_complete=completion.assignments)
@click.option("--least", type=click.FloatRange(0, 1), default=0.2, show_default=True, help="The smallest score shown.")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="How many pairs at the most.")
@click.option("--json", "as_json", is_flag=True, help="Print the pairs as JSON.")
@on_server
def similarity(found: Installation, assignment: str, least: float, most: int, as_json: bool) -> None:
    """Pairs of submissions of ASSIGNMENT that share unusual code, the most similar first.

    1 means that one is contained in the other. Names, comments and the order of functions do not matter; starter and
    reference do not count. The web shows two beside each other.
    """
    from grader.staff.similarity import alike

    compared, pairs = alike(found.database, found.course, assignment)
    shown = [one for one in pairs if one.pair.score >= least][:most]
    if as_json:
        listed = [
            {
                "first": {"submission": one.first.id, "logins": one.first.logins},
                "second": {"submission": one.second.id, "logins": one.second.logins},
                "score": round(one.pair.score, 4),
                "shared": one.pair.shared,
                "unusual": one.pair.unusual,
            }
            for one in shown
        ]
        print_json({"compared": compared, "pairs": listed})
        return
    rows = [
        (
            f"{one.pair.score:.2f}",
            ", ".join(one.first.logins),
            ", ".join(one.second.logins),
            str(one.pair.shared),
            str(one.pair.unusual),
        )
        for one in shown
    ]
    print_rows(open_console(), ("score", "one", "other", "shared", "of these unusual"), rows)
    click.echo(f"{compared} submissions compared, {len(shown)} of {len(pairs)} pairs shown.")
