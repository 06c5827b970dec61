"""``grader check [ASSIGNMENT] FILE``: the public tests, on the student's own machine. No server is asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from grader.cli import completion, own_file, stopping
from grader.cli.language import language, say
from grader.cli.output import open_console, print_json, print_notices, print_report
from grader.core.assignment import FIGURE, Assignment
from grader.core.report import Report, to_json
from grader.core.submission import Submission

if TYPE_CHECKING:
    from grader.harness.assembly import OnEvent


@click.command(
    help=say(
        "Run the public tests of ASSIGNMENT on FILE, here, with this Python. Without ASSIGNMENT it is found by the "
        "names that FILE defines, or by its name and folder.",
        "Запустить открытые тесты задания ASSIGNMENT на файле FILE, на этой машине, этим интерпретатором Python. Если "
        "ASSIGNMENT не указано, оно определяется по именам, заданным в FILE, или по названию файла и папки.",
    )
)
@click.argument(
    "arguments",
    nargs=-1,
    required=True,
    metavar="[ASSIGNMENT] FILE",
    shell_complete=completion.assignments_and_files,
)
@click.option("--json", "as_json", is_flag=True, help=say("Print the report as JSON.", "Вывести отчёт в JSON."))
def check(arguments: tuple[str, ...], as_json: bool) -> None:
    if len(arguments) > 2:
        raise click.UsageError(say("give a file, or an assignment and a file", "укажите файл или задание и файл"))
    with stopping.unwinding():
        _check(Path(arguments[-1]), arguments[0] if len(arguments) == 2 else None, as_json=as_json)


def _check(path: Path, name: str | None, *, as_json: bool) -> None:
    from grader.harness.intake import accept

    assignment = own_file.assignment(path, name, "check")
    submission, folder = accept(path.name, path.read_bytes(), assignment), assignment.folder.parents[1]
    own_file.need_libraries(assignment)
    console = open_console()
    print_notices(submission, open_console(stderr=True) if as_json else console)
    report = _run_quietly(assignment, submission, folder) if as_json else _run(assignment, submission, folder, console)
    if as_json:
        print_json(to_json(report))
    else:
        print_report(report, submission, console)
        _what_next(report, assignment, path, console)
    raise click.exceptions.Exit(0 if report.all_passed else 1)


def _run_quietly(
    assignment: Assignment, submission: Submission, folder: Path, on_event: OnEvent = lambda event: None
) -> Report:
    from grader.harness.grading import Environment, HereAndNow, fresh_seed
    from grader.harness.judge import Order
    from grader.harness.process import ProcessSandboxes
    from grader.testing.words import speaking

    order, sandboxes = Order(assignment.name, submission, "public", fresh_seed()), ProcessSandboxes()
    with speaking(language()), stopping.at_once(sandboxes.end_all):
        return HereAndNow(folder).grade(order, Environment(sandboxes, assignment.environment), on_event)


def _run(assignment: Assignment, submission: Submission, folder: Path, console: Console) -> Report:
    """The same, with progress while the tests run."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(assignment.title[language()], total=None)

        def on_event(event: dict[str, object]) -> None:
            if event["event"] == "tests":
                progress.update(task, total=float(str(event["count"])))
            elif event["event"] == "test":
                progress.advance(task)

        return _run_quietly(assignment, submission, folder, on_event)


def _what_next(report: Report, assignment: Assignment, path: Path, console: Console) -> None:
    name = assignment.name
    if report.all_passed:
        submit = f"grader submit {name} {path}"
        text = say(f"All public tests pass. Next: {submit}", f"Все открытые тесты пройдены. Дальше: {submit}")
    else:
        start = f"grader start {name}"
        text = say(
            f"Fix the first failure and run this again. The statement: {start}",
            f"Исправьте первую ошибку и запустите ещё раз. Условие: {start}",
        )
    console.print(text, style="dim", highlight=False)
    if not report.all_passed and (assignment.folder / FIGURE).exists():
        show = f"grader show {name} {path}"
        text = say(f"A picture of what your solution does: {show}", f"Рисунок того, что делает ваше решение: {show}")
        console.print(text, style="dim", highlight=False)
