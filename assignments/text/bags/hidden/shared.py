"""What the suites share: documents, vocabularies, and matrices by their values alone."""

import numpy as np
from scipy.sparse import issparse

from grader.testing import assert_array, assert_close
from grader.testing.inputs import sentences

STRANGE = ["ёж", "яма", "Еда", "еда", "Zoo", "apple", "2026", "из-за"]


def some_documents(rng, language, count=8):
    """Documents of one to three sentences, in which words repeat, and a word that all of them have."""
    lines = sentences(rng, 3 * count, language)
    joined = [[word for line in lines[3 * i : 3 * i + 1 + i % 3] for word in line] for i in range(count)]
    return [[*words, "и", *words[: i % 4]] for i, words in enumerate(joined)]


def columns_in_disorder(rng, documents):
    """A vocabulary that leaves out a third of the words, has two that no document has, and is in no order."""
    words = sorted({word for document in documents for word in document} | {"ось", "щука"})
    kept = [word for place, word in enumerate(words) if place % 3 or word in ("и", "ось", "щука")]
    return {word: int(column) for word, column in zip(kept, rng.permutation(len(kept)), strict=True)}


def by_alphabet(documents):
    return {word: column for column, word in enumerate(sorted({word for words in documents for word in words}))}


def values(found, what):
    """The matrix as an array, whatever its format: that is the business of one test."""
    return found.toarray() if issparse(found) else assert_array(found, what=what)


def same(found, expected, what):
    assert_close(np.asarray(values(found, what)), expected.toarray(), rtol=1e-9, atol=1e-12, what=what)
