"""``grader final``: the course's formula, with its steps."""

from __future__ import annotations

import click
from rich.console import Console

from grader.cli.output import print_json, print_rows
from grader.core.errors import BadInput
from grader.core.report import number
from grader.core.scoring import Exam, FinalScore, Points, final_score, parse, rounded

_NAMES = {
    "T": "T, theory",
    "P": "P, practice",
    "B'": "B', bonus",
    r"\sqrt{T P}": "sqrt(T * P)",
    "S": "final",
}


@click.command()
@click.option("--test", "test_points", default="0", metavar="0..60", help="Points of the written test.")
@click.option("--exam", default=None, metavar="MIN,TICKET", help="An attempted exam; it replaces the test.")
@click.option("--labs", default="0", metavar="0..70", help="Points for labs.")
@click.option("--tasks", default="0", metavar="0..50", help="Points for tasks.")
@click.option("--bonus", default="0", metavar="B", help="Bonus points before softening.")
@click.option("--json", "as_json", is_flag=True, help="Print T, P, B' and the final score as JSON.")
def final(test_points: str, exam: str | None, labs: str, tasks: str, bonus: str, as_json: bool) -> None:
    """The final score, min(sqrt(T * P) + 30 B / (30 + B), 100). What is left out is 0."""
    score = final_score(
        Points(
            test=parse("--test", test_points),
            exam=_exam(exam),
            labs=parse("--labs", labs),
            tasks=parse("--tasks", tasks),
            bonus=parse("--bonus", bonus),
        )
    )
    if as_json:
        print_json(to_json(score))
    else:
        rows = [(_NAMES[step.symbol], f"= {step.plain}", f"= {rounded(step.value)}") for step in score.steps]
        print_rows(Console(), ("", "", ""), rows)


def to_json(score: FinalScore) -> dict[str, float]:
    """The shape that other tools rely on."""
    return {
        "theory": number(score.theory),
        "practice": number(score.practice),
        "bonus": number(score.bonus),
        "final": number(score.final),
    }


def _exam(text: str | None) -> Exam | None:
    if text is None:
        return None
    parts = text.split(",")
    if len(parts) != 2:
        raise BadInput("--exam takes two numbers, the term minimum and the ticket: --exam 40,35")
    return Exam(parse("--exam (term minimum)", parts[0]), parse("--exam (ticket)", parts[1]))
