"""Pairs of sentences, the second task that BERT is trained on (lecture 7, section 35, L07.bert_nsp).

J. Devlin, M.-W. Chang, K. Lee, K. Toutanova, "BERT: pre-training of deep bidirectional transformers for language
understanding", NAACL-HLT (2019).
"""

from __future__ import annotations

from collections.abc import Sequence

from numpy.random import Generator

from reference.checks.numbers import whole
from reference.checks.text import text


def sentence_pairs(documents: Sequence[Sequence[str]], count: int, rng: Generator) -> list[tuple[str, str, int]]:
    """Pairs of sentences, each with 1 where the second follows the first in its document, and 0 where it does not.

    The first sentence of every pair is any that has a next one in its document, all equally likely. By a fair coin its
    next one follows, or any sentence of the other documents, all equally likely, but those that read as the true next.

    Parameters: ``documents``, at least two lists of sentences, none empty; ``count`` from 0 up; ``rng``, a numpy
    generator.
    Returns: ``count`` tuples ``(first, second, label)``.
    Raises: ValueError naming ``documents`` (fewer than two, an empty one, no two sentences in a row, nothing to draw
    beside the true next sentence) or ``count``.
    Complexity: O(count S) for S sentences in all, as the sentences of other documents are listed anew for each pair;
    O(S + count) is possible by drawing places.
    Source: lecture 7, section 35; Devlin et al. 2019.
    """
    count = whole("count", count, 0)
    known = [[text("documents", sentence) for sentence in document] for document in documents]
    starts = [(number, place) for number, document in enumerate(known) for place in range(len(document) - 1)]
    if len(known) < 2 or not all(known) or not starts:
        raise ValueError("documents must be two or more, none empty, one of two or more sentences")
    pairs = []
    for _ in range(count):
        number, place = starts[int(rng.integers(len(starts)))]
        first, following = known[number][place : place + 2]
        if rng.random() < 0.5:
            pairs.append((first, following, 1))
        else:
            pairs.append((first, _from_elsewhere(known, number, following, rng), 0))
    return pairs


def _from_elsewhere(documents: list[list[str]], number: int, following: str, rng: Generator) -> str:
    """A sentence of another document that is not the true next one."""
    others = [
        sentence
        for other, document in enumerate(documents)
        if other != number
        for sentence in document
        if sentence != following
    ]
    if not others:
        raise ValueError("documents must hold other sentences than the one that follows")
    return others[int(rng.integers(len(others)))]
