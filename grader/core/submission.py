"""A submission as the grader runs it: a few text files, one of them the entry.

Intake makes one from what was uploaded; the sandbox gets exactly these files. A notebook has become one
module by then, in which a marker line stands before each cell, so that a line can be told as cell and line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

CELL_MARKER = "# %% cell "

_LINE_END = re.compile(r"\r\n|\r|\n")  # Python's own; `splitlines` also splits at form feeds and the like
_NOTEBOOK_FRAME = re.compile(r'File "([^"\n]+\.ipynb)", line (\d{1,9})')


@dataclass(frozen=True)
class Submission:
    """``files`` by relative POSIX path; ``entry`` is the path of the module that defines the required names.

    ``notices`` are what whoever hands it in is told: texts by language. They are no part of what is graded.
    """

    entry: str
    files: Mapping[str, bytes]
    notices: tuple[Mapping[str, str], ...] = field(default=(), compare=False)

    @property
    def sha256(self) -> str:
        """One hash over the entry's name and every file's path, length and bytes, in the order of paths."""
        digest = hashlib.sha256(self.entry.encode() + b"\0")
        for path in sorted(self.files):
            content = self.files[path]
            digest.update(f"{path}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()

    def place(self, file: str | None, line: int | None, language: str = "en") -> str:
        """Where a line is, in the student's words: ``solution.py, line 7``, or a notebook's cell and line."""
        cell_word, line_word = ("ячейка", "строка") if language == "ru" else ("cell", "line")
        if file is None:
            return ""
        if line is None:
            return file
        if file.endswith(".ipynb") and file in self.files:
            cell, line = _cell_and_line(self._lines(file), line)
            return f"{file}, {cell_word} {cell}, {line_word} {line}"
        return f"{file}, {line_word} {line}"

    def cell_of(self, file: str, line: int) -> int:
        """The cell of a notebook that a line of its module lies in; 0 for lines before the first."""
        number, _ = _cell_and_line(self._lines(file), line)
        return int(number) if number.isdecimal() else 0

    def cell_starts(self, file: str) -> list[int]:
        """The lines of a notebook's module on which cells begin; none for any other module."""
        if not file.endswith(".ipynb"):
            return []
        return [number for number, line in enumerate(self._lines(file), start=1) if line.startswith(CELL_MARKER)]

    def line(self, file: str | None, number: int | None) -> str:
        """The text of a line, without the space around it; empty where there is no such line."""
        lines = self._lines(file) if file in self.files and file is not None else []
        return lines[number - 1].strip() if number is not None and 0 < number <= len(lines) else ""

    def has_line(self, file: str, number: int) -> bool:
        return file in self.files and 0 < number <= len(self._lines(file))

    def traceback(self, text: str) -> str:
        """A traceback in which lines of a notebook are told as `place` tells them, in cells."""

        def in_cells(found: re.Match[str]) -> str:
            file, number = found[1], int(found[2])
            if file not in self.files:
                return found[0]
            cell, line = _cell_and_line(self._lines(file), number)
            return f'File "{file}", cell {cell}, line {line}'

        return _NOTEBOOK_FRAME.sub(in_cells, text)

    def _lines(self, file: str) -> list[str]:
        return _LINE_END.split(self.files[file].decode(errors="replace"))


def _cell_and_line(lines: list[str], line: int) -> tuple[str, int]:
    """The number of the cell that a line of the module lies in, and the line within it."""
    for back, text in enumerate(reversed(lines[:line])):
        if text.startswith(CELL_MARKER):
            return text[len(CELL_MARKER) :], back
    return "?", line
