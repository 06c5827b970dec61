"""``grader status``: assignments, deadlines, points, and the final score so far; or the uploads to one assignment."""

from __future__ import annotations

from typing import Any

import click
from rich.console import Console

from grader.cli import completion, server
from grader.cli.course_items import deadline, headings, moment, row
from grader.cli.language import decimal, say
from grader.cli.output import open_console, print_json, print_rows
from grader.core.assignment import unknown
from grader.core.errors import BadInput

STATES = {
    "queued": ("waiting", "в очереди"),
    "running": ("being graded", "проверяется"),
    "broken": ("our fault", "сбой у нас"),
}


@click.command(
    help=say(
        "Where you stand: every assignment with its deadline and your points, and the final score so far. "
        "With ASSIGNMENT: your uploads to it.",
        "Как идут дела: все задания со сроками и вашими баллами и итоговый балл на сегодня. "
        "С именем ASSIGNMENT — ваши отправки по этому заданию.",
    )
)
@click.argument("assignment", required=False, shell_complete=completion.assignments)
@click.option("--json", "as_json", is_flag=True, help=say("Print as JSON.", "Вывести в JSON."))
def status(assignment: str | None, as_json: bool) -> None:
    account, console = server.account(), open_console()
    if assignment is not None:
        uploads = _uploads(account, assignment)
        if as_json:
            print_json(uploads)
        else:
            heads = (say("received", "получено"), say("result", "результат"), "", "id")
            print_rows(console, heads, map(_upload, uploads))
            _print_deadline(server.ask(account, "GET", f"/assignments/{assignment}")["deadline"], console)
        return
    items, grades = server.ask(account, "GET", "/assignments"), server.ask(account, "GET", "/grades")
    if as_json:
        print_json({"assignments": items, "grades": grades})
        return
    print_rows(console, headings(), map(row, items))
    console.print(sums(grades), highlight=False)


def _uploads(account: server.Account, assignment: str) -> Any:
    """The uploads to an assignment; of one that the course does not have BadInput names those that may be meant."""
    try:
        return server.ask(account, "GET", "/submissions", params={"assignment": assignment})
    except BadInput:
        names = [item["name"] for item in server.ask(account, "GET", "/assignments")]
        if assignment not in names:
            raise unknown(assignment, names) from None
        raise


def _print_deadline(until: str | None, console: Console) -> None:
    """The deadline to its last second, since uploads stand beside it."""
    if until is not None:
        shown = deadline(until, seconds=True)
        console.print(say(f"Deadline: {shown}", f"Срок: {shown}"), highlight=False)


def sums(grades: dict[str, Any]) -> str:
    """The formula's numbers in one line."""
    t, p = decimal(f"{grades['theory']:g}"), decimal(f"{grades['practice']:g}")
    bonus, final = decimal(f"{grades['bonus']:.2f}"), decimal(f"{grades['final']:.2f}")
    return f"T {t}   P {p}   B' {bonus}   [bold]{say('final', 'итог')} {final}[/bold]"


def _upload(upload: dict[str, Any]) -> tuple[str, ...]:
    if upload["state"] != "graded":
        result = say(*STATES[upload["state"]])
    else:
        result = decimal(f"{upload['score']:g} / {upload['max_score']:g}")
    notes = [say("practice", "тренировка")] if upload["practice"] else []
    if upload["complete"] is False:
        notes.append(say("more tests after the deadline", "часть тестов — после срока сдачи"))
    return moment(upload["received_at"], seconds=True), result, ", ".join(notes), upload["id"]
