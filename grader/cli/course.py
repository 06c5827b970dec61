"""``grader course``: the course file, before anybody depends on it, and the course in force."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from grader.cli.course_in_force import apply, history, show
from grader.cli.output import open_console, print_json, print_rows
from grader.core import catalogue, moments
from grader.core.assignment import assignments_folder, by_name, load_all
from grader.core.closing import may_show_solution
from grader.core.course import Bucket, Course, CourseItem
from grader.core.course_example import example
from grader.core.course_file import read_course, shortfalls, totals
from grader.core.course_part import part
from grader.core.errors import BadInput
from grader.core.report import number
from grader.core.scoring import written


@click.group()
def course() -> None:
    """Begin, check and apply the course file; look at the course in force."""


@course.command()
@click.argument("file", envvar="GRADER_COURSE", default="course.toml", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the course as JSON.")
def check(file: Path, as_json: bool) -> None:
    """Read FILE (default: GRADER_COURSE, else course.toml), and print the course as a table.

    Where something is wrong, the line and what belongs there are told, and the exit code is 2.
    """
    found = read_course(file, by_name(assignments_folder()))
    if as_json:
        print_json(to_json(found))
    else:
        _print(found, open_console())


@course.command()
@click.argument("file", default="course.toml", type=click.Path(path_type=Path))
@click.option("--begins", metavar="DATE", help="The first day of the course; the deadlines follow from it.")
@click.option("--lectures", metavar="NUMBERS", help="Only these lectures, such as 1-6,9; all if nothing is said.")
@click.option("--tasks", type=click.IntRange(min=0), help="How many tasks, chosen so that lectures weigh alike.")
@click.option("--weeks", type=int, help="The length of the term: the last deadline is at its end.")
def new(file: Path, begins: str | None, lectures: str | None, tasks: int | None, weeks: int | None) -> None:
    """Write a course of the assignments there are to FILE (default: course.toml), with comments, to begin from.

    Points follow from the hours of work that assignments take, deadlines from the order of the lectures. All labs of
    the lectures are set, and all tasks unless --tasks says how many.
    """
    day = datetime.now(UTC).date() if begins is None else _date(begins)
    folder = assignments_folder()
    numbers = None if lectures is None else _numbers(lectures)
    groups = part(load_all(folder), catalogue.read(folder).lectures, numbers, tasks)
    text = example(groups, day, weeks)
    try:
        with file.open("x", encoding="utf-8") as made:
            made.write(text)
    except FileExistsError:
        raise BadInput(f"{file} is there already; give another name.") from None
    except OSError as error:
        raise BadInput(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(f"{file} is ready. Next: edit it, then grader course check {file}")


for command in (apply, show, history):
    course.add_command(command)


def to_json(found: Course) -> dict[str, Any]:
    """The course as plain data; numbers are floats where they are no integers, moments carry their offset."""
    return {
        "title": dict(found.title),
        "timezone": str(found.zone),
        "lateness": {"weeks": found.weeks, "from": found.late_from},
        "formula": {name: number(value) for name, value in vars(found.formula).items()},
        "items": [_item_json(item) for item in found.items],
        "totals": {
            kind: {"points": number(total), "most": number(most)} for kind, (total, most) in totals(found).items()
        },
        "warnings": _warnings(found),
    }


def _item_json(item: CourseItem) -> dict[str, Any]:
    bucket, contest = item.bucket, item.contest
    refill = bucket.refill.total_seconds() / 60 if bucket and bucket.refill else None
    return {
        "name": item.name,
        "kind": item.kind,
        "title": dict(item.title),
        "points": number(item.points),
        "opens": item.opens.isoformat() if item.opens else None,
        "deadline": item.deadline.isoformat() if item.deadline else None,
        "burst": bucket.burst if bucket else None,
        "refill_minutes": None if refill is None else round(refill),
        "team": item.team,
        "solutions": item.solutions,
        "contest": {"number": contest.number, "problems": list(contest.problems)} if contest else None,
    }


def _print(found: Course, console: Console) -> None:
    columns = {
        "": [item.name for item in found.items],
        "kind": [f"{item.kind}, team" if item.team else item.kind for item in found.items],
        "points": [written(item.points) for item in found.items],
        "opens": [_local(item.opens, found) for item in found.items],
        "deadline": [_local(item.deadline, found) for item in found.items],
        "uploads": [_uploads(item.bucket) for item in found.items],
        "solution shown": [_solution(item) for item in found.items],
    }
    told = {heading: cells for heading, cells in columns.items() if set(cells) - {"-"}}
    print_rows(console, told, zip(*told.values(), strict=True))
    sums = ", ".join(f"{kind}s {written(total)} of {written(most)}" for kind, (total, most) in totals(found).items())
    console.print(f"\n{sums}; times are those of {found.zone}", highlight=False)
    for warning in _warnings(found):
        console.print(Text(warning, style="yellow"))


def _warnings(found: Course) -> list[str]:
    warnings = [
        f"Of {written(most)} points for {kind}s only {written(total)} are set: nobody can have more."
        for kind, total, most in shortfalls(found)
    ]
    endless = [item.name for item in found.items if item.solutions != "never" and not may_show_solution(item)]
    if endless:
        warnings.append(
            "Without a deadline, and as labs, which keep a part of their points however late they come, these never "
            f"close, so students are never shown their reference solutions: {', '.join(endless)}."
        )
    return warnings


def _solution(item: CourseItem) -> str:
    """When students are shown the reference, as far as the file tells."""
    if may_show_solution(item):
        return "when closed"
    return "-" if item.solutions == "never" else "never closes"


def _local(moment: datetime | None, found: Course) -> str:
    return "-" if moment is None else moments.due(moment, found.zone, "en", None)


def _uploads(bucket: Bucket | None) -> str:
    if bucket is None:
        return "-"
    if bucket.refill is None:
        return f"{bucket.burst} in all"
    return f"{bucket.burst}, one more in {round(bucket.refill.total_seconds() / 60)} min"


def _numbers(text: str) -> set[int]:
    """Numbers of lectures, such as 1-6,9."""
    found: set[int] = set()
    for piece in text.split(","):
        first, _, last = (word.strip() for word in piece.partition("-"))
        if not re.fullmatch("[0-9]{1,3}", first) or not re.fullmatch("[0-9]{1,3}", last or first):
            raise BadInput(f"--lectures: {piece.strip()[:40]!r} is not a lecture such as 4, or several such as 1-6.")
        if int(last or first) < int(first):
            raise BadInput(f"--lectures: {piece.strip()} ends before it begins.")
        found.update(range(int(first), int(last or first) + 1))
    return found


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"--begins: {text[:40]!r} is not a day such as 2027-02-01.") from None
