"""Similar submissions: pairs that share unusual code, whatever its names, comments and order of functions. Pure.

Fingerprints are chosen by winnowing (S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: local algorithms for document
fingerprinting", SIGMOD 2003) over Python tokens: any `K + WINDOW - 1` tokens that two files share are seen. Names and
literals are one token each, so renaming changes nothing; what is called on an imported module keeps its name. What
stands in the starter or the reference does not count, and what many have written counts little (inverse document
frequency). It informs; nothing here decides anything.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from grader.core.python_tokens import MOST, Place, tokens_of

K = 10  # tokens of a fingerprint
WINDOW = 8  # of so many neighbouring fingerprints at least one is kept
LEAST_SHARED = 6  # fingerprints that a pair must share to be listed
COMMON = 60  # what more submissions than this have says nothing about a pair
UNUSUAL = 3  # what at most so many submissions have is unusual


@dataclass(frozen=True)
class Document:
    """One submission's fingerprints, each with the places of the tokens that it covers."""

    name: str
    prints: Mapping[int, tuple[Place, ...]]


@dataclass(frozen=True)
class Pair:
    """Two submissions: how many fingerprints they share, of these how many are unusual, and the score.

    ``score`` is the weight of what they share over the smaller of both weights: 1 where one is contained in the other.
    """

    first: str
    second: str
    score: float
    shared: int
    unusual: int


def document(name: str, files: Mapping[str, str], excluded: frozenset[int] = frozenset()) -> Document:
    """A submission's fingerprints, without those that are excluded."""
    tokens = [token for path in sorted(files) for token in tokens_of(path, files[path])][:MOST]
    prints: dict[int, tuple[Place, ...]] = {}
    for fingerprint, start in winnow([token.text for token in tokens]):
        if fingerprint not in excluded:
            prints.setdefault(fingerprint, tuple(dict.fromkeys(t.place for t in tokens[start : start + K])))
    return Document(name, prints)


def excluded_prints(sources: Iterable[str]) -> frozenset[int]:
    """All fingerprints of what everybody was given, or what is known to be right; not winnowed, so none is missed."""
    return frozenset(
        fingerprint for source in sources for fingerprint in _hashes([token.text for token in tokens_of("", source)])
    )


def pairs(documents: Sequence[Document], together: Collection[frozenset[str]] = ()) -> list[Pair]:
    """Pairs that share enough, the most similar first; none of two that are ``together`` in a team."""
    weights = weights_of(documents)
    totals = {doc.name: sum(weights[p] for p in doc.prints) for doc in documents}
    owners: dict[int, list[str]] = defaultdict(list)
    for doc in documents:
        for fingerprint in doc.prints:
            owners[fingerprint].append(doc.name)
    shared: dict[tuple[str, str], list[int]] = defaultdict(list)
    for fingerprint, names in owners.items():
        if len(names) <= COMMON:
            for pair in combinations(sorted(names), 2):
                shared[pair].append(fingerprint)
    found = [
        Pair(
            first=first,
            second=second,
            score=min(1.0, sum(weights[p] for p in prints) / min(totals[first], totals[second])),
            shared=len(prints),
            unusual=sum(len(owners[p]) <= UNUSUAL for p in prints),
        )
        for (first, second), prints in shared.items()
        if len(prints) >= LEAST_SHARED and not any({first, second} <= team for team in together)
    ]
    return sorted(found, key=lambda pair: (-pair.score, -pair.shared, pair.first, pair.second))


def weights_of(documents: Sequence[Document]) -> dict[int, float]:
    """What each fingerprint weighs: ``log((n + 1) / d)`` where d of n submissions have it."""
    return {p: math.log((len(documents) + 1) / count) for p, count in _counts(documents).items()}


def marked(first: Document, second: Document, documents: Sequence[Document]) -> list[dict[Place, bool]]:
    """The lines that both share, of the first and of the second: by place, whether they are unusual among all."""
    counts, lines = _counts(documents), [dict[Place, bool](), dict[Place, bool]()]
    for fingerprint in first.prints.keys() & second.prints.keys():
        unusual = counts[fingerprint] <= UNUSUAL
        for places, doc in zip(lines, (first, second), strict=True):
            for place in doc.prints[fingerprint]:
                places[place] = places.get(place, False) or unusual
    return lines


def _counts(documents: Sequence[Document]) -> Counter[int]:
    """How many submissions have each fingerprint."""
    return Counter(fingerprint for doc in documents for fingerprint in doc.prints)


def winnow(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The chosen fingerprints and where they begin: the least hash of each window, of equal ones the last."""
    hashes = _hashes(texts)
    chosen = -1
    for start in range(max(1, len(hashes) - WINDOW + 1) if hashes else 0):
        window = hashes[start : start + WINDOW]
        least = min(window)
        place = start + max(i for i, value in enumerate(window) if value == least)
        if place != chosen:
            chosen = place
            yield least, place


def _hashes(texts: Sequence[str]) -> list[int]:
    """The hash of every K neighbouring tokens; the same in every process."""
    short = [hashlib.blake2b(text.encode(), digest_size=4).digest() for text in texts]
    return [
        int.from_bytes(hashlib.blake2b(b"".join(short[i : i + K]), digest_size=8).digest(), "big")
        for i in range(len(short) - K + 1)
    ]
