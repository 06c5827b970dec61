"""``grader final``: the course's formula, with its steps."""

from __future__ import annotations

from fractions import Fraction

import click

from grader.cli.language import decimal, say
from grader.cli.output import open_console, print_json, print_rows
from grader.core.errors import BadInput
from grader.core.report import number
from grader.core.scoring import Exam, FinalScore, Points, final_score, parse, rounded

NAMES = {
    "T": ("T, theory", "T, теория"),
    "P": ("P, practice", "P, практика"),
    "B'": ("B', bonus", "B', бонус"),
    r"\sqrt{T P}": ("sqrt(T * P)", "sqrt(T * P)"),
    "S": ("final", "итог"),
}


@click.command(
    help=say(
        "The final score, min(sqrt(T * P) + 30 B / (30 + B), 100). What is left out is 0.",
        "Итоговый балл, min(sqrt(T * P) + 30 B / (30 + B), 100). Что не указано, равно 0.",
    )
)
@click.option(
    "--test",
    "test_points",
    default="0",
    metavar="0..60",
    help=say("Points of the written test.", "Баллы за письменный тест."),
)
@click.option(
    "--exam",
    default=None,
    metavar="MIN,TICKET",
    help=say("An attempted exam; it replaces the test.", "Экзамен (теорминимум и билет); он заменяет тест."),
)
@click.option("--labs", default="0", metavar="0..70", help=say("Points for labs.", "Баллы за лабораторные."))
@click.option("--tasks", default="0", metavar="0..50", help=say("Points for tasks.", "Баллы за задачи."))
@click.option(
    "--bonus", default="0", metavar="B", help=say("Bonus points before softening.", "Бонусные баллы до сглаживания.")
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=say("Print T, P, B' and the final score as JSON.", "Вывести T, P, B' и итоговый балл в JSON."),
)
def final(test_points: str, exam: str | None, labs: str, tasks: str, bonus: str, as_json: bool) -> None:
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
        rows = [(say(*NAMES[step.symbol]), f"= {step.plain}", f"= {shown(step.value)}") for step in score.steps]
        print_rows(open_console(), ("", "", ""), rows)


def shown(value: Fraction) -> str:
    """A number for people."""
    return decimal(str(rounded(value)))


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
        raise BadInput(
            "--exam takes two numbers, the term minimum and the ticket: --exam 40,35",
            ru="--exam: нужны два числа, теорминимум и билет: --exam 40,35",
        )
    minimum = parse("--exam (term minimum)", parts[0], ru="--exam (теорминимум)")
    return Exam(minimum, parse("--exam (ticket)", parts[1], ru="--exam (билет)"))
