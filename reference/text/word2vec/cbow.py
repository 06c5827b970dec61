"""CBOW: a word is predicted from the mean of the words around it (lecture 7, section 35, L07.cbow).

T. Mikolov et al., "Efficient estimation of word representations in vector space", ICLR workshop (2013).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats
from reference.checks.numbers import positive, whole
from reference.checks.randomness import generator
from reference.text.word2vec.arguments import both_matrices, id_lists, indices
from reference.text.word2vec.training import batches, first_vectors
from reference.text.word2vec.windows import NOTHING, windows


def cbow(W_in: ArrayLike, W_out: ArrayLike, contexts: ArrayLike, targets: ArrayLike) -> tuple[float, Floats, Floats]:
    """The mean of ``-ln softmax(W_out h)[target]``, where h is the mean of the rows of ``W_in`` of the context's words.

    Parameters: ``W_in``, ``W_out`` (V, d); ``contexts`` (n, c), ids below V, or -1 where there is no word, at least
    one word a row; ``targets`` (n,), ids below V.
    Returns: the loss, and its derivatives by ``W_in`` and by ``W_out``, both (V, d).
    Raises: ValueError naming ``W_in``, ``W_out``, ``contexts`` or ``targets``.
    Complexity: O(n d (c + V)); memory O(n (c d + V) + V d). With negatives instead of the whole softmax V would be
    their number.
    Source: lecture 7, section 35; Mikolov et al. 2013.

    >>> cbow([[1.0], [3.0], [0.0]], [[0.0], [0.0], [0.0]], [[0, 1]], [2])[2].round(3).tolist()
    [[0.667], [0.667], [-1.333]]
    """
    inputs, outputs = both_matrices(W_in, W_out)
    around = indices("contexts", contexts, 2, NOTHING, len(inputs))
    words = indices("targets", targets, 1, 0, len(inputs))
    there = around != NOTHING
    if len(around) == 0 or not there.any(axis=1).all():
        raise ValueError("contexts must hold at least one word in each row")
    if len(words) != len(around):
        raise ValueError(f"targets must be as many as contexts, {len(around)}, not {len(words)}")
    return _cbow(inputs, outputs, around, there / there.sum(axis=1, keepdims=True), words)


def train_cbow(
    ids: Sequence[ArrayLike], V: int, d: int, *, window: int, rate: float, epochs: int, rng: Generator
) -> tuple[Floats, Floats]:
    """``W_in`` and ``W_out`` after ``epochs`` passes over all windows, shuffled, in batches of 32.

    At first ``W_in`` is uniform from -1/(2d) to 1/(2d), ``W_out`` is 0. Each batch changes both by ``- rate`` times the
    gradient of its loss.

    Parameters: ``ids``, vectors of ids below ``V``, some sentence with two words; ``V``, ``d``, ``window``, ``epochs``
    of at least 1; ``rate`` above 0; ``rng``.
    Returns: two matrices (V, d); the vectors of the words are the rows of the first.
    Raises: ValueError naming the argument.
    Complexity: O(N d (window + V)) an epoch for N words with neighbours; memory O(N window + V d).
    Source: lecture 7, section 35; Mikolov et al. 2013.
    """
    whole("V", V), whole("d", d), whole("epochs", epochs), positive("rate", rate), generator("rng", rng)
    contexts, targets = windows(id_lists("ids", ids, V), window)
    if len(targets) == 0:
        raise ValueError("ids must hold a sentence of at least two words")
    W_in, W_out = first_vectors(V, d, rng)
    there = contexts != NOTHING
    share = there / there.sum(axis=1, keepdims=True)
    for batch in batches(len(targets), epochs, rng):
        _, by_in, by_out = _cbow(W_in, W_out, contexts[batch], share[batch], targets[batch])
        W_in -= rate * by_in
        W_out -= rate * by_out
    return W_in, W_out


def _cbow(
    W_in: Floats, W_out: Floats, contexts: np.ndarray, share: Floats, targets: np.ndarray
) -> tuple[float, Floats, Floats]:
    """As `cbow`; ``share`` (n, c) is what each word of a context weighs in the mean, 0 where there is none."""
    rows = np.arange(len(targets))
    hidden = np.einsum("nc,ncd->nd", share, W_in[contexts])  # (n, d)
    logits = hidden @ W_out.T  # (n, V)
    logits -= logits.max(axis=1, keepdims=True)
    log_probabilities = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    loss = -float(log_probabilities[rows, targets].mean())
    above = np.exp(log_probabilities)
    above[rows, targets] -= 1.0
    above /= len(targets)
    by_in = np.zeros_like(W_in)
    np.add.at(by_in, contexts, share[:, :, None] * (above @ W_out)[:, None, :])
    return loss, by_in, above.T @ hidden
