"""Words that a person would read as the same: a Cyrillic letter for a Latin one, a digit for a letter, wide letters.

`skeleton` writes a word in the one form that all of its look-alikes have. It serves for a question to a person, never
for a decision: two people may well have logins that look alike.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

_LETTERS = {
    **dict(zip("абвгеёзийкмнопрстухьіїјѕԁһѵԛԝɡɩ", "a6bree3uukmhonpctyxblljsdhvqwgl", strict=True)),
    **dict(zip("αβεικνορτυχγω", "abelkvopruxyw", strict=True)),
    **dict(zip("01|iı", "ollll", strict=True)),  # a capital I is a small l, and logins are kept small,
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


def foreign(word: str) -> str:
    """The letters of a word that are not of its Latin alphabet though they look so, for a person to see.

    >>> foreign("аnn"), foreign("ann"), foreign("анна")
    ('а', '', '')
    """
    letters = [letter for letter in word if letter.isalpha()]
    strange = dict.fromkeys(letter for letter in letters if not letter.isascii() and letter in _LETTERS)
    return "".join(strange) if any(letter.isascii() for letter in letters) else ""
