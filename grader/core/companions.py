"""What comes with an assignment for people: questions for its defence, and terms of its subject for a glossary.

`questions.toml` holds at least four ``[[question]]``, each with ``en``, ``ru`` and what a good ``answer`` holds in both
languages; students never get this file. `terms.toml` holds ``[[term]]`` with ``en``, ``ru`` and its
``meaning`` in both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.core.assignment import LANGUAGES, Assignment
from grader.core.errors import AssignmentFault

QUESTIONS = 4  # at least, for a defence

Bilingual = Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """What is asked at a defence, and what a good answer holds."""

    text: Bilingual
    answer: Bilingual


@dataclass(frozen=True)
class Term:
    """A term of the subject, and what it means."""

    name: Bilingual
    meaning: Bilingual


def questions(assignment: Assignment) -> list[Question]:
    """The questions for the defence. Raises AssignmentFault for a file that is not there, or wrong."""
    listed = [Question(*pair) for pair in _pairs(assignment, "questions.toml", "question", "answer")]
    if len(listed) < QUESTIONS:
        raise AssignmentFault(f"{assignment.name}/questions.toml has {len(listed)} questions; {QUESTIONS} are needed")
    return listed


def terms(assignment: Assignment) -> list[Term]:
    """The terms for the glossary. Raises AssignmentFault for a file that is not there, or wrong."""
    return [Term(*pair) for pair in _pairs(assignment, "terms.toml", "term", "meaning")]


def _pairs(assignment: Assignment, file: str, entry: str, part: str) -> list[tuple[Bilingual, Bilingual]]:
    """Of each entry: its own texts, and those of its part, by language."""
    place = f"{assignment.name}/{file}"
    try:
        data = tomllib.loads((assignment.folder / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AssignmentFault(f"{place} is missing: a list of [[{entry}]] with {part}, in both languages") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AssignmentFault(f"{place}: {error}") from error
    listed = data.get(entry)
    if set(data) != {entry} or not isinstance(listed, list):
        raise AssignmentFault(f"{place} must be a list of [[{entry}]] and nothing else")
    pairs: list[tuple[Bilingual, Bilingual]] = []
    for number, table in enumerate(listed, 1):
        if not isinstance(table, dict) or set(table) != {*LANGUAGES, part} or not _whole(table.get(part)):
            raise AssignmentFault(f"{place}: {entry} {number} must have en, ru, {part}.en and {part}.ru")
        own = {code: table[code] for code in LANGUAGES}
        if not _whole(own):
            raise AssignmentFault(f"{place}: {entry} {number} has a text that is empty")
        pairs.append((own, table[part]))
    for code in LANGUAGES:
        texts = [own[code] for own, _ in pairs]
        if repeated := sorted({text for text in texts if texts.count(text) > 1}):
            raise AssignmentFault(f"{place}: twice: {repeated[0]}")
    return pairs


def _whole(texts: Any) -> bool:
    """Whether a text stands there in each language."""
    languages = isinstance(texts, dict) and set(texts) == set(LANGUAGES)
    return languages and all(isinstance(text, str) and bool(text.strip()) for text in texts.values())
