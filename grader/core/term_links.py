"""Where a text names terms of the glossary, and which of them a statement may link."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from grader.core.glossary import Entry, Glossary
from grader.core.stems import DASHES, gaps, stem, words


@dataclass(frozen=True)
class Phrase:
    """What is looked for: the stems of its words, and what stands between them."""

    stems: tuple[str, ...]
    gaps: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, eq=False)
class Links:
    """The terms that a text may link, by the stem of their first word, the longest first."""

    language: str
    phrases: Mapping[str, Sequence[Phrase]]

    def find(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """Where terms stand in a text: begin, end, entry. Of those that overlap, the first and longest."""
        found = words(text)
        stems, between = [stem(word[0], self.language) for word in found], gaps(text, found)
        at = 0
        while at < len(found):
            phrase = next((one for one in self.phrases.get(stems[at], ()) if _stands(one, at, stems, between)), None)
            if phrase is None:
                at += 1
                continue
            begin, end = found[at].start(), found[at + len(phrase.stems) - 1].end()
            if not _inside_a_word(text, begin, end):
                yield begin, end, phrase.entry
            at += len(phrase.stems)


def links(glossary: Glossary, own: str, needed: Collection[str], language: str) -> Links:
    """The terms that the statement of the assignment ``own`` may link; ``needed`` are all that come before it.

    A term whose name is a common word is linked only where the assignment itself, or one that it needs, defines it.
    Where a word stands for several terms, the assignment's own counts first, then those of what it needs; of several
    that are equally near, none.
    """
    return _links(glossary, own, frozenset(needed), language)


@lru_cache(maxsize=512)
def _links(glossary: Glossary, own: str, needed: frozenset[str], language: str) -> Links:
    named: dict[tuple[tuple[str, ...], tuple[str, ...]], list[tuple[int, Entry]]] = defaultdict(list)
    for entry in glossary.entries:
        distance = 0 if own in entry.assignments else 1 if needed.intersection(entry.assignments) else 2
        if distance == 2 and entry.term.common:
            continue
        for form in entry.forms(language):
            found = words(form)
            key = tuple(stem(word[0], language) for word in found), tuple(gaps(form, found))
            named[key].append((distance, entry))
    phrases: dict[str, list[Phrase]] = defaultdict(list)
    for (stems, between), candidates in named.items():
        least = min(distance for distance, _ in candidates)
        entries = {entry.anchor: entry for distance, entry in candidates if distance == least}
        if stems and len(entries) == 1:
            phrases[stems[0]].append(Phrase(stems, between, *entries.values()))
    for first in phrases.values():
        first.sort(key=lambda phrase: -len(phrase.stems))
    return Links(language, phrases)


def _stands(phrase: Phrase, at: int, stems: Sequence[str], between: Sequence[str]) -> bool:
    end = at + len(phrase.stems)
    return tuple(stems[at:end]) == phrase.stems and tuple(between[at : end - 1]) == phrase.gaps


def _inside_a_word(text: str, begin: int, end: int) -> bool:
    """Whether a dash joins this to another word, as in self-attention."""
    before, after = text[max(0, begin - 2) : begin], text[end : end + 2]
    joined = re.fullmatch(rf"\w[{DASHES}]", before) or re.fullmatch(rf"[{DASHES}]\w", after)
    return joined is not None
