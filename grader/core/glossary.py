"""The glossary of a course: the terms of its assignments, each once, and where a text names them.

`of_assignments` collects the terms, `links` chooses those that a statement may link, `Links.find` finds them in prose.
Words are compared by their stems: English ones without the ending of the plural, Russian ones as Snowball's stemmer
cuts them. It comes with the server's extra and is imported when it is needed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from grader.core.assignment import LANGUAGES, Assignment, names
from grader.core.errors import AssignmentFault
from grader.core.terms import FILE, Term, terms

_WORD = re.compile(r"\w+(?:\+\+)?")
_OTHER_NAME = re.compile(r"\s*\(([^()]+)\)")
_DASHES = "-‐‑–—"
# Endings of verbs: cut off, they make a noun of many a verb (вид of видит); nouns that end so need no cutting.
_VERBAL = ("ет", "ит", "ут", "ют", "ат", "ят", "тся", "ться")
_SPACE, _DASH = " ", "-"  # what stands between two words of a term


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


EMPTY = Glossary(())


@dataclass(frozen=True)
class _Phrase:
    """What is looked for: the stems of its words, and what stands between them."""

    stems: tuple[str, ...]
    gaps: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, eq=False)
class Links:
    """The terms that a text may link, by the stem of their first word, the longest first."""

    language: str
    phrases: Mapping[str, Sequence[_Phrase]]

    def find(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """Where terms stand in a text: begin, end, entry. Of those that overlap, the first and longest."""
        words = list(_WORD.finditer(text))
        stems = [stem(word[0], self.language) for word in words]
        gaps = [_gap(text[one.end() : other.start()]) for one, other in pairwise(words)]
        at = 0
        while at < len(words):
            phrase = next((one for one in self.phrases.get(stems[at], ()) if _stands(one, at, stems, gaps)), None)
            if phrase is None:
                at += 1
                continue
            last = at + len(phrase.stems) - 1
            if not _inside_a_word(text, words[at].start(), words[last].end()):
                yield words[at].start(), words[last].end(), phrase.entry
            at = last + 1


def of_assignments(assignments: Iterable[Assignment]) -> Glossary:
    """The glossary of these assignments. One without terms, or with a file that is wrong, adds nothing.

    It is made again only when a file has changed; else it is the same object.
    """
    return _glossary(tuple(_file(assignment.name, assignment.folder) for assignment in assignments))


def links(glossary: Glossary, own: str, needed: Collection[str], language: str) -> Links:
    """The terms that the statement of the assignment ``own`` may link; ``needed`` are all that come before it.

    A term whose name is a common word is linked only where the assignment itself, or one that it needs, defines it.
    Where a word stands for several terms, the assignment's own counts first, then those of what it needs; of several
    that are equally near, none.
    """
    return _links(glossary, own, frozenset(needed), language)


def collated(name: str) -> str:
    """A name as it is sorted: without case, marks of punctuation or the dots of ё."""
    letters = name.casefold().replace("ё", "е").translate({ord(dash): " " for dash in _DASHES})
    return re.sub(r"[^\w +]", "", letters).strip()


def _place(name: str, language: str) -> tuple[bool, str]:
    """What names are sorted by: in Russian those in Cyrillic letters come first."""
    key = collated(name)
    return language == "ru" and not "а" <= key[:1] <= "я", key


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


@lru_cache(maxsize=1 << 15)
def stem(word: str, language: str) -> str:
    """What a word and its inflected forms have in common. An abbreviation such as RMS or IoU keeps its capitals."""
    if word[1:] != word[1:].lower():
        return re.sub(r"(?<=[A-Z])s$", "", word)
    low = word.casefold().replace("ё", "е")
    if low.isascii():
        return _singular(low)
    if language != "ru" or low.endswith(_VERBAL):
        return low
    return str(_stemmer().stemWord(low))


def _singular(word: str) -> str:
    """An English word without the ending of the plural: Harman's S stemmer, and -ices."""
    if word.endswith("ices") and len(word) > 6:
        return f"{word[:-4]}ix"  # matrices
    if word.endswith("ies") and not word.endswith(("aies", "eies")) and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("russian")


@lru_cache(maxsize=512)
def _links(glossary: Glossary, own: str, needed: frozenset[str], language: str) -> Links:
    nearest: dict[tuple[tuple[str, ...], tuple[str, ...]], list[tuple[int, Entry]]] = defaultdict(list)
    for entry in glossary.entries:
        rank = 0 if own in entry.assignments else 1 if needed.intersection(entry.assignments) else 2
        if rank == 2 and entry.term.common:
            continue
        for form in entry.forms(language):
            nearest[_words(form, language)].append((rank, entry))
    phrases: dict[str, list[_Phrase]] = defaultdict(list)
    for (stems, gaps), found in nearest.items():
        best = min(rank for rank, _ in found)
        entries = {entry.anchor: entry for rank, entry in found if rank == best}
        if stems and len(entries) == 1:
            phrases[stems[0]].append(_Phrase(stems, gaps, *entries.values()))
    for first in phrases.values():
        first.sort(key=lambda phrase: -len(phrase.stems))
    return Links(language, phrases)


def _words(form: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = list(_WORD.finditer(form))
    gaps = [_gap(form[one.end() : other.start()]) for one, other in pairwise(words)]
    return tuple(stem(word[0], language) for word in words), tuple(gaps)


def _gap(between: str) -> str:
    """What stands between two words: a space, a dash, or something that no term has."""
    if between.isspace():
        return _SPACE
    return _DASH if between.strip() in tuple(_DASHES) else between


def _stands(phrase: _Phrase, at: int, stems: Sequence[str], gaps: Sequence[str]) -> bool:
    end = at + len(phrase.stems)
    return tuple(stems[at:end]) == phrase.stems and tuple(gaps[at : end - 1]) == phrase.gaps


def _inside_a_word(text: str, begin: int, end: int) -> bool:
    """Whether a dash joins this to another word, as in self-attention."""
    before, after = text[max(0, begin - 2) : begin], text[end : end + 2]
    joined = re.fullmatch(rf"\w[{_DASHES}]", before) or re.fullmatch(rf"[{_DASHES}]\w", after)
    return joined is not None


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
    return tuple(
        (tuple(_words(_OTHER_NAME.sub("", term.name[code]), "en") for code in LANGUAGES), term) for term in _terms(file)
    )


def _contradiction(mine: Term, theirs: Term, name: str) -> str:
    """How two terms of one name, in one language at least, contradict each other; "" where they do not."""
    for code in LANGUAGES:
        if mine.name[code] != theirs.name[code]:
            return f"“{mine.name[code]}” is “{theirs.name[code]}” in {name}; the same term has the same names"
    if mine.meaning != theirs.meaning:
        return f"“{mine.name['en']}” has another meaning in {name}; give it the same one there, or another name"
    return ""
