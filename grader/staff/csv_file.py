"""Tables that staff bring as CSV: text in UTF-8, columns found by their names, lines numbered as editors do it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.core.errors import BadInput


@dataclass(frozen=True)
class Line:
    """A line of the table: its number in the file, and its cells by the name of their column, without outer spaces."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """``columns`` as the head names them; ``problems`` by line: those with more or fewer cells than the head."""

    columns: tuple[str, ...]
    lines: list[Line]
    problems: dict[int, str]


def read_text(path: Path) -> str:
    """A file's text. Raises BadInput."""
    try:
        return decode(path.read_bytes(), str(path))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def decode(content: bytes, name: str) -> str:
    """Bytes as text, with or without a byte order mark. Raises BadInput for what is no UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{name} is no text in UTF-8.", ru=f"{name}: это не текст в UTF-8.") from error


def read(text: str, names: Mapping[str, str], required: tuple[str, ...]) -> Table:
    """A table whose head names columns of ``names`` (as they may be written -> what they are called here).

    The separator is the one of comma, semicolon and tab that stands most often in the head. Raises BadInput for a
    head that lacks a required column, or has one that is not known, or has one twice.
    """
    head_line = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head_line.count))
    try:
        head = [cell.strip() for cell in next(reader, [])]
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        number = reader.line_num
        raise BadInput(
            f"line {number} is no line of a table.", ru=f"строка {number}: это не строка таблицы."
        ) from error
    columns = _columns(head, names, required)
    table = Table(columns, [], {})
    for number, row in rows:
        if len(row) == len(head):
            cells = {column: cell.strip() for column, cell in zip(columns, row, strict=True)}
            table.lines.append(Line(number, cells))
        else:
            table.problems[number] = f"{len(head)} cells are expected, {len(row)} came"
    return table


def _columns(head: list[str], names: Mapping[str, str], required: tuple[str, ...]) -> tuple[str, ...]:
    known = ", ".join(dict.fromkeys(names.values()))
    unknown = [name for name in head if name.lower() not in names]
    columns = tuple(names[name.lower()] for name in head if name.lower() in names)
    missing = [name for name in required if name not in columns]
    if missing or unknown or len(set(columns)) < len(columns):
        what = f"{', '.join(missing)} is missing" if missing else "one stands twice"
        what = f"{unknown[0][:40]!r} is not known" if unknown else what
        raise BadInput(
            f"The first line must name the columns, out of {known}: {what}.",
            ru=f"Первая строка называет столбцы, возможные — {known}: {what}.",
        )
    return columns


def in_order(problems: Mapping[int, str]) -> list[str]:
    """A sentence for each bad line, in the order of the file."""
    return [f"line {number}: {problem}" for number, problem in sorted(problems.items())]
