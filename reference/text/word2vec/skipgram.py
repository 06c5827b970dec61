"""Skip-gram: the neighbours of a word are told from random words (lecture 7, section 35, L07.skipgram).

The lecture has the name alone; negatives and their distribution are from the paper.

T. Mikolov et al., "Distributed representations of words and phrases and their compositionality", NIPS (2013).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels
from reference.checks.numbers import positive, whole
from reference.checks.randomness import generator
from reference.text.word2vec.arguments import both_matrices, id_lists, indices
from reference.text.word2vec.subsampling import shares_of
from reference.text.word2vec.training import batches, first_vectors
from reference.text.word2vec.windows import pairs


def noise(counts: ArrayLike) -> Floats:
    """The distribution of the negatives: probabilities in proportion to ``count^0.75``.

    Parameters: ``counts`` (V,), how often each word occurs, not all 0.
    Returns: probabilities (V,).
    Raises: ValueError naming ``counts``.
    Complexity: O(V).
    Source: lecture 7, section 35; Mikolov et al. 2013.

    >>> noise([0, 1, 16]).round(4).tolist()
    [0.0, 0.1111, 0.8889]
    """
    weights = shares_of(counts) ** 0.75
    return weights / weights.sum()


def skipgram(
    W_in: ArrayLike, W_out: ArrayLike, centers: ArrayLike, contexts: ArrayLike, negatives: ArrayLike
) -> tuple[float, Floats, Floats]:
    """The mean over pairs of ``-ln s(v u_context) - sum_r ln s(-v u_negative)``, where s is the sigmoid.

    v is the row of ``W_in`` of the pair's centre, each u a row of ``W_out``. A word may be among its own negatives, and
    twice: each time counts.

    Parameters: ``W_in``, ``W_out`` (V, d); ``centers``, ``contexts`` (n,) and ``negatives`` (n, r), ids below V.
    Returns: the loss, and its derivatives by ``W_in`` and by ``W_out``, both (V, d).
    Raises: ValueError naming the argument.
    Complexity: O(d (n r + V)), as the derivatives are whole matrices; memory O(d (n r + V)). O(d n r) is possible.
    Source: lecture 7, section 35; Mikolov et al. 2013.

    >>> skipgram([[2.0], [0.0]], [[0.0], [0.0]], [0], [1], [[0, 0]])[2].tolist()
    [[2.0], [-1.0]]
    """
    inputs, outputs = both_matrices(W_in, W_out)
    words = indices("centers", centers, 1, 0, len(inputs))
    if len(words) == 0:
        raise ValueError("centers must not be empty")
    around = indices("contexts", contexts, 1, 0, len(inputs))
    drawn = indices("negatives", negatives, 2, 0, len(inputs))
    for name, given in (("contexts", around), ("negatives", drawn)):
        if len(given) != len(words):
            raise ValueError(f"{name} must be as many as centers, {len(words)}, not {len(given)}")
    return _skipgram(inputs, outputs, words, around, drawn)


def train_skipgram(
    ids: Sequence[ArrayLike],
    V: int,
    d: int,
    *,
    window: int,
    negatives: int,
    rate: float,
    epochs: int,
    rng: Generator,
) -> tuple[Floats, Floats]:
    """``W_in`` and ``W_out`` after ``epochs`` passes over all pairs, shuffled, in batches of 32.

    At first ``W_in`` is uniform from -1/(2d) to 1/(2d), ``W_out`` is 0. Each batch changes both by ``- rate`` times the
    gradient of its loss. For each pair of a batch ``negatives`` words are drawn from the `noise` of the counts in
    ``ids``; none is excluded.

    Parameters: ``ids``, vectors of ids below ``V``, some sentence with two words; ``V``, ``d``, ``window``,
    ``negatives``, ``epochs`` of at least 1; ``rate`` above 0; ``rng``.
    Returns: two matrices (V, d); the vectors of the words are the rows of the first.
    Raises: ValueError naming the argument.
    Complexity: O(M negatives (d + log V) + M V d / 32) an epoch for M pairs, as each batch changes whole matrices; the
    second term can be saved. Memory O(M + V d).
    Source: lecture 7, section 35; Mikolov et al. 2013.
    """
    whole("V", V), whole("d", d), whole("epochs", epochs), positive("rate", rate), generator("rng", rng)
    drawn = whole("negatives", negatives)
    sentences = id_lists("ids", ids, V)
    examples = pairs(sentences, window)
    if len(examples) == 0:
        raise ValueError("ids must hold a sentence of at least two words")
    law = noise(np.bincount(np.concatenate(sentences), minlength=V))
    W_in, W_out = first_vectors(V, d, rng)
    for batch in batches(len(examples), epochs, rng):
        words, around = examples[batch].T
        others = rng.choice(V, size=(len(batch), drawn), p=law)
        _, by_in, by_out = _skipgram(W_in, W_out, words, around, others)
        W_in -= rate * by_in
        W_out -= rate * by_out
    return W_in, W_out


def _skipgram(
    W_in: Floats, W_out: Floats, centers: Labels, contexts: Labels, negatives: Labels
) -> tuple[float, Floats, Floats]:
    words = np.concatenate([contexts[:, None], negatives], axis=1)  # (n, 1 + r)
    signs = np.where(np.arange(words.shape[1]) == 0, 1.0, -1.0)  # of the neighbour and of the negatives
    vectors = W_in[centers]  # (n, d)
    scores = signs * np.einsum("nd,nrd->nr", vectors, W_out[words])  # (n, 1 + r)
    loss = float(np.logaddexp(0.0, -scores).sum() / len(centers))
    above = -signs * np.exp(-np.logaddexp(0.0, scores)) / len(centers)  # by v u
    by_in, by_out = np.zeros_like(W_in), np.zeros_like(W_out)
    np.add.at(by_in, centers, np.einsum("nr,nrd->nd", above, W_out[words]))
    np.add.at(by_out, words, above[:, :, None] * vectors[:, None, :])
    return loss, by_in, by_out
