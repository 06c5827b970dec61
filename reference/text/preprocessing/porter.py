"""Porter's stemmer: endings of English words are cut off in eight steps (lecture 7, section 33, L07.stem).

M. Porter, "An algorithm for suffix stripping", Program 14 (1980). In each step only the rule with the longest ending
that fits counts: if its condition does not hold, the step changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from reference.checks.text import text

Rules = dict[str, str]

PLURALS = {"sses": "ss", "ies": "i", "ss": "ss", "s": ""}
DOUBLE_SUFFIXES = {
    "ational": "ate",
    "tional": "tion",
    "enci": "ence",
    "anci": "ance",
    "izer": "ize",
    "abli": "able",
    "alli": "al",
    "entli": "ent",
    "eli": "e",
    "ousli": "ous",
    "ization": "ize",
    "ation": "ate",
    "ator": "ate",
    "alism": "al",
    "iveness": "ive",
    "fulness": "ful",
    "ousness": "ous",
    "aliti": "al",
    "iviti": "ive",
    "biliti": "ble",
}
MIDDLE_SUFFIXES = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
LAST_SUFFIXES = {"al": "", "ance": "", "ence": "", "er": "", "ic": "", "able": "", "ible": "", "ant": "", "ement": ""}
LAST_SUFFIXES |= {"ment": "", "ent": "", "ion": "", "ou": "", "ism": "", "ate": "", "iti": "", "ous": "", "ive": ""}
LAST_SUFFIXES |= {"ize": ""}


def stem(word: str) -> str:
    """The stem of an English word in lower case, by the rules of 1980.

    Words of fewer than three letters, and words with anything else than the letters from a to z, stay as they are.

    Parameters: ``word`` in lower case.
    Returns: a text.
    Raises: ValueError naming ``word`` (not a text).
    Complexity: O(l) for a word of l letters.
    Source: lecture 7, section 33; Porter 1980.

    >>> [stem(word) for word in ("caresses", "hopping", "relational", "sky")]
    ['caress', 'hop', 'relat', 'sky']
    """
    if not re.fullmatch("[a-z]{3,}", text("word", word)):
        return word
    word = _past_and_progressive(_replaced(word, PLURALS, lambda stem: True))
    word = _replaced(word, {"y": "i"}, _has_vowel)
    word = _replaced(word, DOUBLE_SUFFIXES, lambda stem: measure(stem) > 0)
    word = _replaced(word, MIDDLE_SUFFIXES, lambda stem: measure(stem) > 0)
    return _tidied(_without_last_suffix(word))


def measure(stem: str) -> int:
    """The number m of the form [C](VC)^m[V]: how often a run of vowels is followed by a run of consonants.

    >>> measure("tree"), measure("trouble"), measure("oaten")
    (0, 1, 2)
    """
    return _kinds(stem).count("vc")


def _kinds(stem: str) -> str:
    """For each letter v or c. A y is a vowel after a consonant, and a consonant elsewhere."""
    kinds = ""
    for letter in stem:
        vowel = letter in "aeiou" or (letter == "y" and kinds.endswith("c"))
        kinds += "v" if vowel else "c"
    return kinds


def _has_vowel(stem: str) -> bool:
    """Porter's *v*."""
    return "v" in _kinds(stem)


def _ends_in_double_consonant(stem: str) -> bool:
    """Porter's *d."""
    return stem[-1:] == stem[-2:-1] and _kinds(stem).endswith("c")


def _ends_short(stem: str) -> bool:
    """Porter's *o: consonant, vowel, consonant, and the last is not w, x or y."""
    return _kinds(stem).endswith("cvc") and stem[-1] not in "wxy"


def _longest(word: str, rules: Rules) -> str | None:
    """The longest of the endings that the word has."""
    return max((suffix for suffix in rules if word.endswith(suffix)), key=len, default=None)


def _replaced(word: str, rules: Rules, condition: Callable[[str], bool]) -> str:
    """The word after one step: only the longest ending is looked at, and what stands before must meet the condition."""
    suffix = _longest(word, rules)
    if suffix is None or not condition(word.removesuffix(suffix)):
        return word
    return word.removesuffix(suffix) + rules[suffix]


def _past_and_progressive(word: str) -> str:
    """Step 1b: eed, ed, ing, and the repair of the stem afterwards."""
    suffix = _longest(word, {"eed": "ee", "ed": "", "ing": ""})
    if suffix is None:
        return word
    stem = word.removesuffix(suffix)
    if suffix == "eed":
        return stem + "ee" if measure(stem) > 0 else word
    if not _has_vowel(stem):
        return word
    if stem.endswith(("at", "bl", "iz")):
        return stem + "e"
    if _ends_in_double_consonant(stem) and stem[-1] not in "lsz":
        return stem[:-1]
    return stem + "e" if measure(stem) == 1 and _ends_short(stem) else stem


def _without_last_suffix(word: str) -> str:
    """Step 4: a last ending goes where the measure of the rest is above 1; ion only after s or t."""
    suffix = _longest(word, LAST_SUFFIXES)
    if suffix == "ion" and word[-4:-3] not in ("s", "t"):
        return word
    return _replaced(word, LAST_SUFFIXES, lambda stem: measure(stem) > 1)


def _tidied(word: str) -> str:
    """Step 5: a last e, and one l of two."""
    if word.endswith("e"):
        stem = word[:-1]
        if measure(stem) > 1 or (measure(stem) == 1 and not _ends_short(stem)):
            word = stem
    return word[:-1] if word.endswith("ll") and measure(word) > 1 else word
