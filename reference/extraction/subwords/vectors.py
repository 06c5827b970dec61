"""Vectors of known and unknown words, and the known words that are nearest (lecture 11, section 53, L11.fasttext).

P. Bojanowski, E. Grave, A. Joulin, T. Mikolov, "Enriching word vectors with subword information", Transactions of the
ACL 5 (2017).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, matrix
from reference.checks.numbers import whole
from reference.checks.text import text
from reference.extraction.subwords.ngrams import bucket, filled, ngrams


def word_vector(word: str, known: Mapping[str, int], W: ArrayLike, N: ArrayLike) -> Floats:
    """The sum of the rows of ``N`` of the word's n-grams of 3 to 6 characters, and of its own row of ``W`` if known.

    An n-gram that stands in the word twice counts twice, and so do two that share a row.

    Parameters: ``word``, not empty; ``known``, the row of ``W`` of each known word; ``W`` (V, d); ``N`` (buckets, d).
    Returns: (d,).
    Raises: ValueError naming ``word``, ``known`` (a row that ``W`` has not), ``W`` or ``N``.
    Complexity: O(d (V + buckets)), as both tables are checked and copied; O(d l) is possible for a word of l
    characters.
    Source: lecture 11, section 53; Bojanowski et al. 2017.

    >>> word_vector("a", {"a": 0}, [[10.0]], [[1.0]]).tolist(), word_vector("ab", {"a": 0}, [[10.0]], [[1.0]]).tolist()
    ([11.0], [3.0])
    """
    own, parts = tables(known, W, N)
    return _vector(filled("word", word), known, own, parts)


def nearest(word: str, k: int, known: Mapping[str, int], W: ArrayLike, N: ArrayLike) -> list[str]:
    """The ``k`` known words, without ``word`` itself, whose vectors have the largest cosine with that of ``word``.

    The largest is first. Ties go to the word with the lower row; the cosine with a vector of zeros is 0.

    Parameters: ``word``, known or not; ``k`` from 1 to the number of known words, without ``word``; ``known``, ``W``
    and ``N`` as in `word_vector`.
    Returns: a list of k texts.
    Raises: ValueError naming the argument.
    Complexity: O(d (V + buckets + L) + V log V) for L characters in all known words, whose vectors are computed anew in
    each call.
    Source: lecture 11, section 53; Bojanowski et al. 2017.

    >>> nearest("abcd", 1, {"xyz": 0, "abc": 1}, [[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0]])
    ['abc']
    """
    own, parts = tables(known, W, N)
    vector = _vector(filled("word", word), known, own, parts)
    others = sorted(known.keys() - {word}, key=lambda other: known[other])
    count = whole("k", k, 1, len(others))
    cosines = [_cosine(_vector(other, known, own, parts), vector) for other in others]
    return [others[place] for place in np.argsort(-np.array(cosines), kind="stable")[:count]]


def rows_of(word: str, buckets: int) -> Labels:
    """The rows of all n-grams of a word, one for each of them."""
    return np.array([bucket(ngram, buckets) for ngram in ngrams(word)], dtype=np.intp)


def tables(known: Mapping[str, int], W: ArrayLike, N: ArrayLike) -> tuple[Floats, Floats]:
    """Copies of both tables, once ``known`` is known to fit. ValueError names ``known``, ``W`` or ``N``."""
    own = matrix("W", W)
    parts = matrix("N", N, own.shape[1])
    if not isinstance(known, dict):
        raise ValueError("known must be a dict of the rows of words")
    for word, row in known.items():
        whole("known", row, 0, len(own) - 1)
        text("known", word)
    return own, parts


def _vector(word: str, known: Mapping[str, int], W: Floats, N: Floats) -> Floats:
    vector = N[rows_of(word, len(N))].sum(axis=0)
    return vector + W[known[word]] if word in known else vector


def _cosine(first: Floats, second: Floats) -> float:
    lengths = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second) / lengths if lengths else 0.0
