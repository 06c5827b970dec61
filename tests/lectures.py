"""``make lectures``: writes docs/reference/lectures.md: each row of the catalogue, and the assignment that has it; and
each section of the lectures, and the rows that ask for it.

Points and seconds are those that `proof.toml` tells; nothing is proved here. Seconds are of one machine and change with
each record, so `current` leaves them out where it compares.
"""

from __future__ import annotations

from pathlib import Path

from grader.core.assignment import Assignment, load_all
from grader.core.catalogue import Entry, entries, read
from grader.harness import records
from tests.pages import ROOT, heading, line, statement
from tests.sections import rows_of_sections, table

PAGE = ROOT / "docs" / "reference" / "lectures.md"
HEAD = """\
# Lectures, rows and assignments

`make lectures` writes this page, and a test holds it to the assignments. Points are those of an assignment's tests, and
seconds those of its last recorded proof (`make prove`, from 300 seeds, or 50 where something trains; CI takes 3)
on the machine that made it. Both are of the whole assignment, stand in the first of its rows, and are there only where
a record tells them. Mutants are those of the row.

Below the rows of a lecture stand its sections, numbered as in the lectures. A section's rows are those whose references
name it as their source; "elsewhere" are rows that ask for something of it and have another source. The last column
tells what no assignment asks for, and why; where it is empty, everything is asked for. Sections 1 and 2 belong to the
organisational lecture: the plan of the course, and the rules of marks, which the gradebook applies.

"""
COLUMNS = line("row", "what", "assignment", "points", "environment", "mutants", "seconds")
COLUMNS += "|---|---|---|--:|---|--:|--:|\n"


def page(folder: Path) -> str:
    """Markdown: a table a lecture, for the assignments and the catalogue in this folder."""
    assignments = {assignment.name: assignment for assignment in load_all(folder)}
    known, found = read(folder), entries(assignments.values(), folder)
    taken = [entry for entry in found if entry.assignment]
    total = sum(record.points for one in assignments.values() if (record := records.read(one)) is not None)
    sums = f"assignments: {len(assignments)}, recorded points: {total:g}"
    parts = [HEAD, f"Rows: {len(found)}, in assignments: {len(taken)}; {sums}.\n"]
    told: set[str] = set()
    rows = rows_of_sections(assignments.values())
    for lecture in known.lectures:
        of_lecture = [entry for entry in found if entry.lecture == lecture.number]
        asked = sum(entry.assignment is not None for entry in of_lecture)
        parts.append(heading(lecture))
        parts.append(f"Rows: {len(of_lecture)}, in assignments: {asked}.\n\n{COLUMNS}")
        for entry in of_lecture:
            parts.append(line(entry.id, known.titles[entry.id]["en"], *_cells(entry, assignments, told)))
        parts.append(table(lecture.number, rows))
    return "".join(parts)


def current(text: str) -> list[str]:
    """The lines of a page without what may change though no assignment has: the seconds, last in the lines of rows."""
    columns = COLUMNS.splitlines()[0].count("|")
    return [one.rsplit("|", 2)[0] if one.count("|") == columns else one for one in text.splitlines()]


def _cells(entry: Entry, assignments: dict[str, Assignment], told: set[str]) -> tuple[str, ...]:
    """All but the row's id and title; the points and seconds of an assignment once."""
    if entry.assignment is None:
        return "free", "", "", "", ""
    assignment = assignments[entry.assignment]
    record = None if assignment.name in told else records.read(assignment)
    told.add(assignment.name)
    points, seconds = ("", "") if record is None else (f"{record.points:g}", f"{record.seconds:g}")
    return statement(assignment.name, "../.."), points, assignment.environment, str(entry.mutants), seconds


if __name__ == "__main__":
    PAGE.write_text(page(ROOT / "assignments"), encoding="utf-8")
