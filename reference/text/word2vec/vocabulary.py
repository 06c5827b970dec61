"""The vocabulary, and sentences as lists of ids (lecture 7, section 35, L07.vocab)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from reference.checks.arrays import Labels
from reference.checks.numbers import whole
from reference.checks.text import tokens
from reference.text.word2vec.arguments import token_lists

UNKNOWN = "<unk>"


def build(sentences: Sequence[Sequence[str]], min_count: int) -> list[str]:
    """``"<unk>"``, then the words that occur at least ``min_count`` times: the most frequent first, ties by alphabet.

    The alphabet is the order of code points, as Python compares texts. A token ``"<unk>"`` in the sentences is not
    counted: that word has its place already.

    Parameters: ``sentences``, lists of texts; ``min_count`` of at least 1.
    Returns: a list of different words; the place of a word in it is its id.
    Raises: ValueError naming ``sentences`` or ``min_count``.
    Complexity: O(T + V log V) for T words in all, V different ones.
    Source: lecture 7, section 35; lecture only.

    >>> build([["b", "a", "c"], ["c", "b"], ["a", "d"]], 2)
    ['<unk>', 'a', 'b', 'c']
    """
    counts = Counter(word for sentence in token_lists("sentences", sentences) for word in sentence)
    least = whole("min_count", min_count)
    known = [word for word, count in counts.items() if count >= least and word != UNKNOWN]
    return [UNKNOWN, *sorted(known, key=lambda word: (-counts[word], word))]


def encode(sentences: Sequence[Sequence[str]], words: Sequence[str]) -> list[Labels]:
    """The id of each word of each sentence; a word that is not in ``words`` has the id 0.

    Parameters: ``sentences``, lists of texts; ``words``, as `build` makes them.
    Returns: a list of vectors of whole numbers, as many as there are sentences, as long as they are.
    Raises: ValueError naming ``sentences`` or ``words``.
    Complexity: O(T + V) for T words in all and V ids.
    Source: lecture 7, section 35; lecture only.

    >>> [ids.tolist() for ids in encode([["b", "x", "a"], []], ["<unk>", "a", "b"])]
    [[2, 0, 1], []]
    """
    known = tokens("words", words)
    if not known or known[0] != UNKNOWN or len(set(known)) < len(known):
        raise ValueError(f"words must be different texts that begin with {UNKNOWN!r}")
    ids = {word: place for place, word in enumerate(known)}
    found = token_lists("sentences", sentences)
    return [np.array([ids.get(word, 0) for word in sentence], dtype=np.intp) for sentence in found]
