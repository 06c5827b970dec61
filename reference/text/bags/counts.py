"""One-hot words, bags of words, and texts as sums of the vectors of their words (lecture 7, section 32, and lecture 7,
section 35, L07.onehot).

A vocabulary is a dict from each word to its column. Matrices are sparse, by rows, and hold no zeros.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from reference.checks.arrays import Floats, array
from reference.checks.text import text
from reference.checks.text import tokens as tokens_of

Documents = Sequence[Sequence[str]]
Vocabulary = Mapping[str, int]


def vocabulary(documents: Documents) -> dict[str, int]:
    """A column for each word that occurs, by alphabet: in the order of Python's comparison of texts.

    Parameters: ``documents``, at least one, lists of words.
    Returns: a dict from the word to its column, from 0; empty where there are no words.
    Raises: ValueError naming ``documents``.
    Complexity: O(T + V log V) for T words in all, V different ones.
    Source: lecture 7, section 35; lecture only.

    >>> vocabulary([["b", "a"], [], ["b"]])
    {'a': 0, 'b': 1}
    """
    words = {word for document in list_of_documents(documents) for word in document}
    return {word: column for column, word in enumerate(sorted(words))}


def onehot(word: str, vocabulary: Vocabulary) -> csr_array:
    """The vector of one word: 1 in its column, and nothing at all where the word is unknown.

    Parameters: ``word``; ``vocabulary`` of V words.
    Returns: a sparse matrix (1, V).
    Raises: ValueError naming ``word`` or ``vocabulary``.
    Complexity: O(V log V), as the vocabulary is checked; O(1) is possible.
    Source: lecture 7, section 35; lecture only.

    >>> onehot("b", {"a": 0, "b": 1}).toarray().tolist()
    [[0.0, 1.0]]
    """
    return bag([[text("word", word)]], vocabulary)


def bag(documents: Documents, vocabulary: Vocabulary) -> csr_array:
    """How often each word occurs in each document: the sums of the one-hot vectors. Unknown words are left out.

    Parameters: ``documents``, n of them; ``vocabulary`` of V words.
    Returns: a sparse matrix (n, V) of floats.
    Raises: ValueError naming ``documents`` or ``vocabulary``.
    Complexity: O(T + (V + z) log V) for T words in all and z counts that are stored; memory O(V + z).
    Source: lecture 7, section 32; lecture only.

    >>> bag([["b", "a", "b"], ["z"]], {"a": 0, "b": 1}).toarray().tolist()
    [[1.0, 2.0], [0.0, 0.0]]
    """
    return of_counts(list_of_documents(documents), columns(vocabulary), lambda count, length: count)


def text_vector(tokens: Sequence[str], vocabulary: Vocabulary, E: ArrayLike) -> Floats:
    """A text as the sum of the vectors of its words, each as often as it occurs. Unknown words add nothing.

    Parameters: ``tokens``, a list of words; ``vocabulary`` of V words; ``E`` (V, d), a vector a word.
    Returns: an array (d,).
    Raises: ValueError naming ``tokens``, ``vocabulary`` or ``E``.
    Complexity: O(t d + V (d + log V)) for t words, as all arguments are checked; O(t d) is possible.
    Source: lecture 7, section 32; lecture only.

    >>> text_vector(["b", "a", "b", "z"], {"a": 0, "b": 1}, [[1.0, 0.0], [0.0, 5.0]]).tolist()
    [1.0, 10.0]
    """
    known = columns(vocabulary)
    vectors = array("E", E, (len(known), None))
    return vectors[[known[word] for word in tokens_of("tokens", tokens) if word in known]].sum(axis=0)


def list_of_documents(documents: Documents) -> list[list[str]]:
    """At least one list of words; the lists may be empty. ValueError names ``documents``."""
    if not isinstance(documents, list | tuple) or not documents:
        raise ValueError("documents must be a list of at least one list of words")
    return [tokens_of("documents", document) for document in documents]


def columns(vocabulary: Vocabulary) -> dict[str, int]:
    """The vocabulary itself, once its columns are 0, 1, ..., each once. ValueError names ``vocabulary``."""
    if not isinstance(vocabulary, Mapping) or sorted(vocabulary.values()) != list(range(len(vocabulary))):
        raise ValueError("vocabulary must be a dict from words to the columns 0, 1, ..., each once")
    if not vocabulary:
        raise ValueError("vocabulary must hold at least one word")
    return dict(vocabulary)


def of_counts(documents: list[list[str]], known: Mapping[str, int], value: Callable[[int, int], float]) -> csr_array:
    """A row a document: ``value(count, length)`` for each known word, of its count and the document's length."""
    data, indices, ends = list[float](), list[int](), [0]
    for document in documents:
        counts = Counter(known[word] for word in document if word in known)
        for column in sorted(counts):
            data.append(value(counts[column], len(document)))
            indices.append(column)
        ends.append(len(indices))
    return csr_array(
        (np.array(data, dtype=float), np.array(indices, dtype=int), ends), shape=(len(documents), len(known))
    )
