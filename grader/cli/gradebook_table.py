"""The gradebook in the terminal, with every number that the formula takes: a column for each student."""

from __future__ import annotations

from rich.console import Console

from grader.cli.output import print_rows
from grader.core.course import Course
from grader.core.gradebook import Mark, Standing
from grader.core.scoring import rounded, written
from grader.store import people
from grader.store.engine import Database
from grader.store.standings import standings

NAME_WIDTH, STUDENT_WIDTH = 36, 10  # columns of the terminal
_TOTALS = {
    "T, theory": "theory",
    "P, practice": "practice",
    "B' = 30 B / (30 + B)": "bonus",
    "final": "final",
}


def print_gradebook(database: Database, course: Course, console: Console) -> None:
    """Everybody's marks, then T, P, B' and the final score: min(sqrt(T * P) + B', 100)."""
    with database.reading() as session:
        users = people.students(session)
    found = standings(database, course, users)
    at_once = max(1, (console.width - NAME_WIDTH) // STUDENT_WIDTH)
    for first in range(0, len(users), at_once):
        _print(course, {user.login: found[user.id] for user in users[first : first + at_once]}, console)
    for user in users:
        for mark in found[user.id].marks:
            if mark.state != "none" and mark.factor != 1:
                console.print(f"{user.login}, {_penalty(mark)}", style="dim", highlight=False)
    console.print("final = min(sqrt(T * P) + B', 100); (…) waits for its defence and does not count yet", style="dim")


def _print(course: Course, shown: dict[str, Standing], console: Console) -> None:
    rows: list[list[str]] = []
    for place, item in enumerate(course.items):
        cells = [_cell(stands.marks[place]) for stands in shown.values()]
        if set(cells) != {"-"}:
            rows.append([f"{item.name} of {written(item.points)}", *cells])
    left_out = len(course.items) - len(rows)
    if left_out:
        rows.append([f"{left_out} that nobody has handed in", *("-" for _ in shown)])
    rows.append(["B, bonus", *(str(rounded(stands.points.bonus)) for stands in shown.values())])
    for name, total in _TOTALS.items():
        rows.append([name, *(str(rounded(getattr(stands.score, total))) for stands in shown.values())])
    print_rows(console, ["", *shown], rows)


def _cell(mark: Mark) -> str:
    if mark.state == "none":
        return "-"
    return f"({rounded(mark.points)})" if mark.state == "waiting" else str(rounded(mark.points))


def _penalty(mark: Mark) -> str:
    """How a late mark comes about, in numbers that can be computed again."""
    share = "" if mark.share == 1 else f"{float(mark.share):.4f} * "
    defended = "" if mark.defended == 1 else f" * {float(mark.defended):.4f} of the defence"
    late = f"{rounded(mark.max_points)} * {float(mark.factor):.4f} ({rounded(mark.weeks)} weeks late){defended}"
    return f"{mark.assignment}: {share}{late} = {rounded(mark.computed)}"
