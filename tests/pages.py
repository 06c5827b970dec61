"""What the pages of `make lectures` and `make references` share: headings, links to statements, lines of tables."""

from __future__ import annotations

from pathlib import Path

from grader.core.catalogue import Lecture

ROOT = Path(__file__).resolve().parents[1]


def heading(lecture: Lecture) -> str:
    """The heading of a lecture, in English as all documentation."""
    return f"\n## {lecture.number}. {lecture.title['en']}\n\n"


def line(*cells: str) -> str:
    """A line of a table, in which a bar of a cell ends no cell."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def statement(name: str, root: str) -> str:
    """A link to the statement of an assignment; ``root`` leads from the page to the root of the repository."""
    return f"[{name}]({root}/assignments/{name}/statement.en.md)"
