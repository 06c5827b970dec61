"""``grader submit ASSIGNMENT FILE``: hands a file in, keeps the receipt, and waits for the result."""

from __future__ import annotations

import json
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.status import Status

from grader.cli import completion, server
from grader.cli.course_items import moment
from grader.cli.language import language, say
from grader.cli.output import open_console, plain, print_json, print_report
from grader.core.assignment import unknown
from grader.core.errors import BadInput, OurFault
from grader.core.report import from_json
from grader.core.text import durations
from grader.harness.intake import read

_FIRST_LOOK_SECONDS, _LONGEST_LOOK_SECONDS = 0.5, 3.0  # between looks at whether it is graded
_SAME_UPLOAD_SECONDS = 45.0  # the server takes the same bytes for the same upload within a minute


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
@click.argument("assignment", shell_complete=completion.assignments)
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
    with closing(server.Connection(account)) as connection:
        warned = _warn_of_practice(connection, assignment, console, ask=not yes and sys.stdin.isatty())
        accepted = _send(connection, assignment, file.name, content, console)
        _tell(accepted, _kept(file, accepted), console, warned=warned)
        if no_wait:
            if as_json:
                print_json(accepted)
            return
        done = wait(connection, accepted, console)
    report = from_json(done["report"])
    if as_json:
        print_json(done)
    else:
        print_report(report, submission, console)
    raise click.exceptions.Exit(0 if report.all_passed else 1)


def _send(connection: server.Connection, name: str, file: str, content: bytes, console: Console) -> Any:
    """Hand it in. A try that got no answer may have arrived: the same bytes, soon after, are the same upload."""
    fields: dict[str, Any] = {"data": {"assignment": name}, "files": {"file": (file, content)}}
    look = say(
        f"Whether it has arrived: grader status {name}", f"Дошло ли решение, покажет команда: grader status {name}"
    )
    try:
        with console.status(say("sending", "отправка")) as status:
            tell = partial(_tell_of_pause, status)
            return connection.ask("POST", "/submissions", patience=_SAME_UPLOAD_SECONDS, tell=tell, **fields)
    except server.NoAnswer as error:
        raise OurFault(f"{error} {look}", ru=f"{error.told('ru')} {look}") from error
    except KeyboardInterrupt as stop:
        console.print(look, highlight=False)
        raise stop


def _kept(file: Path, accepted: dict[str, Any]) -> str:
    """Where the receipt is; the folder may be one that only reads, and the upload has been accepted all the same."""
    try:
        path = keep_receipt(file, accepted["receipt"])
        return say(f"Receipt: {path}", f"Квитанция: {path}")
    except OSError as error:
        later = f"grader receipt show {accepted['id']}"
        return say(
            f"The receipt could not be kept beside the file ({error.strerror}). Fetch it later: {later}",
            f"Сохранить квитанцию рядом с файлом не удалось ({error.strerror}). Получить её позже: {later}",
        )


def keep_receipt(file: Path, receipt: dict[str, Any]) -> Path:
    """Write the receipt beside the file; an earlier one stays, since it is of another upload."""
    path, number = file.with_name(f"{file.name}.receipt.json"), 1
    while path.exists():
        number += 1
        path = file.with_name(f"{file.name}.receipt-{number}.json")
    path.write_text(json.dumps(receipt, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _tell(accepted: dict[str, Any], receipt: str, console: Console, *, warned: bool) -> None:
    """That it was taken in, where the receipt is, what is left of the uploads, and what it will count."""
    at, page = moment(accepted["received_at"], seconds=True), accepted["page"]
    console.print(say(f"Received at {at}: {page}", f"Получено {at}: {page}"), highlight=False)
    console.print(receipt, style="dim", highlight=False)
    if accepted["practice"] and not warned:
        console.print(_practice(), style="yellow")
    for notice in accepted.get("notices", ()):  # a server of before has none
        console.print(plain(notice[language()]), style="yellow")
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


def _warn_of_practice(connection: server.Connection, name: str, console: Console, *, ask: bool) -> bool:
    """Say before anything is sent that it will give no points; whether that was said.

    Raises BadInput for a no, and for an assignment that the course does not have.
    """
    with console.status(say("asking the server", "запрос к серверу")) as status:
        tell = partial(_tell_of_pause, status)
        listed = connection.ask("GET", "/assignments", patience=_SAME_UPLOAD_SECONDS, tell=tell)
    if name not in (names := [item["name"] for item in listed]):
        raise unknown(name, names)
    if not any(item["name"] == name and item["practice"] for item in listed):
        return False
    console.print(_practice(), style="yellow")
    question = say("Hand it in all the same?", "Всё равно отправить?")
    if ask and not click.confirm(question, default=False, err=True):
        raise BadInput("Nothing was sent.", ru="Ничего не отправлено.")
    return True


def wait(connection: server.Connection, accepted: dict[str, Any], console: Console) -> dict[str, Any]:
    """Ask until the submission is graded, however often the connection drops. Raises OurFault when we could not."""
    name, told, pause = accepted["receipt"]["assignment"], "", _FIRST_LOOK_SECONDS
    try:
        console.print(say("Accepted; waiting for the result.", "Принято; ждём результата."), highlight=False)
        with console.status(say("waiting", "в очереди")) as status:
            tell = partial(_tell_of_pause, status)
            while True:
                found: dict[str, Any] = connection.ask(
                    "GET", f"/submissions/{accepted['id']}", patience=None, tell=tell
                )
                if found["state"] == "graded":
                    return found
                if found["state"] == "broken":
                    raise not_graded(found)
                told, before = how_long(found), told
                pause = _FIRST_LOOK_SECONDS if told != before else min(pause * 1.2, _LONGEST_LOOK_SECONDS)
                status.update(told)
                time.sleep(pause)
    except KeyboardInterrupt as stop:
        console.print(
            say(
                f"It was accepted and will be graded without you. Look later: grader status {name}",
                f"Решение принято и будет проверено без вас. Посмотреть позже: grader status {name}",
            ),
            highlight=False,
        )
        raise stop


def _tell_of_pause(status: Status, error: server.NoAnswer, seconds: float) -> None:
    status.update(
        say(f"no answer; trying again in {seconds:.0f} s", f"ответа нет; следующая попытка через {seconds:.0f} с")
    )


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
