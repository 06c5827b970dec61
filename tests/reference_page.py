"""``make references``: writes reference/README.md: what the references hold, by lectures and sections, from docstrings.

Each row of the catalogue that an assignment covers stands in the sections of its functions, with what their docstrings
tell of complexity and papers. No reference is imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.core.assignment import Assignment, load_all
from grader.core.catalogue import Lecture, read
from tests.docstrings import Module, citation, module, papers, parts
from tests.pages import ROOT, heading, line, statement
from tests.sections import sections

PAGE = ROOT / "reference" / "README.md"
EXAMPLE = "reference.clustering.centers.kmeans", "kmeans"  # the example of the introduction
HEAD = """\
# References to read

Readable implementations of everything that the assignments ask for: a package a lecture, in it a package a section (or
some that belong together), a module an algorithm. A public function checks its arguments first
([checks](checks/__init__.py)), then computes; randomness comes from a generator that is an argument, and arrays that
are given stay as they are. Its docstring tells what comes back, ties and limits, shapes and units, errors, complexity
and source: [the form](../docs/reference/references.md). The tests run the examples in docstrings. To try one, in the
root of the repository after `make setup`:

    $ .venv/bin/python
    >>> from {module} import {name}
{example}

Complexity is that of the code here, in the symbols of the docstring's parameters; other symbols are explained beside
it. Memory stands where it says something. A function that is an argument, such as a loss or a model, is counted by its
calls; a step is one iteration of the method, a pass one run of a network. Where the code is slower than need be, since
it is simpler so, what is possible is added. "As in" refers to a function of the same lecture.

`make references` writes this page from the docstrings and the catalogue, and a test holds it to them. Where each row is
asked, with points and mutants: [Lectures, rows and assignments](../docs/reference/lectures.md).
"""
COLUMNS = line("algorithm", "module", "name", "complexity", "paper", "assignment") + "|---|---|---|---|---|---|\n"


@dataclass(frozen=True)
class Entry:
    """A function or class that an assignment asks for, under one row of the catalogue."""

    title: str
    assignment: str
    module: Module
    name: str

    @cached_property
    def parts(self) -> dict[str, str]:
        """The parts of its docstring."""
        return parts(self.module.doc(self.name))

    @property
    def section(self) -> str:
        """The number of its section, such as 40.1."""
        return self.module.section(self.name)[1]

    @property
    def citations(self) -> list[str]:
        """The papers of its Source, in full. Raises ValueError for one that no docstring cites so."""
        before_parts = self.module.doc(self.name).partition("\nParameters:")[0]
        return [citation(paper, self.module.doc(), before_parts) for paper in papers(self.parts["Source"])]


def page(root: Path) -> str:
    """Markdown: tables by lectures and sections, of the assignments, catalogue and references below ``root``."""
    known, titles = read(root / "assignments"), {section.number: section.title for section in sections()}
    of_rows = {row: assignment for assignment in load_all(root / "assignments") for row in assignment.covers}
    chunks = [_introduction(root)]
    for lecture in known.lectures:
        entries = list(_entries(lecture, of_rows, root))
        chunks.append(heading(lecture))
        for section in sorted({entry.section for entry in entries}, key=lambda number: [*map(int, number.split("."))]):
            chunks.append(f"### Section {section}. {titles[section]}\n\n{COLUMNS}")
            chunks += [*_lines([entry for entry in entries if entry.section == section]), "\n"]
        chunks += _papers(entries)
    return "".join(chunks).rstrip("\n") + "\n"


def _introduction(root: Path) -> str:
    """How to read the folder, with the example of a docstring."""
    path, name = EXAMPLE
    _, _, example = module(root, path).doc(name).partition("\n\n>>> ")
    lines = "\n".join(f"    {one}" for one in f">>> {example}".splitlines())
    return HEAD.format(module=path, name=name, example=lines)


def _entries(lecture: Lecture, of_rows: dict[str, Assignment], root: Path) -> Iterator[Entry]:
    """What assignments ask for in this lecture, in the order of its rows."""
    for row, title in lecture.rows.items():
        if assignment := of_rows.get(row):
            for name in assignment.covers[row]:
                dotted, _, function = assignment.required[name].partition(":")
                yield Entry(title["en"], assignment.name, module(root, dotted), function)


def _lines(entries: list[Entry]) -> Iterator[str]:
    """A line of the table for each; what is as in the line before is told once."""
    before: Entry | None = None
    for entry in entries:
        same_row = before is not None and before.title == entry.title
        same_module = same_row and before is not None and before.module.path == entry.module.path
        place = entry.module.path.partition("/")[2]
        yield line(
            "" if same_row else entry.title,
            "" if same_module else f"`{place}`",
            f"[{entry.name}]({place})",
            _plain(entry.parts["Complexity"]),
            "; ".join(papers(entry.parts["Source"])) or "lecture",
            "" if same_row else statement(entry.assignment, ".."),
        )
        before = entry


def _plain(text: str) -> str:
    """A part of a docstring as a cell of a table: code in single backquotes, no full stop at the end."""
    return text.replace("``", "`").removesuffix(".")


def _papers(entries: list[Entry]) -> Iterator[str]:
    """The full citations of a lecture, by the first author's surname."""
    citations = {one for entry in entries for one in entry.citations}
    if citations:
        yield "Papers:\n\n"
        yield from (f"- {one}\n" for one in sorted(citations, key=_from_surname))


def _from_surname(one: str) -> str:
    """A citation from the first author's surname on, without capitals, for its place in the list."""
    return re.sub(r"^(?:[A-Z]\.[ -]?)+", "", one).casefold()


if __name__ == "__main__":
    PAGE.write_text(page(ROOT), encoding="utf-8")
