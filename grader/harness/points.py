"""The points that a statement tells, against those of the suite."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.core.assignment import LANGUAGES, Assignment

POINTS_HEADINGS = ("points", "баллы")


def points_told(statement: str) -> float | None:
    """The sum of the table whose last column is headed "points"; None when there is none."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in statement.splitlines()]
    heads = [number for number, row in enumerate(rows) if len(row) > 1 and row[-1] in POINTS_HEADINGS]
    if not heads:
        return None
    total = 0.0
    for row in rows[heads[-1] + 2 :]:
        if len(row) < 2 or not re.fullmatch(r"[0-9.]+", row[-1]):
            break
        total += float(row[-1])
    return total


def points_that_do_not_add_up(assignment: Assignment, max_score: float) -> Iterable[str]:
    """The statements that tell other points than the suite has."""
    for code in LANGUAGES:
        path = assignment.folder / f"statement.{code}.md"
        told = points_told(path.read_text()) if path.exists() else max_score
        if told is None:
            yield f"{path.name} has no table of points (its last column is headed {' or '.join(POINTS_HEADINGS)})"
        elif told != max_score:
            yield f"{path.name} tells {told:g} points, the hidden suite has {max_score:g}"
