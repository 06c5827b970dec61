"""Assignments without folders, for tests of what only looks at their names and kinds."""

from pathlib import Path

from grader.core.assignment import Assignment


def assignment(name: str, kind: str) -> Assignment:
    return Assignment(
        name=name,
        folder=Path(name),
        title={"en": name, "ru": name},
        kind=kind,
        covers=(),
        environment="numpy",
        required={"solve": "reference.none:solve"},
    )


KNOWN = {a.name: a for a in (assignment("a/lab", "lab"), assignment("a/lab2", "lab"), assignment("a/task", "task"))}
