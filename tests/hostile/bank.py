"""Attacks on the real assignments: ``bank/LECTURE/NAME/CLASS-what-it-does.py``, each a whole upload of one file.

A program's docstring says what it tries, in its first line; then the most points that it may get, which are those of
the same program without its attack (``Earns: 3``), and every verdict that a test which it does not pass may have
(``Verdicts: error, skipped``). `rejected` among them: it may be refused before anything runs.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).parent / "bank"


@dataclass(frozen=True)
class Program:
    """One of them."""

    path: Path

    @property
    def assignment(self) -> str:
        return "/".join(self.path.parent.relative_to(FOLDER).parts)

    @property
    def name(self) -> str:
        return f"{self.assignment}/{self.path.stem}"

    @property
    def kind(self) -> str:
        """Its class, a key of `tests.hostile.attacks.CLASSES`."""
        return self.path.name.partition("-")[0]

    @cached_property
    def told(self) -> str:
        """Its docstring."""
        return ast.get_docstring(ast.parse(self.path.read_bytes())) or ""

    @property
    def title(self) -> str:
        return self.told.partition("\n")[0]

    @property
    def earns(self) -> Fraction:
        """The most points that it may get."""
        return Fraction(self._line("Earns"))

    @property
    def verdicts(self) -> set[str]:
        """What the tests that it does not pass may end with."""
        return set(re.findall(r"\w+", self._line("Verdicts")))

    def _line(self, key: str) -> str:
        found = re.search(rf"^{key}: (.+)$", self.told, re.MULTILINE)
        assert found is not None, f"{self.name}: its docstring has no line {key}"
        return found[1]


def programs() -> list[Program]:
    """All of them, by name: those on one assignment follow each other."""
    return sorted((Program(path) for path in FOLDER.glob("*/*/*.py")), key=lambda program: program.name)
