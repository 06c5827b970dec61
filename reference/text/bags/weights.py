"""TF-IDF, and search by it (lecture 7, section 34, L07.tfidf).

K. Sparck Jones, "A statistical interpretation of term specificity and its application in retrieval", Journal of
Documentation 28 (1972); G. Salton, C. Buckley, "Term-weighting approaches in automatic text retrieval", Information
Processing and Management 24 (1988). Nothing is smoothed, and rows are not scaled to length 1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from reference.checks.arrays import Floats, Labels
from reference.checks.numbers import whole
from reference.checks.text import tokens as tokens_of
from reference.text.bags.counts import Documents, Vocabulary, bag, columns, list_of_documents, of_counts, vocabulary

DECIMALS = 12  # of a cosine: those that differ by rounding alone are equal


def tf(documents: Documents, vocabulary: Vocabulary) -> csr_array:
    """The share of each word in each document: its count over the document's length, in which unknown words count.

    Parameters: as in `bag`.
    Returns: a sparse matrix (n, V); an empty document has a row of zeros.
    Raises: ValueError naming ``documents`` or ``vocabulary``.
    Complexity: as in `bag`.
    Source: lecture 7, section 34; Salton, Buckley 1988.

    >>> tf([["b", "a", "b", "z"], []], {"a": 0, "b": 1}).toarray().tolist()
    [[0.25, 0.5], [0.0, 0.0]]
    """
    return of_counts(list_of_documents(documents), columns(vocabulary), lambda count, length: count / length)


def idf(documents: Documents, vocabulary: Vocabulary) -> Floats:
    """``ln(N / df)``: how rare each word is, of N documents of which df have the word; 0 where none has it.

    Parameters: as in `bag`.
    Returns: an array (V,).
    Raises: ValueError naming ``documents`` or ``vocabulary``.
    Complexity: as in `bag`.
    Source: lecture 7, section 34; Sparck Jones 1972.

    >>> idf([["b", "a", "b"], ["a"]], {"a": 0, "b": 1, "c": 2}).round(4).tolist()
    [0.0, 0.6931, 0.0]
    """
    counts = bag(documents, vocabulary)
    having = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.log(counts.shape[0] / np.where(having > 0, having, counts.shape[0]))


def tfidf(documents: Documents, vocabulary: Vocabulary) -> csr_array:
    """The share of each word in each document times how rare it is: ``tf * idf``.

    Parameters: as in `bag`.
    Returns: a sparse matrix (n, V); words that all documents have are zeros, and not stored.
    Raises: ValueError naming ``documents`` or ``vocabulary``.
    Complexity: as in `bag`.
    Source: lecture 7, section 34; Sparck Jones 1972; Salton, Buckley 1988.

    >>> tfidf([["b", "a"], ["a"]], {"a": 0, "b": 1}).toarray().round(4).tolist()
    [[0.0, 0.3466], [0.0, 0.0]]
    """
    return _weighted(tf(documents, vocabulary), idf(documents, vocabulary))


def search(query: Sequence[str], documents: Documents, top: int) -> Labels:
    """The documents that are most like the query, by the cosine of their TF-IDF vectors; ties go to the lower index.

    The vocabulary and the idf are those of the documents; the query has a tf of its own. Cosines are rounded to 12
    decimals; with a vector of zeros they are 0.

    Parameters: ``query``, a list of words; ``documents``, n of them, not all without words; ``top`` of at least 1.
    Returns: an array of whole numbers, the indices of the ``top`` documents, the best first; all n if there are fewer.
    Raises: ValueError naming ``query``, ``documents`` or ``top``.
    Complexity: O(T + (V + z) log V + n log n) for T words in all, V different ones, and z counts that are stored, as
    all documents are weighted anew; an index from words to documents would read only those that share a word with the
    query.
    Source: lecture 7, section 34; Salton, Buckley 1988.

    >>> search(["b"], [["a"], ["b", "a"], ["b"]], 2).tolist()
    [2, 1]
    """
    wanted, limit = tokens_of("query", query), whole("top", top)
    return np.argsort(-cosines(wanted, documents).round(DECIMALS), kind="stable")[:limit]


def cosines(query: Sequence[str], documents: Documents) -> Floats:
    """The cosine of the query's TF-IDF vector with that of each document (n,); with a vector of zeros it is 0."""
    known = vocabulary(documents)
    if not known:
        raise ValueError("documents must hold at least one word")
    rarity = idf(documents, known)
    rows = _weighted(tf(documents, known), rarity)
    one = _weighted(tf([query], known), rarity)
    products = (rows @ one.T).toarray()[:, 0]
    lengths = np.sqrt((rows * rows).sum(axis=1) * (one * one).sum())
    return np.divide(products, lengths, out=np.zeros(len(products)), where=lengths > 0)


def _weighted(shares: csr_array, rarity: Floats) -> csr_array:
    """Each column times its weight, without the zeros that come of it."""
    weighted = shares.copy()
    weighted.data *= rarity[weighted.indices]
    weighted.eliminate_zeros()
    return weighted
