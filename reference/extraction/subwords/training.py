"""Skip-gram whose centre is a sum of n-grams (lecture 11, section 53, L11.fasttext).

P. Bojanowski, E. Grave, A. Joulin, T. Mikolov, "Enriching word vectors with subword information", Transactions of the
ACL 5 (2017).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, array
from reference.checks.numbers import positive, whole
from reference.checks.randomness import generator
from reference.extraction.subwords.ngrams import filled
from reference.extraction.subwords.vectors import rows_of, tables
from reference.text.word2vec.arguments import indices, token_lists
from reference.text.word2vec.skipgram import noise
from reference.text.word2vec.windows import pairs


def step(
    word: str,
    context: int,
    negatives: ArrayLike,
    known: Mapping[str, int],
    W: ArrayLike,
    N: ArrayLike,
    C: ArrayLike,
    rate: float,
) -> tuple[Floats, Floats, Floats]:
    """``W``, ``N`` and ``C`` after one step against the gradient of ``-ln s(h c) - sum_r ln s(-h c_r)``.

    h is the vector of ``word``, the sum of rows of ``N`` and ``W``; c is the row of ``C`` of the neighbour, the c_r are
    those of the negatives, s is the sigmoid. All gradients are taken at the tables as they were. A row that stands in
    a sum twice moves twice as far.

    Parameters: ``word``, known or not; ``context``, a row of ``C``; ``negatives`` (r,), rows of ``C``; ``known``;
    ``W`` (V, d); ``N`` (buckets, d); ``C`` (V, d); ``rate`` above 0.
    Returns: new tables, (V, d), (buckets, d), (V, d).
    Raises: ValueError naming the argument.
    Complexity: O(d (V + buckets)), as new tables are returned, and O(d (l + r)) for the step itself with a word of l
    characters.
    Source: lecture 11, section 53; Bojanowski et al. 2017.

    >>> W, N, C = step("a", 0, [1], {}, [[0.0], [0.0]], [[2.0]], [[0.0], [0.0]], 1.0)
    >>> W.tolist(), N.tolist(), C.tolist()
    ([[0.0], [0.0]], [[2.0]], [[1.0], [-1.0]])
    """
    own, parts = tables(known, W, N)
    outer = array("C", C, own.shape)
    neighbour = whole("context", context, 0, len(outer) - 1)
    drawn = indices("negatives", negatives, 1, 0, len(outer))
    _step(
        rows_of(filled("word", word), len(parts)),
        known.get(word),
        np.concatenate([[neighbour], drawn]),
        (own, parts, outer),
        positive("rate", rate),
    )
    return own, parts, outer


def train(
    sentences: Sequence[Sequence[str]],
    d: int,
    *,
    buckets: int,
    window: int,
    negatives: int,
    rate: float,
    epochs: int,
    rng: Generator,
) -> tuple[dict[str, int], Floats, Floats, Floats]:
    """The rows of the words, and all three tables, after a `step` for each pair in each epoch.

    Pairs are (word, neighbour) with at most ``window`` places between them, in a new random order in each epoch. At
    first ``W`` and ``N`` are uniform from -1/(2d) to 1/(2d), C is 0. Negatives are drawn in proportion to the counts of
    the words to the power 0.75; none is excluded.

    Parameters: ``sentences``, lists of texts, none of them empty, some sentence with two words; ``d``, ``buckets``,
    ``window``, ``negatives``, ``epochs`` of at least 1; ``rate`` above 0; ``rng``.
    Returns: a dict of the V different words, W (V, d), N (buckets, d), C (V, d).
    Raises: ValueError naming the argument.
    Complexity: O(M (d (l + negatives) + negatives log V)) an epoch for M pairs and words of at most l characters;
    memory O(d (V + buckets) + M negatives), and the sentences.
    Source: lecture 11, section 53; Bojanowski et al. 2017.
    """
    size, passes, drawn = whole("d", d), whole("epochs", epochs), whole("negatives", negatives)
    words = [[filled("sentences", word) for word in sentence] for sentence in token_lists("sentences", sentences)]
    known = {word: row for row, word in enumerate(dict.fromkeys(word for sentence in words for word in sentence))}
    ids = [np.array([known[word] for word in sentence], dtype=np.intp) for sentence in words]
    examples = pairs(ids, window)
    if len(examples) == 0:
        raise ValueError("sentences must have one of at least two words")
    rows = [rows_of(word, whole("buckets", buckets)) for word in known]
    positive("rate", rate), generator("rng", rng)
    law = noise(np.bincount(np.concatenate(ids)))
    W, N = (rng.uniform(-0.5 / size, 0.5 / size, (count, size)) for count in (len(known), buckets))
    C = np.zeros_like(W)
    for _ in range(passes):
        others = rng.choice(len(known), size=(len(examples), drawn), p=law)
        for place in rng.permutation(len(examples)):
            word, neighbour = examples[place]
            _step(rows[word], int(word), np.concatenate([[neighbour], others[place]]), (W, N, C), rate)
    return known, W, N, C


def _step(rows: Labels, own: int | None, targets: Labels, tables: tuple[Floats, Floats, Floats], rate: float) -> None:
    """As `step`, in place. ``targets`` are the neighbour and then the negatives."""
    W, N, C = tables
    vector = N[rows].sum(axis=0)
    if own is not None:
        vector += W[own]
    vectors = C[targets]  # (1 + r, d)
    above = np.exp(-np.logaddexp(0.0, -(vectors @ vector)))  # by each product
    above[0] -= 1.0
    change = -rate * (above @ vectors)
    np.add.at(C, targets, -rate * above[:, None] * vector)
    np.add.at(N, rows, change)
    if own is not None:
        W[own] += change
