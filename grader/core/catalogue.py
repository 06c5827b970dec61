"""The catalogue: what the lectures teach, row by row, and where the assignments and references have each of them.

A folder of assignments may hold a `catalogue.toml` of its own course; where it holds none, the one beside this module
holds. Both have the same form.
"""

from __future__ import annotations

import keyword
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.core.assignment import LANGUAGES, Assignment
from grader.core.errors import AssignmentFault
from grader.core.mutants import mutants
from grader.core.report import Bilingual

FILE = "catalogue.toml"
REFERENCES = "reference"  # the package of the references, unless a catalogue names another
_PACKAGE = re.compile(r"[a-z][a-z0-9_]*")
_ROW = re.compile(r"[A-Za-z][A-Za-z0-9]*\.[a-z][a-z0-9_]*")
_OURS = {"grader", "worker", "web", "assignments", "tests"}


@dataclass(frozen=True)
class Lecture:
    """A lecture: its number, the package of its references, its title, and its rows' ids with theirs."""

    number: int
    package: str
    title: Bilingual
    rows: Mapping[str, Bilingual]


@dataclass(frozen=True)
class Catalogue:
    """The lectures in their order; ``references`` is the package, beside the assignments, that has theirs."""

    lectures: tuple[Lecture, ...]
    references: str = REFERENCES

    @property
    def rows(self) -> dict[str, int]:
        """Every row's id with its lecture's number, in the order of the lectures."""
        return {row: lecture.number for lecture in self.lectures for row in lecture.rows}

    @property
    def titles(self) -> dict[str, Bilingual]:
        """What each row is called, by its id."""
        return {row: title for lecture in self.lectures for row, title in lecture.rows.items()}


@dataclass(frozen=True)
class Entry:
    """One row: the reference module and the assignment that have it, where they do, and its mutants."""

    id: str
    lecture: int
    reference: str | None
    assignment: str | None
    mutants: int


def read(folder: Path) -> Catalogue:
    """The catalogue of the assignments in this folder. Raises AssignmentFault: what is wrong, and what is expected."""
    own = folder / FILE
    path = own if own.exists() else Path(__file__).with_name(FILE)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise AssignmentFault(f"{path}: {error}") from error
    return _catalogue(str(path), data)


def entries(assignments: Iterable[Assignment], folder: Path) -> list[Entry]:
    """Every row of the catalogue of this folder, with what stands in it and in the references beside it.

    Raises AssignmentFault for a row that two cover, or unknown.
    """
    known = read(folder)
    covered: dict[str, Assignment] = {}
    counts: dict[str, int] = {}
    for assignment in assignments:
        for row in assignment.covers:
            if row not in known.rows or row in covered:
                other = covered[row].name if row in covered else "no lecture"
                raise AssignmentFault(f"{assignment.name} covers {row}, which belongs to {other}")
            covered[row] = assignment
        for mutant in mutants(assignment):
            counts[mutant.row] = counts.get(mutant.row, 0) + 1
    root = folder.parent
    sources = sorted((root / known.references).rglob("*.py"))
    texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in sources}
    return [
        Entry(
            id=row,
            lecture=lecture,
            reference=next((path for path, text in texts.items() if _mentions(text, row)), None),
            assignment=covered[row].name if row in covered else None,
            mutants=counts.get(row, 0),
        )
        for row, lecture in known.rows.items()
    ]


def _mentions(text: str, row: str) -> bool:
    """Whether a module names this row, and not one whose id only begins like it."""
    return row in text and re.search(rf"(?<!\w){re.escape(row)}(?!\w)", text) is not None


# -- reading the file ------------------------------------------------------------------------------------


def _catalogue(place: str, data: Mapping[str, Any]) -> Catalogue:
    _check_keys(place, data, {"references", "lecture"})
    references, listed = data.get("references", REFERENCES), data.get("lecture")
    if not _is_package(references) or references in {*sys.stdlib_module_names, *_OURS}:
        raise _fault(place, "references", 'the name of a package of its own, in lower case, such as "reference"')
    if not isinstance(listed, list) or not listed:
        raise _fault(place, "[[lecture]]", "given once for each lecture")
    lectures = tuple(_lecture(f"{place}: lecture {number}", table) for number, table in enumerate(listed, 1))
    _check_once(place, "number", [str(lecture.number) for lecture in lectures])
    _check_once(place, "package", [lecture.package for lecture in lectures])
    _check_once(place, "row", [row for lecture in lectures for row in lecture.rows])
    return Catalogue(tuple(sorted(lectures, key=lambda lecture: lecture.number)), references)


def _lecture(place: str, table: Any) -> Lecture:
    if not isinstance(table, dict):
        raise AssignmentFault(f"{place} must be a table")
    _check_keys(place, table, {"number", "package", "title", "rows"})
    number, package, rows = table.get("number"), table.get("package"), table.get("rows")
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise _fault(place, "number", "a whole number")
    if not _is_package(package):
        raise _fault(place, "package", 'the name of a package, in lower case, such as "clustering"')
    if not isinstance(rows, dict) or not rows:
        raise _fault(place, "[lecture.rows]", "a table of rows with their titles")
    for row in rows:
        if not _ROW.fullmatch(row):
            raise _fault(
                place, f'rows."{row}"', 'named like "L09.kmeans": the second part is what its function is called'
            )
    _check_once(place, "second part of a row", [row.partition(".")[2] for row in rows])
    titles = {row: _title(place, f'rows."{row}"', title) for row, title in rows.items()}
    return Lecture(number, str(package), _title(place, "title", table.get("title")), titles)


def _title(place: str, key: str, texts: Any) -> Bilingual:
    whole = isinstance(texts, dict) and set(texts) == set(LANGUAGES)
    if not whole or not all(isinstance(text, str) and text.strip() for text in texts.values()):
        raise _fault(place, key, "given in en and ru")
    return dict(texts)


def _is_package(name: Any) -> bool:
    return isinstance(name, str) and _PACKAGE.fullmatch(name) is not None and not keyword.iskeyword(name)


def _check_keys(place: str, table: Mapping[str, Any], known: Iterable[str]) -> None:
    for key in table:
        if key not in known:
            raise _fault(place, key, f"one of {', '.join(sorted(known))}")


def _check_once(place: str, what: str, values: Sequence[str]) -> None:
    if repeated := [value for value in dict.fromkeys(values) if values.count(value) > 1]:
        raise AssignmentFault(f"{place}: twice as a {what}: {', '.join(repeated)}")


def _fault(place: str, key: str, expected: str) -> AssignmentFault:
    return AssignmentFault(f"{place}: {key} must be {expected}")
