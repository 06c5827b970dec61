"""``grader submit ASSIGNMENT FILE``: hands a file in, keeps the receipt, and waits for the result."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from grader.cli import server
from grader.cli.course_items import moment
from grader.cli.language import language, say
from grader.cli.output import open_console, print_json, print_notices, print_report
from grader.core.errors import BadInput, OurFault
from grader.core.report import from_json
from grader.core.text import durations
from grader.harness.intake import read

_STEP_SECONDS = 0.5


@click.command(
    help=say(
        "Hand FILE in for ASSIGNMENT (LECTURE/NAME), and show the result when it is there. The receipt is kept beside "
        "the file. After a strict deadline it is practice: graded, and worth nothing. In a terminal you are asked "
        "first.",
        "Сдать файл FILE по заданию ASSIGNMENT (ЛЕКЦИЯ/ИМЯ) и показать результат, когда он будет. Квитанция "
        "сохраняется рядом с файлом. После строгого срока это тренировка: решение проверяется, но баллов не даёт. "
        "В терминале об этом спросят заранее.",
    )
)
@click.argument("assignment")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--yes",
    is_flag=True,
    help=say(
        "Do not ask, even where this will be practice only.", "Не спрашивать, даже если это будет только тренировка."
    ),
)
@click.option("--no-wait", is_flag=True, help=say("Do not wait for the result.", "Не ждать результата."))
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=say("Print the submission and its report as JSON.", "Вывести отправку и отчёт в JSON."),
)
def submit(assignment: str, file: Path, yes: bool, no_wait: bool, as_json: bool) -> None:
    account, content = server.account(), file.read_bytes()
    submission = read(file.name, content)  # what cannot be read is told here, before anything is sent
    console = open_console(stderr=as_json)
    print_notices(submission, console)
    warned = _warn_of_practice(account, assignment, console, ask=not yes and sys.stdin.isatty())
    fields: dict[str, Any] = {"data": {"assignment": assignment}, "files": {"file": (file.name, content)}}
    accepted = server.ask(account, "POST", "/submissions", **fields)
    kept = keep_receipt(file, accepted["receipt"])
    _tell(accepted, kept, console, warned=warned)
    if no_wait:
        if as_json:
            print_json(accepted)
        return
    done = wait(account, accepted["id"], console)
    report = from_json(done["report"])
    if as_json:
        print_json(done)
    else:
        print_report(report, submission, console)
    raise click.exceptions.Exit(0 if report.all_passed else 1)


def keep_receipt(file: Path, receipt: dict[str, Any]) -> Path:
    """Write the receipt beside the file; an earlier one stays, since it is of another upload."""
    path, number = file.with_name(f"{file.name}.receipt.json"), 1
    while path.exists():
        number += 1
        path = file.with_name(f"{file.name}.receipt-{number}.json")
    path.write_text(json.dumps(receipt, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _tell(accepted: dict[str, Any], kept: Path, console: Console, *, warned: bool) -> None:
    """That it was taken in, where the receipt is, what is left of the uploads, and what it will count."""
    at, page = moment(accepted["received_at"]), accepted["page"]
    console.print(say(f"Received at {at}: {page}", f"Получено {at}: {page}"), highlight=False)
    console.print(say(f"Receipt: {kept}", f"Квитанция: {kept}"), style="dim", highlight=False)
    if accepted["practice"] and not warned:
        console.print(_practice(), style="yellow")
    left, following = accepted["uploads_left"], accepted["next_upload_at"]
    if left is not None:
        then = (
            "" if following is None else say(f"; one more at {moment(following)}", f"; ещё одна — {moment(following)}")
        )
        console.print(say(f"Uploads left: {left}{then}", f"Осталось попыток: {left}{then}"), highlight=False)


def _practice() -> str:
    return say(
        "The deadline is over: this upload is practice, graded and worth no points.",
        "Срок сдачи прошёл: решение будет проверено для тренировки, баллов за него не будет.",
    )


def _warn_of_practice(account: server.Account, name: str, console: Console, *, ask: bool) -> bool:
    """Say before anything is sent that it will give no points; whether that was said. Raises BadInput for a no."""
    listed = server.ask(account, "GET", "/assignments")
    if not any(item["name"] == name and item["practice"] for item in listed):
        return False
    console.print(_practice(), style="yellow")
    question = say("Hand it in all the same?", "Всё равно отправить?")
    if ask and not click.confirm(question, default=False, err=True):
        raise BadInput("Nothing was sent.", ru="Ничего не отправлено.")
    return True


def wait(account: server.Account, submission_id: str, console: Console) -> dict[str, Any]:
    """Ask until the submission is graded. Raises OurFault when we could not grade it."""
    with console.status(say("waiting", "в очереди")) as status:
        while True:
            found: dict[str, Any] = server.ask(account, "GET", f"/submissions/{submission_id}")
            if found["state"] == "graded":
                return found
            if found["state"] == "broken":
                raise not_graded(found)
            status.update(how_long(found))
            time.sleep(_STEP_SECONDS)


def not_graded(found: dict[str, Any]) -> OurFault:
    """What a student is told of an upload that we could not grade: whether it was given back, or staff decide."""
    if found.get("costs"):
        return OurFault(
            "This upload could not be graded, and staff sees it. An upload of yours that could not be graded was given "
            "back before, so the course's staff decides whether this one takes one of your uploads.",
            ru="Проверить эту отправку не удалось, преподаватели это видят. Одну такую попытку вам уже вернули, "
            "поэтому будет ли эта потрачена, решат преподаватели курса.",
        )
    return OurFault(
        "This upload could not be graded. It is our fault, staff sees it, and it takes none of your uploads.",
        ru="Проверить эту отправку не удалось. Это наша вина, преподаватели это видят, и попытка на неё не потрачена.",
    )


def how_long(found: dict[str, Any]) -> str:
    """Where a submission stands in line, and about how long it will take."""
    if found["state"] == "running":
        return say("being graded", "проверяется")
    before, seconds = found["waiting_before"], found["wait_seconds"]
    about = "" if seconds is None else durations(seconds)[language() == "ru"]
    return say(f"waiting, {before} before it", f"в очереди, впереди: {before}") + (
        say(f", about {about} until the result", f", до результата примерно {about}") if about else ""
    )
