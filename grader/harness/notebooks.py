"""A notebook as one module: its code cells in order, each under a marker line that tells its number.

Outputs and Markdown are dropped unseen. Cells tagged as not for grading are left out. Magics and shell
lines stay in: they are no Python, so intake refuses them where it parses the module, with their cell.

A notebook may be hostile, so uploads are read by a process of their own (`grader.harness.unpacking`).
"""

from __future__ import annotations

import json
from typing import Any

from grader.core.errors import BadInput
from grader.core.submission import CELL_MARKER
from grader.harness.bounds import DEFAULT

SKIP_TAGS = frozenset({"no-grade", "nograde", "skip-grading", "remove-cell"})


def to_source(name: str, content: bytes) -> bytes:
    """The module of a notebook's code cells. Raises BadInput for what is no notebook, or has none."""
    parts: list[str] = []
    for number, cell in enumerate(_cells(name, content), start=1):
        if cell.get("cell_type") != "code" or _skipped(cell):
            continue
        source = "".join(cell["source"]) if isinstance(cell["source"], list) else cell["source"]
        parts.append(f"{CELL_MARKER}{number}\n{source}\n")
    if not parts:
        raise BadInput(f"{name} has no code cells for grading.", ru=f"В {name} нет ячеек с кодом для проверки.")
    try:
        return "".join(parts).encode("utf-8")
    except UnicodeEncodeError:
        raise BadInput(
            f"{name} holds characters that are no text.", ru=f"В {name} есть недопустимые символы."
        ) from None


def _cells(name: str, content: bytes) -> list[dict[str, Any]]:
    """The notebook's cells, of format 4 (older ones are converted by nbformat)."""
    try:
        text = content.decode("utf-8-sig")
        notebook = json.loads(text)
        if (count := _count_cells(notebook)) > DEFAULT.cells:
            raise BadInput(
                f"{name} has {count} cells; at most {DEFAULT.cells} are accepted.",
                ru=f"В {name} ячеек: {count}; принимается не больше {DEFAULT.cells}.",
            )
        cells: list[dict[str, Any]] = list((notebook if notebook.get("nbformat") == 4 else _converted(text))["cells"])
        if not all(_has_source(cell) for cell in cells):
            raise BadInput(f"{name} has a cell without source.", ru=f"В {name} есть ячейка без содержимого.")
    except BadInput:
        raise
    except Exception as error:  # nbformat raises JSON errors, KeyErrors and its own for what is no notebook
        kind = type(error).__name__
        raise BadInput(
            f"{name} is not a readable notebook ({kind}): save it again in Jupyter.",
            ru=f"{name} не читается как ноутбук ({kind}): сохраните его в Jupyter ещё раз.",
        ) from None
    return cells


def _converted(text: str) -> Any:
    """A notebook of an earlier format in today's. The library takes its time, and is seldom needed."""
    import nbformat

    return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]


def _has_source(cell: Any) -> bool:
    source = cell.get("source") if isinstance(cell, dict) and isinstance(cell.get("metadata", {}), dict) else None
    return isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))


def _count_cells(notebook: dict[str, Any]) -> int:
    """How many there are, before any is looked at. Earlier formats had them in worksheets."""
    sheets = [notebook, *notebook.get("worksheets", [])]
    return sum(len(sheet.get("cells", [])) for sheet in sheets)


def _skipped(cell: dict[str, Any]) -> bool:
    tags = cell.get("metadata", {}).get("tags", [])
    return isinstance(tags, list) and any(tag in SKIP_TAGS for tag in tags if isinstance(tag, str))
