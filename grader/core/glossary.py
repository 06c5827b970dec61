"""The glossary of a course: the terms of its assignments, each once, in alphabetical order; and what is wrong with it.

Where texts name the terms, `term_links` tells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from grader.core.assignment import LANGUAGES, Assignment, names
from grader.core.errors import AssignmentFault
from grader.core.stems import DASHES, stem, words
from grader.core.terms import FILE, Term, terms

_OTHER_NAME = re.compile(r"\s*\(([^()]+)\)")


@dataclass(frozen=True)
class Entry:
    """A term of the course: its ``anchor`` on the glossary's page, and the assignments that define it."""

    anchor: str
    term: Term
    assignments: tuple[str, ...]

    def forms(self, language: str) -> list[str]:
        """All by which texts name it: its name, what stands in brackets behind it, and other forms."""
        name = self.term.name[language]
        return [_OTHER_NAME.sub("", name), *_OTHER_NAME.findall(name), *self.term.forms.get(language, ())]


@dataclass(frozen=True, eq=False)
class Glossary:
    """The terms of a course, in the order of its assignments. Two are the same only where they are one object."""

    entries: tuple[Entry, ...]

    @cached_property
    def by_letter(self) -> Mapping[str, list[tuple[str, list[Entry]]]]:
        """By language: the letters that names begin with, each with its entries, all in alphabetical order."""
        return {language: self._letters(language) for language in LANGUAGES}

    def _letters(self, language: str) -> list[tuple[str, list[Entry]]]:
        letters: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(self.entries, key=lambda one: _place(one.term.name[language], language)):
            letters[collated(entry.term.name[language])[:1].upper()].append(entry)
        return list(letters.items())


def of_assignments(assignments: Iterable[Assignment]) -> Glossary:
    """The glossary of these assignments. One without terms, or with a file that is wrong, adds nothing.

    It is made again only when a file has changed; else it is the same object.
    """
    return _glossary(tuple(_file(assignment.name, assignment.folder) for assignment in assignments))


def collated(name: str) -> str:
    """A name as it is sorted: without case, marks of punctuation or the dots of ё."""
    letters = name.casefold().replace("ё", "е").translate({ord(dash): " " for dash in DASHES})
    return re.sub(r"[^\w +]", "", letters).strip()


def glossary_faults(assignment: Assignment) -> list[str]:
    """Where the terms of an assignment contradict those of the others beside it.

    The same name in one language must have the same name in the other, and the same meaning.
    """
    folder = assignment.folder.parents[1]
    own = _named(_file(assignment.name, assignment.folder))
    return [
        f"terms.toml: {contradiction}"
        for name in names(folder)
        if name != assignment.name
        for key, theirs in _named(_file(name, folder / name))
        for other, mine in own
        if key[0] == other[0] or key[1] == other[1]
        if (contradiction := _contradiction(mine, theirs, name))
    ]


def _place(name: str, language: str) -> tuple[bool, str]:
    """What names are sorted by: in Russian those in Cyrillic letters come first."""
    key = collated(name)
    return language == "ru" and not "а" <= key[:1] <= "я", key


@dataclass(frozen=True)
class _File:
    """The terms of one assignment, and what changes when the file does."""

    name: str
    folder: Path
    stamp: tuple[int, int]


def _file(name: str, folder: Path) -> _File:
    try:
        status = (folder / FILE).stat()
    except OSError:
        return _File(name, folder, (0, 0))
    return _File(name, folder, (status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=512)
def _terms(file: _File) -> tuple[Term, ...]:
    try:
        return tuple(terms(file.name, file.folder))
    except AssignmentFault:  # told by its own proof
        return ()


@lru_cache(maxsize=8)
def _glossary(files: tuple[_File, ...]) -> Glossary:
    """One entry for each English name, with the first meaning that is given to it."""
    merged: dict[str, Term] = {}
    defining: dict[str, list[str]] = defaultdict(list)
    for file in files:
        for term in _terms(file):
            name = collated(term.name["en"])
            merged[name] = _merged(merged[name], term) if name in merged else term
            defining[name].append(file.name)
    anchors: dict[str, str] = {}
    for name in merged:
        anchor = re.sub(r"\W+", "-", name.replace("+", " plus")).strip("-") or "term"
        while anchor in anchors.values():
            anchor += "-"
        anchors[name] = anchor
    return Glossary(tuple(Entry(anchors[name], term, tuple(defining[name])) for name, term in merged.items()))


def _merged(first: Term, other: Term) -> Term:
    """One term of two assignments: all forms of both."""
    forms = {code: (*first.forms.get(code, ()), *other.forms.get(code, ())) for code in LANGUAGES}
    return replace(first, forms=forms, common=first.common or other.common)


@lru_cache(maxsize=512)
def _named(file: _File) -> tuple[tuple[tuple[Any, ...], Term], ...]:
    """The terms by their names in each language, without brackets, case and the plural of English words."""

    def key(name: str) -> tuple[str, ...]:
        return tuple(stem(word[0], "en") for word in words(_OTHER_NAME.sub("", name)))

    return tuple((tuple(key(term.name[code]) for code in LANGUAGES), term) for term in _terms(file))


def _contradiction(mine: Term, theirs: Term, name: str) -> str:
    """How two terms of one name, in one language at least, contradict each other; "" where they do not."""
    for code in LANGUAGES:
        if mine.name[code] != theirs.name[code]:
            return f"“{mine.name[code]}” is “{theirs.name[code]}” in {name}; the same term has the same names"
    if mine.meaning != theirs.meaning:
        return f"“{mine.name['en']}” has another meaning in {name}; give it the same one there, or another name"
    return ""
