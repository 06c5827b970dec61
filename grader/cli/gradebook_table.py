"""The gradebook as a table in the terminal, with every number that the formula takes."""

from __future__ import annotations

from rich.console import Console

from grader.cli.output import print_rows
from grader.core.course import Course
from grader.core.gradebook import Mark, standing
from grader.core.scoring import rounded
from grader.store import people
from grader.store.engine import Database
from grader.store.records import records


def print_gradebook(database: Database, course: Course, console: Console) -> None:
    """Everybody's marks, then T, P, B' and the final score: min(sqrt(T * P) + B', 100)."""
    with database.reading() as session:
        users = people.students(session)
        found = records(session, users)
    rows = []
    for user in users:
        stands = standing(course, found[user.id])
        score = stands.score
        totals = [rounded(value) for value in (score.theory, score.practice, score.bonus, score.final)]
        rows.append([user.login, user.group, *(_cell(mark) for mark in stands.marks), *totals])
    headings = [f"{item.name.partition('/')[2]} of {item.points}" for item in course.items]
    print_rows(console, ["student", "group", *headings, "T", "P", "B'", "final"], rows)
    console.print("final = min(sqrt(T * P) + B', 100); (…) waits for its defence and does not count yet", style="dim")


def _cell(mark: Mark) -> str:
    if mark.state == "none":
        return "-"
    return f"({rounded(mark.points)})" if mark.state == "waiting" else str(rounded(mark.points))
