"""Lemmas by a dictionary and by rules for endings (lecture 7, section 33, L07.lemma).

G. Miller, R. Beckwith, C. Fellbaum, D. Gross, K. Miller, "Introduction to WordNet: an on-line lexical database",
International Journal of Lexicography 3 (1990), whose program works in this way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from reference.checks.text import text


def lemma(word: str, dictionary: Mapping[str, str], rules: Sequence[tuple[str, str]], lemmas: Collection[str]) -> str:
    """The normal form of a word: from the dictionary, else by the rules, else the word itself.

    A word that stands in the dictionary becomes what the dictionary says. One that is a lemma stays. Else the rules
    are tried, longest ending first, those with the same ending in the order given: the ending is replaced, and the
    first result that is a lemma counts. Nothing is done to the case of letters.

    Parameters: ``word``; ``dictionary`` from forms to lemmas; ``rules``, pairs (ending, replacement), where both may be
    empty; ``lemmas``, a set of all lemmas.
    Returns: a text.
    Raises: ValueError naming ``word`` or ``rules`` (no pairs of texts).
    Complexity: O(r (l + log r)) for r rules and a word of l letters, as the rules are sorted in each call.
    Source: lecture 7, section 33; Miller, Beckwith, Fellbaum, Gross, Miller 1990.

    >>> [lemma(word, {"went": "go"}, [("s", ""), ("ies", "y")], {"go", "pony", "cat"}) for word in ("went", "ponies")]
    ['go', 'pony']
    """
    text("word", word)
    if any(len(rule) != 2 or not all(isinstance(part, str) for part in rule) for rule in rules):
        raise ValueError("rules must be pairs of texts")
    if word in dictionary:
        return dictionary[word]
    if word in lemmas:
        return word
    for ending, replacement in sorted(rules, key=lambda rule: -len(rule[0])):
        found = word.removesuffix(ending) + replacement
        if word.endswith(ending) and found in lemmas:
            return found
    return word
