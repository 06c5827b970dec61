"""``grader check [ASSIGNMENT] FILE``: the public tests, on the student's own machine. No server is asked."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from grader.cli import materials
from grader.cli.language import language, say
from grader.cli.output import open_console, print_json, print_notices, print_report
from grader.core.assignment import Assignment
from grader.core.errors import BadInput
from grader.core.report import Report, to_json
from grader.core.submission import Submission
from grader.harness.assembly import OnEvent
from grader.harness.grading import Environment, HereAndNow, fresh_seed
from grader.harness.intake import accept, read
from grader.harness.judge import Order
from grader.harness.process import ProcessSandboxes
from grader.harness.static import outline
from grader.testing.words import speaking


@click.command(
    help=say(
        "Run the public tests of ASSIGNMENT on FILE, here, with this Python. Without ASSIGNMENT it is found by the "
        "names that FILE defines.",
        "Запустить открытые тесты задания ASSIGNMENT на файле FILE, на этой машине, этим интерпретатором Python. Если "
        "ASSIGNMENT не указано, оно определяется по именам, заданным в FILE.",
    )
)
@click.argument("arguments", nargs=-1, required=True, metavar="[ASSIGNMENT] FILE")
@click.option("--json", "as_json", is_flag=True, help=say("Print the report as JSON.", "Вывести отчёт в JSON."))
def check(arguments: tuple[str, ...], as_json: bool) -> None:
    if len(arguments) > 2:
        raise click.UsageError(say("give a file, or an assignment and a file", "укажите файл или задание и файл"))
    path = Path(arguments[-1])
    if not path.is_file():
        raise BadInput(f"There is no file {path}.", ru=f"Файла {path} нет.")
    assignment = materials.known(arguments[0] if len(arguments) == 2 else recognise(path))
    submission, folder = accept(path.name, path.read_bytes(), assignment), assignment.folder.parents[1]
    console = open_console()
    print_notices(submission, open_console(stderr=True) if as_json else console)
    report = _run_quietly(assignment, submission, folder) if as_json else _run(assignment, submission, folder, console)
    if as_json:
        print_json(to_json(report))
    else:
        print_report(report, submission, console)
        _what_next(report, assignment, path, console)
    raise click.exceptions.Exit(0 if report.all_passed else 1)


def recognise(path: Path) -> str:
    """The one assignment whose required names a file defines. Raises BadInput when that is none, or several."""
    submission = read(path.name, path.read_bytes())
    defined = outline(submission.files[submission.entry], submission.entry).defines
    fitting = [name for name in materials.all_known() if set(materials.known(name).required) <= defined]
    if len(fitting) != 1:
        listed = ", ".join(fitting or materials.all_known())
        raise BadInput(
            f"Which assignment is {path.name} for? Name it: grader check ASSIGNMENT {path}. One of {listed}.",
            ru=f"Для какого задания {path.name}? Укажите его: grader check ЗАДАНИЕ {path}. Одно из: {listed}.",
        )
    return fitting[0]


def _run_quietly(
    assignment: Assignment, submission: Submission, folder: Path, on_event: OnEvent = lambda event: None
) -> Report:
    order = Order(assignment.name, submission, "public", fresh_seed())
    with speaking(language()):
        return HereAndNow(folder).grade(order, Environment(ProcessSandboxes(), assignment.environment), on_event)


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
            f"Mend the first failure and run this again. The statement: {start}",
            f"Исправьте первую ошибку и запустите ещё раз. Условие: {start}",
        )
    console.print(text, style="dim", highlight=False)
