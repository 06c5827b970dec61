"""A sheet of an XLSX file as text: a row a line, every cell in quotes, so that it is read like any other table.

Numbers are written as a person would type them, dates as ISO 8601. What a formula has come to is read, not the formula.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from openpyxl import load_workbook

from grader.core.errors import BadInput
from grader.staff.tables.notes import Note, quoted

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MOST_ROWS, _MOST_COLUMNS, _MOST_BYTES = 20_000, 200, 16_000_000


def is_workbook(content: bytes) -> bool:
    """Whether these bytes are a workbook of any kind and no text."""
    return content.startswith((_ZIP, _OLE))


def to_text(content: bytes, name: str) -> tuple[str, tuple[Note, ...]]:
    """The first sheet that is shown and holds something, as CSV; and that others were left out. Raises BadInput."""
    if not content.startswith(_ZIP) or not _fits(content):
        raise _no_workbook(name)
    try:
        with warnings.catch_warnings():  # about styles and the like, which nobody reads here
            warnings.simplefilter("ignore")
            texts = _texts(content, name)
    except BadInput:
        raise
    except Exception as error:  # whatever a damaged archive makes of its reader
        raise _no_workbook(name) from error
    full = [title for title, text in texts.items() if text]
    if not full:
        raise BadInput(f"{name} is empty.", ru=f"{name}: пустой файл.")
    return texts[full[0]], (_only(full),) if len(full) > 1 else ()


def _texts(content: bytes, name: str) -> dict[str, str]:
    """Each sheet that is shown, by its title."""
    values, formulas = (load_workbook(io.BytesIO(content), read_only=True, data_only=only) for only in (True, False))
    shown = [sheet.title for sheet in values.worksheets if sheet.sheet_state == "visible"]
    return {title: _text(values[title], formulas[title], name) for title in shown}


def _fits(content: bytes) -> bool:
    """Whether it is a workbook that unpacks into an amount we can read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {one.filename: one.file_size for one in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    return any(one.startswith("xl/workbook") for one in sizes) and sum(sizes.values()) <= _MOST_BYTES


def _text(values: Any, formulas: Any, name: str) -> str:
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n")
    end = 0
    for row in _rows(values, formulas, name):
        writer.writerow(row)
        end = written.tell() if any(row) else end
    return written.getvalue()[:end]  # a sheet often ends with thousands of empty rows


def _rows(values: Any, formulas: Any, name: str) -> Iterator[list[str]]:
    for sheet in (values, formulas):
        sheet.reset_dimensions()  # what the file says of them may be wrong
    both = zip(values.iter_rows(), formulas.iter_rows(), strict=True)
    for number, (row, as_typed) in enumerate(both, start=1):
        if number > _MOST_ROWS:
            raise BadInput(f"{name} has more than {_MOST_ROWS} rows.", ru=f"{name}: больше {_MOST_ROWS} строк.")
        yield [_cell(value, typed) for value, typed in zip(row[:_MOST_COLUMNS], as_typed, strict=False)]


def _cell(cell: Any, as_typed: Any) -> str:
    value = cell.value
    if value is None:
        if as_typed.data_type == "f":
            raise _unread(as_typed, "a formula that no spreadsheet has computed", "формула, которую никто не вычислил")
        return ""
    if cell.data_type == "e":
        raise _unread(cell, f"the error {value}", f"ошибка {value}")
    if isinstance(value, datetime):
        with_time = "h" in (cell.number_format or "").lower()
        return value.isoformat(timespec="seconds") if with_time else value.date().isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return " ".join(str(value).split())


def _unread(cell: Any, en: str, ru: str) -> BadInput:
    at = cell.coordinate
    return BadInput(
        f"Cell {at} holds {en}. Open the table in a spreadsheet, correct it and save it.",
        ru=f"В ячейке {at} {ru}. Откройте таблицу, исправьте ячейку и сохраните.",
    )


def _no_workbook(name: str) -> BadInput:
    return BadInput(
        f"{name} is no XLSX file that can be read (perhaps an old .xls, an .ods, or it has a password). "
        "Save the table as XLSX or CSV.",
        ru=f"{name}: это не файл XLSX (возможно, старый .xls, .ods или файл с паролем). "
        "Сохраните таблицу в формате XLSX или CSV.",
    )


def _only(full: list[str]) -> Note:
    (first, first_ru), (en, ru) = quoted(full[:1]), quoted(full[1:])
    return Note(f"the sheet {first} was read, and not {en}", f"прочитан лист {first_ru}, но не {ru}")
