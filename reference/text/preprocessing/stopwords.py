"""Frequencies of words, and stop words of a language and of a corpus (lecture 7, section 33, L07.stopwords).

H. Luhn, "The automatic creation of literature abstracts", IBM Journal of Research and Development 2 (1958).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from reference.checks.numbers import whole
from reference.checks.text import tokens as checked_tokens


def frequencies(tokens: Sequence[str]) -> list[tuple[str, int]]:
    """The different words and how often each occurs: the most frequent first, equally frequent ones by alphabet.

    The alphabet is that of the code points, in which ё comes after я.

    Parameters: ``tokens``, a list of texts, perhaps empty.
    Returns: a list of pairs (word, count).
    Raises: ValueError naming ``tokens`` (no list, as a text is none).
    Complexity: O(t + V log V) for t tokens, V different ones.
    Source: lecture 7, section 33; Luhn 1958.

    >>> frequencies(["to", "be", "or", "not", "to", "be"])
    [('be', 2), ('to', 2), ('not', 1), ('or', 1)]
    """
    counts = Counter(checked_tokens("tokens", tokens))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def corpus_stopwords(documents: Sequence[Sequence[str]], top: int, known: Collection[str]) -> list[str]:
    """The words that are most frequent in all documents together once the known stop words are left out.

    Parameters: ``documents``, a list of lists of tokens; ``top`` of at least 1; ``known``, the stop words of the
    language.
    Returns: a list of ``top`` words in the order of `frequencies`, of fewer where there are no more.
    Raises: ValueError naming ``documents`` (no list of lists) or ``top``.
    Complexity: O(T + s + V log V) for T tokens in all, V different ones, and s known stop words.
    Source: lecture 7, section 33; Luhn 1958.

    >>> corpus_stopwords([["the", "cat", "sat"], ["the", "cat", "ran"]], 1, {"the", "a"})
    ['cat']
    """
    top = whole("top", top)
    if not isinstance(documents, list | tuple):
        raise ValueError("documents must be a list of lists of texts")
    met = [token for document in documents for token in checked_tokens("documents", document)]
    return [word for word, _ in frequencies(remove(met, known))[:top]]


def remove(tokens: Sequence[str], words: Collection[str]) -> list[str]:
    """The tokens that are none of these words, in their order, as often as they occur.

    Parameters: ``tokens``, a list of texts; ``words``, a set, list or tuple of texts.
    Returns: a new list.
    Raises: ValueError naming ``tokens`` (no list, as a text is none).
    Complexity: O(t + s) for t tokens and s words.
    Source: lecture 7, section 33; lecture only.
    """
    dropped = set(words)
    return [token for token in checked_tokens("tokens", tokens) if token not in dropped]
