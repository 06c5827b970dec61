"""The terms of an assignment's subject, for the glossary.

`terms.toml` holds ``[[term]]`` with ``en``, ``ru`` and its ``meaning`` in both; where statements also name it
otherwise, ``forms`` by language; and ``common = true`` where its name is an everyday word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.core.assignment import LANGUAGES
from grader.core.companions import Bilingual, once, pair, tables
from grader.core.errors import AssignmentFault

FILE = "terms.toml"


@dataclass(frozen=True)
class Term:
    """A term of the subject, and what it means.

    ``forms`` are other words for it, by language. The name of one that is ``common`` is an everyday word as well, so
    that only statements on its subject mean the term by it.
    """

    name: Bilingual
    meaning: Bilingual
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    common: bool = False


def terms(name: str, folder: Path) -> list[Term]:
    """Those of the assignment of this name. Raises AssignmentFault for a file that is not there, or wrong."""
    place, found = f"{name}/{FILE}", []
    for number, table in enumerate(tables(place, folder / FILE, "term", "meaning"), 1):
        texts = {key: value for key, value in table.items() if key not in ("forms", "common")}
        names, meaning = pair(place, number, texts, "term", "meaning")
        forms, common = table.get("forms", {}), table.get("common", False)
        if not _lists(forms):
            raise AssignmentFault(f"{place}: term {number}: forms must be lists of texts, by language")
        if not isinstance(common, bool):
            raise AssignmentFault(f"{place}: term {number}: common must be true or false")
        found.append(Term(names, meaning, {code: tuple(listed) for code, listed in forms.items()}, common))
    once(place, [term.name for term in found])
    return found


def _lists(forms: Any) -> bool:
    """Whether there are only lists of texts, each by a language."""
    return isinstance(forms, dict) and all(
        code in LANGUAGES and isinstance(texts, list) and all(isinstance(text, str) and text.strip() for text in texts)
        for code, texts in forms.items()
    )
