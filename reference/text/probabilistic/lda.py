"""Latent Dirichlet allocation by collapsed Gibbs sampling (lecture 7, section 34, L07.lda).

The lecture says "gradient descent"; variational methods are like it. Sampling, which needs counts alone, is another way
to the same model.

D. Blei, A. Ng, M. Jordan, "Latent Dirichlet allocation", Journal of Machine Learning Research 3 (2003).
T. Griffiths, M. Steyvers, "Finding scientific topics", Proceedings of the National Academy of Sciences 101 (2004).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, matrix, numeric, vector
from reference.checks.numbers import positive, whole
from reference.checks.randomness import generator

_lgamma = np.vectorize(math.lgamma, otypes=[float])


def conditional(n_dk: ArrayLike, n_kw: ArrayLike, word: int, alpha: float, beta: float) -> Floats:
    """The probability of each topic for one token: ``p_k ~ (n_dk + alpha) (n_kw + beta) / (n_k + V beta)``.

    The token itself is in no count.

    Parameters: ``n_dk`` (K,), tokens of the token's document in each topic; ``n_kw`` (K, V), how often each topic has
    each word; ``word`` from 0 to V - 1; ``alpha`` and ``beta`` above 0.
    Returns: K probabilities, whose sum is 1.
    Raises: ValueError naming ``n_dk`` or ``n_kw`` (negative, other numbers of topics), ``word``, ``alpha`` or ``beta``.
    Complexity: O(K V), as topics are counted anew; O(K) is possible.
    Source: lecture 7, section 34; Griffiths, Steyvers 2004.

    >>> conditional([1, 0], [[1, 0], [0, 1]], 0, 1.0, 1.0).round(6).tolist()
    [0.8, 0.2]
    """
    topics = _counts("n_kw", matrix("n_kw", n_kw))
    own = _counts("n_dk", vector("n_dk", n_dk, len(topics)))
    V = topics.shape[1]
    place = whole("word", word, 0, V - 1)
    return _conditional(own, topics[:, place], topics.sum(axis=1), V, positive("alpha", alpha), positive("beta", beta))


def _conditional(own: Floats, of_word: Floats, of_topic: Floats, V: int, alpha: float, beta: float) -> Floats:
    weights = (own + alpha) * (of_word + beta) / (of_topic + V * beta)
    return weights / weights.sum()


def log_likelihood(n_kw: ArrayLike, beta: float) -> float:
    """``ln p(w | z)``: the logarithm of the probability of all words, once each token has its topic.

    The distributions of the topics are integrated out: each topic adds
    ``ln G(V beta) - ln G(n_k + V beta) + sum_w (ln G(n_kw + beta) - ln G(beta))``, where G is the gamma function.

    Parameters: ``n_kw`` (K, V), how often each topic has each word; ``beta`` above 0.
    Returns: a number.
    Raises: ValueError naming ``n_kw`` (negative) or ``beta``.
    Complexity: O(K V).
    Source: lecture 7, section 34; Griffiths, Steyvers 2004.

    >>> round(log_likelihood([[1, 1], [0, 0]], 1.0), 6)  # 1/2, then 1/3
    -1.791759
    """
    return _log_likelihood(_counts("n_kw", matrix("n_kw", n_kw)), positive("beta", beta))


def _log_likelihood(n_kw: Floats, beta: float) -> float:
    K, V = n_kw.shape
    of_words = _lgamma(n_kw + beta).sum() - K * V * math.lgamma(beta)
    return float(K * math.lgamma(V * beta) - _lgamma(n_kw.sum(axis=1) + V * beta).sum() + of_words)


def lda(
    documents: Sequence[ArrayLike], V: int, K: int, alpha: float, beta: float, sweeps: int, rng: Generator
) -> tuple[Floats, Floats, Floats]:
    """Topics of documents, and words of topics, from the state of a Gibbs sampler after its last sweep.

    Each token begins in a topic drawn uniformly. A sweep goes through all tokens, document by document: each is removed
    from the counts, gets a topic drawn from `conditional`, and is counted again.

    Parameters: ``documents``, vectors of words from 0 to V - 1, perhaps empty ones; ``V`` words and ``K`` topics;
    ``alpha`` and ``beta`` above 0; ``sweeps`` of at least 1; ``rng``.
    Returns: ``theta`` (n, K), ``(n_dk + alpha) / (n_d + K alpha)``; ``phi`` (K, V), ``(n_kw + beta) / (n_k + V beta)``;
    ``history`` (sweeps,), `log_likelihood` after each sweep.
    Raises: ValueError naming ``documents`` (none, unknown words), ``V``, ``K``, ``alpha``, ``beta``, ``sweeps`` or
    ``rng``.
    Complexity: O(K (T + V)) a sweep for T words in all; memory O(T + K (n + V)).
    Source: lecture 7, section 34; Griffiths, Steyvers 2004.

    >>> lda([[0, 1], [1]], 2, 1, 1.0, 1.0, 3, np.random.default_rng(0))[1].tolist()
    [[0.4, 0.6]]
    """
    V, K, sweeps = whole("V", V), whole("K", K), whole("sweeps", sweeps)
    words = [_words(document, V) for document in documents]
    if not words:
        raise ValueError("documents must not be empty")
    alpha, beta = positive("alpha", alpha), positive("beta", beta)
    topics = [generator("rng", rng).integers(K, size=len(document)) for document in words]
    n_dk, n_kw = np.zeros((len(words), K)), np.zeros((K, V))
    for own, document, places in zip(n_dk, words, topics, strict=True):
        np.add.at(own, places, 1)
        np.add.at(n_kw, (places, document), 1)
    n_k = n_kw.sum(axis=1)

    history = np.zeros(sweeps)
    for sweep in range(sweeps):
        for own, document, places in zip(n_dk, words, topics, strict=True):
            for i, word in enumerate(document):
                k = places[i]
                own[k], n_kw[k, word], n_k[k] = own[k] - 1, n_kw[k, word] - 1, n_k[k] - 1
                p = _conditional(own, n_kw[:, word], n_k, V, alpha, beta)
                k = places[i] = min(int(np.searchsorted(p.cumsum(), rng.random(), side="right")), K - 1)
                own[k], n_kw[k, word], n_k[k] = own[k] + 1, n_kw[k, word] + 1, n_k[k] + 1
        history[sweep] = _log_likelihood(n_kw, beta)

    theta = (n_dk + alpha) / (n_dk.sum(axis=1, keepdims=True) + K * alpha)
    phi = (n_kw + beta) / (n_kw.sum(axis=1, keepdims=True) + V * beta)
    return theta, phi, history


def _counts(name: str, values: Floats) -> Floats:
    if (values < 0).any():
        raise ValueError(f"{name} must not hold negative numbers")
    return values


def _words(document: ArrayLike, V: int) -> Labels:
    """One document as a vector of words, which may be empty."""
    if np.size(document) == 0:
        return np.zeros(0, dtype=int)
    words = numeric("documents", document, "iu")
    if words.ndim != 1 or words.min() < 0 or words.max() >= V:
        raise ValueError(f"documents must be vectors of whole numbers from 0 to {V - 1}")
    return words.astype(int)
