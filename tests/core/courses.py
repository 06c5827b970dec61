"""Assignments without folders, for tests of what only looks at their names and kinds."""

from pathlib import Path

from grader.core.assignment import Assignment
from grader.core.course import CourseItem


def assignment(name: str, kind: str) -> Assignment:
    return Assignment(
        name=name,
        folder=Path(name),
        title={"en": name, "ru": name},
        kind=kind,
        covers={},
        environment="numpy",
        required={"solve": "reference.none:solve"},
    )


KNOWN = {a.name: a for a in (assignment("a/lab", "lab"), assignment("a/lab2", "lab"), assignment("a/task", "task"))}


def item(name: str, points, deadline=None, **settings) -> CourseItem:
    """One of the assignments above as a course sets it."""
    known = KNOWN[name]
    return CourseItem(name, known.kind, known.title, points, deadline, assignment=known, **settings)
