"""The catalogue: what the lectures teach, row by row, and where the project has each of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.core.assignment import Assignment
from grader.core.errors import AssignmentFault
from grader.core.mutants import mutants
from grader.core.report import Bilingual


@dataclass(frozen=True)
class Lecture:
    """A lecture: its number, the package of its references, its title, and its rows' ids with theirs."""

    number: int
    package: str
    title: Bilingual
    rows: Mapping[str, Bilingual]


@dataclass(frozen=True)
class Entry:
    """One row: the reference module and the assignment that have it, where they do, and its mutants."""

    id: str
    lecture: int
    reference: str | None
    assignment: str | None
    mutants: int


def lectures() -> list[Lecture]:
    """The lectures in their order."""
    data = tomllib.loads((Path(__file__).parent / "catalogue.toml").read_text(encoding="utf-8"))
    return [Lecture(**lecture) for lecture in data["lecture"]]


def rows() -> list[tuple[str, int]]:
    """Every row's id with its lecture's number, in the order of the lectures."""
    return [(row, lecture.number) for lecture in lectures() for row in lecture.rows]


def titles() -> dict[str, Bilingual]:
    """What each row is called, by its id."""
    return {row: title for lecture in lectures() for row, title in lecture.rows.items()}


def catalogue(assignments: Iterable[Assignment], root: Path) -> list[Entry]:
    """The catalogue with what stands below ``root``. Raises AssignmentFault for a row that two cover, or unknown."""
    known = dict(rows())
    covered: dict[str, Assignment] = {}
    counts: dict[str, int] = {}
    for assignment in assignments:
        for row in assignment.covers:
            if row not in known or row in covered:
                other = covered[row].name if row in covered else "no lecture"
                raise AssignmentFault(f"{assignment.name} covers {row}, which belongs to {other}")
            covered[row] = assignment
        for mutant in mutants(assignment):
            counts[mutant.row] = counts.get(mutant.row, 0) + 1
    texts = {path.relative_to(root).as_posix(): path.read_text() for path in (root / "reference").rglob("*.py")}
    return [
        Entry(
            id=row,
            lecture=lecture,
            reference=next((path for path, text in sorted(texts.items()) if _mentions(text, row)), None),
            assignment=covered[row].name if row in covered else None,
            mutants=counts.get(row, 0),
        )
        for row, lecture in known.items()
    ]


def _mentions(text: str, row: str) -> bool:
    """Whether a module names this row, and not one whose id only begins like it."""
    return re.search(rf"(?<!\w){re.escape(row)}(?!\w)", text) is not None
