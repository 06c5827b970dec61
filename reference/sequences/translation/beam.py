"""Beam search for a sequence of high probability (lecture 6, section 29, L06.beam).

P. Koehn, "Pharaoh: a beam search decoder for phrase-based statistical machine translation models", AMTA (2004); for
networks I. Sutskever, O. Vinyals, Q. V. Le, "Sequence to sequence learning with neural networks", NIPS (2014). The
score is the logarithm of the probability, not divided by the length.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from torch import Tensor

from reference.checks.numbers import whole


class Hypothesis(NamedTuple):
    """The words so far, the last of them (``begin`` if there is none), the decoder's state after the word before it."""

    score: float
    words: tuple[int, ...]
    last: int
    state: Any
    finished: bool


def beam(
    step: Callable[[int, Any], tuple[Tensor, Any]], state: Any, begin: int, end: int, width: int, limit: int
) -> tuple[list[int], float]:
    """The best sequence that a beam of ``width`` hypotheses finds, and the logarithm of its probability.

    In each of at most ``limit`` rounds every hypothesis that has no end yet is continued with every word, a finished
    one stands as it is, and the ``width`` best of all these are kept; of equal ones that of the earlier hypothesis,
    then that with the lower word. The search is over when all that were kept are finished.

    Parameters: ``step`` from the word before and a state to the logarithms of the probabilities of the next word (V,),
    which may be minus infinity, and the next state; ``state``, the first one; ``begin`` and ``end``, words; ``width``
    and ``limit`` of at least 1.
    Returns: the words, without ``end``, and the sum of the logarithms, that of ``end`` included.
    Raises: ValueError naming ``width`` or ``limit``.
    Complexity: O(width V (limit + log(width V))) a round, as each candidate has a copy of its words and all are sorted,
    and at most ``width`` calls of ``step``; O(width V + width log width) is possible.
    Source: lecture 6, section 29; Sutskever et al. 2014.

    >>> import torch
    >>> table = torch.tensor([[0.0, 0.6, 0.4], [0.4, 0.3, 0.3], [0.9, 0.1, 0.0]]).log()  # a row for the word before
    >>> [beam(lambda word, state: (table[word], state), None, 0, 0, width, 5)[0] for width in (1, 2)]
    [[1], [2]]
    """
    width, limit = whole("width", width), whole("limit", limit)
    kept = [Hypothesis(0.0, (), begin, state, finished=False)]
    for _ in range(limit):
        candidates = [one for hypothesis in kept for one in _continued(step, hypothesis, end)]
        kept = sorted(candidates, key=lambda one: -one.score)[:width]  # equal scores stay in their order
        if all(hypothesis.finished for hypothesis in kept):
            break
    return list(kept[0].words), kept[0].score


def _continued(step: Callable[[int, Any], tuple[Tensor, Any]], hypothesis: Hypothesis, end: int) -> list[Hypothesis]:
    """A hypothesis with each of the words behind it, in their order; a finished one alone."""
    if hypothesis.finished:
        return [hypothesis]
    log_p, state = step(hypothesis.last, hypothesis.state)
    return [
        Hypothesis(
            hypothesis.score + more,
            hypothesis.words if word == end else (*hypothesis.words, word),
            word,
            state,
            finished=word == end,
        )
        for word, more in enumerate(log_p.tolist())
    ]
