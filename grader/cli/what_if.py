"""``grader what-if``: the final score with other points, and what a wanted score needs. Nothing is saved."""

from __future__ import annotations

from typing import Any

import click

from grader.cli import completion, server
from grader.cli.grades import print_grades
from grader.cli.language import decimal, say
from grader.cli.output import open_console, print_json


@click.command(
    "what-if",
    help=say(
        "Your final score if points were as told here, and what a wanted score needs. Nothing is saved.",
        "Какой был бы итоговый балл при указанных здесь баллах и что нужно для желаемого. Ничего не сохраняется.",
    ),
)
@click.option(
    "--item",
    "items",
    multiple=True,
    metavar="NAME=POINTS",
    shell_complete=completion.points,
    help=say("Points of an assignment; can be repeated.", "Баллы за задание; можно указать несколько раз."),
)
@click.option("--test", metavar="POINTS", help=say("Points of the written test.", "Баллы за письменный тест."))
@click.option(
    "--exam",
    metavar="MIN,TICKET",
    help=say("An exam: term minimum and ticket.", "Экзамен: теорминимум и билет."),
)
@click.option("--bonus", metavar="B", help=say("Bonus points before softening.", "Бонусные баллы до сглаживания."))
@click.option("--want", metavar="SCORE", help=say("The final score that you want.", "Желаемый итоговый балл."))
@click.option("--json", "as_json", is_flag=True, help=say("Print as JSON.", "Вывести в JSON."))
def what_if(
    items: tuple[str, ...],
    test: str | None,
    exam: str | None,
    bonus: str | None,
    want: str | None,
    as_json: bool,
) -> None:
    asked = {"item": list(items), "test": test, "exam": exam, "bonus": bonus, "want": want}
    params = {name: value for name, value in asked.items() if value}
    found = server.ask(server.account(), "GET", "/what-if", params=params)
    if as_json:
        print_json(found)
        return
    console = open_console()
    print_grades(found["grades"], console)
    if found["plan"] is not None:
        console.print()
        for line in _plan(found["plan"]):
            console.print(line, highlight=False)


def _plan(plan: dict[str, Any]) -> list[str]:
    wanted, best = _number(plan["wanted"]), _number(plan["best"])
    theory, practice = _need("T", plan["theory"]), _need("P", plan["practice"])
    lines = [
        say(f"For {wanted} with P as above: {theory}", f"Для {wanted} при том же P: {theory}"),
        say(f"For {wanted} with T as above: {practice}", f"Для {wanted} при том же T: {practice}"),
    ]
    if plan["reachable"]:
        told = say(
            f"It can still be reached: with everything that is open the final score would be {best}.",
            f"Это ещё достижимо: если получить всё, что открыто, итоговый балл будет {best}.",
        )
    else:
        told = say(
            f"It cannot be reached any more: with everything that is open the final score would be {best}.",
            f"Это уже недостижимо: даже если получить всё, что открыто, итоговый балл будет {best}.",
        )
    return [*lines, told]


def _need(symbol: str, need: dict[str, Any]) -> str:
    most = _number(need["most"])
    if need["points"] is None:
        return say(f"no {symbol} would be enough", f"никакого {symbol} не хватит")
    shown = f"{symbol} = {_number(need['points'])}"
    if need["reachable"]:
        return say(f"{shown} (at most {most} can still be had)", f"{shown} (возможно не больше {most})")
    return say(f"{shown}, but at most {most} can still be had", f"{shown}, но возможно не больше {most}")


def _number(value: float) -> str:
    return decimal(f"{value:.2f}".rstrip("0").rstrip("."))
