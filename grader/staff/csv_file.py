"""Tables that staff bring, as CSV or XLSX: one reader for people, theory points, bonus and extensions.

Columns are found by their names, lines are numbered as editors and spreadsheets do it. What was left out or understood
in some way that a person should know is in the table's notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.core.errors import BadInput
from grader.staff.tables import encoding, head, lines, rows, workbook
from grader.staff.tables.head import Chosen, NoColumns
from grader.staff.tables.lines import Line
from grader.staff.tables.notes import Note
from grader.staff.tables.words import key

__all__ = ["Chosen", "Line", "NoColumns", "Note", "Source", "Table", "decode", "in_order", "read", "read_text"]


class Source(str):
    """A file's text, and in ``notes`` what should be known of how it was read."""

    notes: tuple[Note, ...]

    def __new__(cls, text: str, notes: tuple[Note, ...] = ()) -> Source:
        made = super().__new__(cls, text)
        made.notes = notes
        return made


@dataclass(frozen=True)
class Table:
    """``columns`` as they are called here; ``problems`` by line; ``names`` are all columns as the file calls them.

    ``places`` says which of these each column was read from, by their numbers in ``names``.
    """

    columns: tuple[str, ...]
    lines: list[Line]
    problems: dict[int, Note | str]
    notes: list[Note] = field(default_factory=list)
    names: tuple[str, ...] = ()
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def read_text(path: Path) -> Source:
    """What a file holds. Raises BadInput."""
    try:
        return decode(path.read_bytes(), str(path))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def decode(content: bytes, name: str) -> Source:
    """Bytes as the text of a table: CSV in any usual encoding, or a sheet of an XLSX. Raises BadInput for neither."""
    if workbook.is_workbook(content):
        return Source(*workbook.to_text(content, name))
    text, eight_bit = encoding.decode(content, name)
    beginning = text[:500].lstrip().lower()
    if beginning.startswith(("<!doctype", "<html", "<table", "<?xml", "%pdf")):
        raise BadInput(
            f"{name} is a web page or a document, and no table. Open it in a spreadsheet and save it as XLSX or CSV.",
            ru=f"{name}: это веб-страница или документ, а не таблица. Откройте файл в редакторе таблиц и сохраните "
            "в формате XLSX или CSV.",
        )
    notes = [Note(f"the text was read as {eight_bit}", f"текст прочитан в кодировке {eight_bit}")] if eight_bit else []
    return Source(text, tuple(notes))


def read(text: str, names: Mapping[str, str], required: tuple[str, ...], chosen: Chosen | None = None) -> Table:
    """A table some line of which names columns of ``names`` (as they may be written -> what they are called here).

    ``chosen`` says for columns here which of the file's they are. Columns that are not known are left out. Raises
    BadInput where the text cannot be divided into rows, and NoColumns (a BadInput) for a head that lacks a required
    column, or where two columns may be the same one.
    """
    text, read_as = text.lstrip("\ufeff"), getattr(text, "notes", ())
    words = {key(word): meaning for word, meaning in names.items()}
    if not text.strip():
        raise BadInput("The table is empty.", ru="Таблица пуста.")
    separator = _separator(text, words, chosen or {})
    all_rows = rows.rows(text, separator)
    found = head.find(all_rows, words, required, chosen or {})
    made = lines.lines(all_rows, found, required)
    columns = tuple(dict.fromkeys(column for column in words.values() if column in found.places))
    notes = [*read_as, *lines.notes_on(found, all_rows), *made.notes]
    return Table(columns, made.lines, made.problems, notes, found.names, found.places)


def in_order(problems: Mapping[int, Note | str], language: str = "en") -> list[str]:
    """A sentence for each bad line, in the order of the file."""
    line = "строка" if language == "ru" else "line"
    return [
        f"{line} {number}: {problem if isinstance(problem, str) else problem.told(language)}"
        for number, problem in sorted(problems.items())
    ]


def _separator(text: str, words: Mapping[str, str], chosen: Chosen) -> str:
    """The sign at which most columns are known; the most cells decide where none is."""
    asked = {**words, **{key(name): f"chosen {name}" for listed in chosen.values() for name in listed}}

    def fits(sign: str) -> tuple[int, int]:
        first = rows.beginning(text, sign)
        return head.recognised(first, asked), max((len(row.cells) for row in first), default=0)

    return max(rows.separators(text), key=fits)
