"""Cells of a table that somebody will open in a spreadsheet, or another system import.

Text that a spreadsheet would run gets an apostrophe in CSV. What another system finds people by does not: an address
or a login is no formula that could do anything, and with an apostrophe nobody would be found by it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from fractions import Fraction

from grader.core.scoring import rounded


class Key(str):
    """What people are found by elsewhere: a login, an address of mail. It is written as it is kept."""


Cell = str | Fraction | None  # text (or a key), a number, nothing

# Letters, digits and these signs make numbers and names, but no call of anything.
_HARMLESS = re.compile(r"[\w.@+-]*")
# What a spreadsheet takes for a formula, also in full width, at the beginning or after what may divide cells, with
# blanks before it or without: where the comma is the decimal sign, a file with commas is divided at semicolons.
_FORMULA = re.compile("(^|[;\t\r\n])(?=[\\s\x00-\x20\ufeff\u200b]*[=+@\uff1d\uff0b\uff0d\uff20-])")


def plain(text: str) -> str:
    """Text that stays text: an apostrophe stands before what a spreadsheet would take for a formula.

    >>> plain("=1+1"), plain(" @here"), plain("Anna-Maria")
    ("'=1+1", "' @here", 'Anna-Maria')
    """
    return _FORMULA.sub(r"\1'", text)


def as_csv(rows: Iterable[Iterable[Cell]]) -> str:
    """Rows as CSV; lines end as RFC 4180 says."""
    written = io.StringIO()
    writer = csv.writer(written)
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    return written.getvalue()


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Key) and _HARMLESS.fullmatch(cell):
        return cell
    return plain(cell) if isinstance(cell, str) else f"{rounded(cell):f}"
