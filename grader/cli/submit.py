"""``grader submit ASSIGNMENT FILE``: hands a file in and waits for its result."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from grader.cli import server
from grader.cli.language import language
from grader.cli.output import print_json, print_report
from grader.core.errors import BadInput, OurFault
from grader.core.report import from_json
from grader.harness.intake import read

_STEP_SECONDS = 0.5
PRACTICE = {
    "en": "The deadline is over: this upload is practice, graded and worth no points.",
    "ru": "Срок сдачи прошёл: решение будет проверено для тренировки, баллов за него не будет.",
}
GO_ON = {"en": "Hand it in all the same?", "ru": "Всё равно отправить?"}
LEFT = {"en": "Uploads left: {}", "ru": "Осталось попыток: {}"}


@click.command()
@click.argument("assignment")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask, even where this will be practice only.")
@click.option("--no-wait", is_flag=True, help="Do not wait for the result.")
@click.option("--json", "as_json", is_flag=True, help="Print the submission and its report as JSON.")
def submit(assignment: str, file: Path, yes: bool, no_wait: bool, as_json: bool) -> None:
    """Hand FILE in for ASSIGNMENT (LECTURE/NAME), and show the result when it is there.

    After a strict deadline it is practice: graded, and worth nothing. In a terminal you are asked first.
    """
    account, content = server.account(), file.read_bytes()
    submission = read(file.name, content)  # what cannot be read is told here, before anything is sent
    console = Console(stderr=as_json)
    warned = _warn_of_practice(account, assignment, console, ask=not yes and sys.stdin.isatty())
    base = f"{account.url}/api/v1/submissions"
    fields: dict[str, Any] = {"data": {"assignment": assignment}, "files": {"file": (file.name, content)}}
    receipt = server.request("POST", base, token=account.token, **fields)
    console.print(
        f"Received at {receipt['received_at']}, sha256 {receipt['sha256'][:12]}: {receipt['page']}", highlight=False
    )
    if receipt["practice"] and not warned:
        console.print(PRACTICE[language()], style="yellow")
    if receipt["uploads_left"] is not None:
        console.print(LEFT[language()].format(receipt["uploads_left"]), highlight=False)
    if no_wait:
        if as_json:
            print_json(receipt)
        return
    done = wait(f"{base}/{receipt['id']}", account.token, console)
    report = from_json(done["report"])
    if as_json:
        print_json(done)
    else:
        print_report(report, submission, console)
    raise click.exceptions.Exit(0 if report.all_passed else 1)


def _warn_of_practice(account: server.Account, name: str, console: Console, *, ask: bool) -> bool:
    """Say before anything is sent that it will give no points; whether that was said. Raises BadInput for a no."""
    listed = server.request("GET", f"{account.url}/api/v1/assignments", token=account.token)
    if not any(item["name"] == name and item["practice"] for item in listed):
        return False
    console.print(PRACTICE[language()], style="yellow")
    if ask and not click.confirm(GO_ON[language()], default=False, err=True):
        raise BadInput("Nothing was sent.", ru="Ничего не отправлено.")
    return True


def wait(url: str, token: str, console: Console) -> dict[str, Any]:
    """Ask until the submission is graded. Raises OurFault when we could not grade it."""
    with console.status("waiting") as status:
        while True:
            found: dict[str, Any] = server.request("GET", url, token=token)
            if found["state"] == "graded":
                return found
            if found["state"] == "broken":
                raise OurFault(
                    "This upload could not be graded. It is our fault, staff sees it, and it costs you nothing."
                )
            before = found["waiting_before"]
            status.update("being graded" if found["state"] == "running" else f"waiting, {before} before it")
            time.sleep(_STEP_SECONDS)
