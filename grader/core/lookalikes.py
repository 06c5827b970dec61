"""Words that a person would read as the same: a Cyrillic letter for a Latin one, a digit for a letter, wide letters.

`skeleton` writes a word in the one form that all of its look-alikes have. It serves for a question to a person, never
for a decision: two people may well have logins that look alike. `lookalike` is stricter: only letters of a Russian or
Greek keyboard layout, which is how they get into a name by accident.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

_CYRILLIC = dict(zip("аеорсухіјѕһԁԛԝкАВЕЗКМНОРСТУХІЈЅ", "aeopcyxijshdqwkABE3KMHOPCTYXIJS", strict=True))
_GREEK = dict(zip("αορνικυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aopvikuxABEZHIKMNOPTYX", strict=True))
_LATIN: Mapping[str, str] = {**_CYRILLIC, **_GREEK}

# What a person reads in small letters, without being asked to look closely.
_LETTERS = {
    **dict(zip("абвгеёзийкмнопрстухьіїјѕԁһѵԛԝɡɩ", "a6bree3uukmhonpctyxblljsdhvqwgl", strict=True)),
    **dict(zip("αβεικνορτυχγω", "abelkvopruxyw", strict=True)),
    **dict(zip("01|iı", "ollll", strict=True)),  # a capital I is a small l, and logins are kept small
}
_PAIRS = (("rn", "m"), ("vv", "w"))


def skeleton(word: str) -> str:
    """The form that a word shares with whatever looks like it.

    >>> skeleton("аnn") == skeleton("ann"), skeleton("b0b1") == skeleton("bobl"), skeleton("ann") == skeleton("anna")
    (True, True, False)
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    letters = "".join(_LETTERS.get(letter, letter) for letter in plain if not unicodedata.combining(letter))
    for pair, letter in _PAIRS:
        letters = letters.replace(pair, letter)
    return letters


def alike(words: Iterable[str], others: Iterable[str]) -> list[tuple[str, str]]:
    """Each of these words with another one, of them or of the others, that looks like it; each pair once."""
    by_form: dict[str, list[str]] = defaultdict(list)
    for other in others:
        by_form[skeleton(other)].append(other)
    pairs = []
    for word in words:
        same = by_form[skeleton(word)]
        pairs += [(word, other) for other in same if other != word]
        if word not in same:
            same.append(word)
    return pairs


def in_latin(word: str) -> str:
    """The word with every letter that only looks Latin as the Latin one."""
    return "".join(_LATIN.get(letter, letter) for letter in unicodedata.normalize("NFKC", word))


def lookalike(wanted: str, words: Iterable[str]) -> str | None:
    """A word that is the wanted one but for letters of another alphabet."""
    return next((word for word in sorted(words) if word != wanted and in_latin(word) == in_latin(wanted)), None)


def foreign(word: str) -> list[tuple[int, str, str]]:
    """The letters of a word that only look Latin: place from 1, letter, and its alphabet's name.

    >>> foreign("kmeаns"), foreign("kmeans")
    ([(5, 'а', 'Cyrillic')], [])
    """
    return [
        (place, letter, "Greek" if letter in _GREEK else "Cyrillic")
        for place, letter in enumerate(unicodedata.normalize("NFKC", word), start=1)
        if letter in _LATIN
    ]


def mixed(word: str) -> str:
    """The letters that only look Latin, each once, of a word that has Latin ones too."""
    strange = "".join(dict.fromkeys(letter for _, letter, _ in foreign(word)))
    return strange if any(letter.isascii() and letter.isalpha() for letter in word) else ""
