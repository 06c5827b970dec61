"""Subsampling of frequent words (L07.vocab), which lecture 7, section 35, does not mention.

T. Mikolov et al., "Distributed representations of words and phrases and their compositionality", NIPS (2013).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, weight_vector
from reference.checks.numbers import positive
from reference.checks.randomness import generator
from reference.text.word2vec.arguments import id_lists


def keep_probability(counts: ArrayLike, t: float = 1e-3) -> Floats:
    """``min(1, sqrt(t / f))`` for each word, where f is its share of all occurrences; 1 for a word that never occurs.

    Parameters: ``counts`` (V,), how often each word occurs, not all 0; ``t`` above 0.
    Returns: probabilities (V,).
    Raises: ValueError naming ``counts`` or ``t``.
    Complexity: O(V).
    Source: lecture 7, section 35; Mikolov et al. 2013.

    >>> keep_probability([0, 1, 3, 96], t=0.06).tolist()
    [1.0, 1.0, 1.0, 0.25]
    """
    shares = shares_of(counts)
    bound = positive("t", t)
    rare = shares <= bound
    return np.where(rare, 1.0, np.sqrt(bound / np.where(rare, 1.0, shares)))


def subsample(ids: Sequence[ArrayLike], counts: ArrayLike, t: float, rng: Generator) -> list[Labels]:
    """The sentences without some of their words: each occurrence stays, by itself, with its `keep_probability`.

    Parameters: ``ids``, vectors of ids below V; ``counts`` (V,); ``t`` above 0; ``rng``.
    Returns: as many vectors of ids, in the same order, some of them perhaps empty.
    Raises: ValueError naming ``ids``, ``counts``, ``t`` or ``rng``.
    Complexity: O(T + V) for T words in all.
    Source: lecture 7, section 35; Mikolov et al. 2013.
    """
    keep = keep_probability(counts, t)
    chance = generator("rng", rng)
    return [sentence[chance.random(len(sentence)) < keep[sentence]] for sentence in id_lists("ids", ids, len(keep))]


def shares_of(counts: ArrayLike) -> Floats:
    """``counts`` (V,), not all 0, divided by their sum. ValueError names ``counts``."""
    numbers = weight_vector("counts", counts)
    if not numbers.any():
        raise ValueError("counts must not be 0 all of them")
    return numbers / numbers.sum()
