"""A notebook as one module: its code cells in order, each under a marker line that tells its number.

Outputs, widgets' state, attachments and Markdown are dropped unseen, so only code counts to the size of a submission.
Cells tagged as not for grading are left out. What is written for Jupyter and not for Python is seen to in
`grader.harness.cells`. Formats 2 to 4 differ, in what is read here, by one level and one name; so no library is
needed, none that might check, convert, or write a notebook's text into a log.

A notebook may be hostile, so uploads are read by a process of their own (`grader.harness.unpacking`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.core.errors import BadInput
from grader.core.report import Bilingual
from grader.core.submission import CELL_MARKER
from grader.core.text import clean
from grader.harness.bounds import DEFAULT
from grader.harness.cells import Command, Notes, bare_commands, plain, split_futures

SKIP_TAGS = frozenset({"no-grade", "nograde", "skip-grading", "remove-cell"})
TAG = min(SKIP_TAGS)
_PYTHON = frozenset({"python", "ipython", "python2", "python3", ""})
_FORMATS = (2, 3, 4)


@dataclass(frozen=True)
class Module:
    """A notebook's module, and what was left out of it or is done otherwise than in Jupyter."""

    source: bytes
    notices: tuple[Bilingual, ...] = ()


def to_module(name: str, content: bytes) -> Module:
    """The module of a notebook's code cells. Raises BadInput for what is no notebook, or has none."""
    code = list(_code(name, content))
    notes = Notes(bare_commands(source for _, source in code))
    parts: list[str] = []
    futures: list[str] = []
    for number, source in code:
        try:
            lines, asked = split_futures(plain(source, notes, number))
        except Command as command:
            raise _refused(name, number, command) from None
        futures += asked
        parts.append(f"{CELL_MARKER}{number}\n" + "\n".join(lines) + "\n")
    if not parts:
        raise BadInput(f"{name} has no code cells for grading.", ru=f"В {name} нет ячеек с кодом для проверки.")
    if futures:
        parts.insert(0, f"from __future__ import {', '.join(dict.fromkeys(futures))}\n")
    try:
        return Module("".join(parts).encode("utf-8"), tuple(notes.told(name)))
    except UnicodeEncodeError:
        raise BadInput(
            f"{name} holds characters that are no text.", ru=f"В {name} есть недопустимые символы."
        ) from None


def _refused(name: str, number: int, command: Command) -> BadInput:
    text = clean(command.text, limit=60)
    return BadInput(
        f"{name}, cell {number}, line {command.line}: {text!r} is a notebook command, not Python. "
        f"Remove it, or tag the cell {TAG!r} to leave it out of grading.",
        ru=f"{name}, ячейка {number}, строка {command.line}: {text!r} — команда ноутбука, а не Python. "
        f"Уберите её или пометьте ячейку тегом {TAG!r}, чтобы она не проверялась.",
    )


def _code(name: str, content: bytes) -> Iterator[tuple[int, str]]:
    """The code cells that are for grading, each with its number among all cells."""
    for number, cell in enumerate(_cells(name, content), start=1):
        if cell.get("cell_type") != "code" or _skipped(cell):
            continue
        source = cell.get("source", cell.get("input"))
        yield number, source if isinstance(source, str) else "".join(source or ())


def _cells(name: str, content: bytes) -> list[dict[str, Any]]:
    """The notebook's cells. Raises BadInput."""
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
        _check_kind(name, notebook)
        sheets = [notebook, *notebook.get("worksheets", [])]  # formats before 4 have their cells in these
        if (count := sum(len(sheet.get("cells", [])) for sheet in sheets)) > DEFAULT.cells:
            raise BadInput(
                f"{name} has {count} cells; at most {DEFAULT.cells} are accepted.",
                ru=f"В {name} ячеек: {count}; принимается не больше {DEFAULT.cells}.",
            )
        cells: list[dict[str, Any]] = [cell for sheet in sheets for cell in sheet.get("cells", [])]
        if not all(_has_source(cell) for cell in cells):
            raise BadInput(f"{name} has a cell without source.", ru=f"В {name} есть ячейка без содержимого.")
    except BadInput:
        raise
    except Exception as error:  # of JSON, of what is no object where one should be, of memory
        kind = type(error).__name__
        raise BadInput(
            f"{name} is not a readable notebook ({kind}): save it again in Jupyter.",
            ru=f"{name} не читается как ноутбук ({kind}): сохраните его в Jupyter ещё раз.",
        ) from None
    return cells


def _check_kind(name: str, notebook: dict[str, Any]) -> None:
    """Raise BadInput for a format that is not read here, and for a notebook of another language."""
    version = notebook["nbformat"]
    if version not in _FORMATS or isinstance(version, bool | float):
        told = clean(f"{version}", limit=20)
        raise BadInput(
            f"{name} is not a readable notebook: it says that its format is {told}, and formats {_FORMATS[0]} to "
            f"{_FORMATS[-1]} are read here. Save it as format {_FORMATS[-1]}, or upload a .py file.",
            ru=f"{name} не читается как ноутбук: его формат — {told}, а здесь читаются форматы от {_FORMATS[0]} до "
            f"{_FORMATS[-1]}. Сохраните его в формате {_FORMATS[-1]} или загрузите файл .py.",
        )
    language = _text(notebook, "kernelspec", "language") or _text(notebook, "language_info", "name")
    if language.lower() not in _PYTHON:
        shown = clean(language, limit=30)
        raise BadInput(
            f"{name} is a notebook in {shown}; solutions are in Python.",
            ru=f"Язык ноутбука {name} — {shown}; решения пишутся на Python.",
        )


def _text(notebook: dict[str, Any], table: str, key: str) -> str:
    """A text of the metadata; empty where it is not there, or is something else."""
    metadata = notebook.get("metadata")
    held = metadata.get(table) if isinstance(metadata, dict) else None
    value = held.get(key) if isinstance(held, dict) else None
    return value if isinstance(value, str) else ""


def _has_source(cell: Any) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("metadata") or {}, dict):
        return False
    source = cell.get("source", cell.get("input"))
    if source is None:
        return cell.get("cell_type") not in ("code", None)
    return isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))


def _skipped(cell: dict[str, Any]) -> bool:
    metadata = cell.get("metadata") or {}
    tags = metadata.get("tags", [])
    return isinstance(tags, list) and any(tag in SKIP_TAGS for tag in tags if isinstance(tag, str))
