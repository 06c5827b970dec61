"""Words as terms and texts are compared: by their stems, and by what stands between them.

English words lose the ending of the plural, Russian ones what Snowball's stemmer cuts off. The stemmer comes with the
server's extra and is imported when it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

DASHES = "-‐‑–—"
_WORD = re.compile(r"\w+(?:\+\+)?")
# Endings of verbs: cut off, they make a noun of many a verb (вид of видит); nouns that end so need no cutting.
_VERBAL = ("ет", "ит", "ут", "ют", "ат", "ят", "тся", "ться")


def words(text: str) -> list[re.Match[str]]:
    """The words of a text, with their places."""
    return list(_WORD.finditer(text))


def gaps(text: str, found: Iterable[re.Match[str]]) -> list[str]:
    """What stands between each two of its words: a space, a dash, or something that no term has."""
    return [_gap(text[one.end() : other.start()]) for one, other in pairwise(found)]


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
    import snowballstemmer

    return str(snowballstemmer.stemmer("russian").stemWord(low))  # a new one: threads cannot share it


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


def _gap(between: str) -> str:
    if between.isspace():
        return " "
    return "-" if between.strip() in tuple(DASHES) else between
