"""The sections of the lectures: which rows ask for each, and what no assignment asks for, and why.

Which rows ask for a section follows from the references, by the `Source:` of what assignments require for a row.
`sections.toml` tells the rest.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.core.assignment import Assignment
from tests.docstrings import module
from tests.pages import ROOT, line

FILE = Path(__file__).with_suffix(".toml")
COLUMNS = line("section", "title", "rows", "not asked for, and why") + "|---|---|---|---|\n"

Place = tuple[int, str]  # a lecture, and the number of its section


@dataclass(frozen=True)
class Section:
    """A section of a lecture, and what `sections.toml` tells of it."""

    lecture: int
    number: str
    title: str
    elsewhere: list[str] = field(default_factory=list)
    not_asked: str = ""

    @property
    def place(self) -> Place:
        return self.lecture, self.number


def sections() -> list[Section]:
    """All sections, in the order of the lectures."""
    return [Section(**told) for told in tomllib.loads(FILE.read_text(encoding="utf-8"))["section"]]


def rows_of_sections(assignments: Iterable[Assignment]) -> dict[Place, list[str]]:
    """The rows that ask for each section, sorted. Raises LookupError for a required name without a source."""
    rows: dict[Place, set[str]] = {}
    for assignment in assignments:
        for row, names in assignment.covers.items():
            for name in names:
                dotted, _, function = assignment.required[name].partition(":")
                rows.setdefault(module(ROOT, dotted).section(function), set()).add(row)
    return {place: sorted(found) for place, found in rows.items()}


def table(lecture: int, rows: Mapping[Place, Collection[str]]) -> str:
    """A table in Markdown of the sections of a lecture; nothing where none is known."""
    lines = [_line(one, rows.get(one.place, ())) for one in sections() if one.lecture == lecture]
    return f"\n{COLUMNS}{''.join(lines)}" if lines else ""


def _line(section: Section, rows: Collection[str]) -> str:
    parts = [", ".join(rows), f"elsewhere {', '.join(section.elsewhere)}" if section.elsewhere else ""]
    return line(section.number, section.title, "; ".join(filter(None, parts)), section.not_asked)
