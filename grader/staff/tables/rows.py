"""The rows of a text: at which sign cells are divided, what quotes hold together, and which line a row stands in.

A quote that is opened and not closed would make one cell of many lines, and one student of many. It is an error here,
with its line, and so is a cell in which whole lines of the table seem to have got caught.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from grader.core.errors import BadInput

SEPARATORS = (",", ";", "\t", "|")
HEAD_WITHIN = 40  # the rows among which a head is looked for
_SEP_LINE = re.compile(r'\s*"?sep=(?P<sign>[^\w\n"\' ])"?[^\n]*', re.IGNORECASE)
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how a number is kept as text in CSV: ="007"
_GUARDED = re.compile(r"\A'(?=\s*[=+@-])")  # how an export keeps a spreadsheet from running a cell
_UNSEEN = " \t\r\n\u00a0\u200b\u200e\u200f\ufeff\u00ad"


@dataclass(frozen=True)
class Row:
    """The line that a row begins in, and its cells without outer spaces."""

    number: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> list[str]:
        """The cells that hold something."""
        return [cell for cell in self.cells if cell]


def separators(text: str) -> tuple[str, ...]:
    """The signs that may divide the cells, the one first that the file itself names in a line ``sep=;``."""
    named = _SEP_LINE.fullmatch(text.partition("\n")[0].rstrip("\r"))
    first = (named["sign"],) if named else ()
    return tuple(dict.fromkeys((*first, *SEPARATORS)))


def beginning(text: str, separator: str) -> list[Row]:
    """The first rows, as far as they can be divided at this sign."""
    found: list[Row] = []
    with suppress(BadInput):  # it is told when the whole text is read
        for row in islice(_rows(text, separator), HEAD_WITHIN):
            found.append(row)
    return found


def rows(text: str, separator: str) -> list[Row]:
    """All rows, the empty ones too. Raises BadInput for a quote in a wrong place."""
    return list(_rows(text, separator))


def _rows(text: str, separator: str) -> Iterator[Row]:
    lines = [line + "\n" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    first = 1 if _SEP_LINE.fullmatch(lines[0].rstrip("\n")) else 0
    quote = _quote(lines[first:], separator)
    reader = csv.reader(lines[first:], delimiter=separator, quotechar=quote, skipinitialspace=True, strict=True)
    while True:
        number = first + reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _bad_quote(number, first + reader.line_num, str(error)) from error
        if first + reader.line_num > number:
            _whole_lines(row, separator, number)
        yield Row(number, tuple(_cell(cell) for cell in row))


def _quote(lines: list[str], separator: str) -> str:
    """The quote: a single one only where it stands around every cell of the first line."""
    head = next((line for line in lines if line.strip()), "")
    cells = [cell.strip() for cell in head.split(separator)]
    single = all(len(cell) > 2 and cell[0] == cell[-1] == "'" for cell in cells)
    return "'" if single else '"'


def _cell(text: str) -> str:
    cell = text.strip(_UNSEEN)
    as_text = _AS_TEXT.fullmatch(cell)
    return as_text[1].strip(_UNSEEN) if as_text else _GUARDED.sub("", cell)


def _whole_lines(row: list[str], separator: str, number: int) -> None:
    """Raises BadInput for a cell of several lines, one of which divides into as many cells as the row itself."""
    for cell in row:
        inner = cell.split("\n")[1:]
        if len(row) > 1 and any(line.count(separator) >= len(row) - 1 for line in inner):
            raise BadInput(
                f"line {number}: a quote holds this line and those below it together as one cell. "
                "Take the quote away, or write the cell in one line.",
                ru=f"строка {number}: кавычка склеила эту строку и строки под ней в одну ячейку. "
                "Уберите кавычку или запишите ячейку в одну строку.",
            )


def _bad_quote(number: int, last: int, error: str) -> BadInput:
    if "unexpected end" in error or last > number:
        return BadInput(
            f"line {number}: a quote is opened here and not closed.",
            ru=f"строка {number}: здесь открыта кавычка, а закрывающей нет.",
        )
    if "field larger" in error:
        return BadInput(f"line {number}: a cell is too long.", ru=f"строка {number}: слишком длинная ячейка.")
    return BadInput(
        f"line {number}: a quote stands in the middle of a cell. Inside quotes it is written twice.",
        ru=f"строка {number}: кавычка стоит внутри ячейки. Внутри кавычек её пишут дважды.",
    )
