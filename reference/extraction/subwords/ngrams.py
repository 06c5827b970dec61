"""Character n-grams of a word, and their places in a table of fixed size (lecture 11, section 53, L11.fasttext).

P. Bojanowski, E. Grave, A. Joulin, T. Mikolov, "Enriching word vectors with subword information", Transactions of the
ACL 5 (2017); G. Fowler, L. Noll, P. Vo, "The FNV non-cryptographic hash algorithm", draft-eastlake-fnv (2012).
"""

from __future__ import annotations

from reference.checks.numbers import whole
from reference.checks.text import text

LOW, HIGH = 3, 6
OFFSET, PRIME = 2166136261, 16777619  # of FNV-1a with 32 bits


def ngrams(word: str, low: int = LOW, high: int = HIGH) -> list[str]:
    """All runs of ``low`` to ``high`` characters of ``<word>``: the shortest first, each length from left to right.

    The angle brackets tell a prefix and a suffix from the middle of a word. A run that stands there twice is listed
    twice; the whole of ``<word>`` is one too if it is not too long.

    Parameters: ``word``, not empty; ``low`` of at least 1; ``high`` of at least ``low``.
    Returns: a list of texts, empty if ``<word>`` is shorter than ``low``.
    Raises: ValueError naming ``word``, ``low`` or ``high``.
    Complexity: O(l high (high - low + 1)), also in memory, for a word of l characters.
    Source: lecture 11, section 53; Bojanowski et al. 2017.

    >>> ngrams("ёж", 3, 5)
    ['<ёж', 'ёж>', '<ёж>']
    """
    shortest = whole("low", low)
    longest = whole("high", high, shortest)
    marked = f"<{filled('word', word)}>"
    return [
        marked[start : start + length]
        for length in range(shortest, longest + 1)
        for start in range(len(marked) - length + 1)
    ]


def bucket(ngram: str, buckets: int) -> int:
    """The row of an n-gram in a table of ``buckets`` rows: FNV-1a, 32 bits, of its UTF-8 bytes, modulo ``buckets``.

    From 2166136261 on each byte is joined by exclusive or, then the number is multiplied by 16777619 modulo 2^32. Bytes
    are numbers from 0 to 255; the program of the authors takes those from 128 on for negative ones.

    Parameters: ``ngram``, not empty; ``buckets`` of at least 1.
    Returns: a whole number from 0, below ``buckets``.
    Raises: ValueError naming ``ngram`` or ``buckets``.
    Complexity: O(l) for an n-gram of l bytes.
    Source: lecture 11, section 53; Bojanowski et al. 2017; Fowler, Noll, Vo 2012.

    >>> bucket("a", 2**32) == 0xE40C292C, bucket("foobar", 1000)
    (True, 720)
    """
    count = whole("buckets", buckets)
    found = OFFSET
    for byte in filled("ngram", ngram).encode("utf-8"):
        found = (found ^ byte) * PRIME % 2**32
    return found % count


def filled(name: str, value: str) -> str:
    """``value`` itself, once it is known to be a text that is not empty. ValueError names ``name``."""
    if not text(name, value):
        raise ValueError(f"{name} must not be empty")
    return value
