"""Letters of other alphabets that look like Latin ones, and words that differ in nothing else.

Only the letters that a Russian or Greek keyboard layout gives: that is how they get into a name by accident.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

_CYRILLIC = dict(zip("аеорсухіјѕһԁԛԝкАВЕЗКМНОРСТУХІЈЅ", "aeopcyxijshdqwkABE3KMHOPCTYXIJS", strict=True))
_GREEK = dict(zip("αορνικυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aopvikuxABEZHIKMNOPTYX", strict=True))
LATIN: Mapping[str, str] = {**_CYRILLIC, **_GREEK}


def skeleton(word: str) -> str:
    """The word with every such letter as the Latin one that it looks like."""
    return "".join(LATIN.get(letter, letter) for letter in unicodedata.normalize("NFKC", word))


def lookalike(wanted: str, words: Iterable[str]) -> str | None:
    """A word that looks like the wanted one and is another."""
    return next((word for word in sorted(words) if word != wanted and skeleton(word) == skeleton(wanted)), None)


def foreign(word: str) -> list[tuple[int, str, str]]:
    """The letters of a word that only look Latin: place from 1, letter, and its alphabet's name."""
    return [
        (place, letter, "Greek" if letter in _GREEK else "Cyrillic")
        for place, letter in enumerate(unicodedata.normalize("NFKC", word), start=1)
        if letter in LATIN
    ]
