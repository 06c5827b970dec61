"""Masked words, the first task that BERT is trained on (lecture 7, section 35, L07.bert_mask).

J. Devlin, M.-W. Chang, K. Lee, K. Toutanova, "BERT: pre-training of deep bidirectional transformers for language
understanding", NAACL-HLT (2019).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor

from reference.checks.numbers import probability, whole
from reference.checks.tensors import whole_numbers

IGNORED = -100
MASKED, REPLACED = 0.8, 0.1  # shares of the chosen tokens; the rest stays


def mask(
    tokens: Tensor, special: Iterable[int], mask_id: int, words: int, rng: Generator, share: float = 0.15
) -> tuple[Tensor, Tensor]:
    """Tokens with some of them hidden, and labels: the true token where one was chosen, -100 elsewhere.

    Each token that is not special is chosen with the probability ``share``, by a coin of its own. Of the chosen ones
    80 % become ``mask_id``, 10 % another token, 10 % stay; by an independent draw for each. Another token is any of the
    dictionary but the token itself, the special ones and ``mask_id``, all equally likely.

    Parameters: ``tokens`` (n, t), whole numbers from 0 to words - 1; ``special``, numbers of tokens that are never
    chosen nor drawn, as ``mask_id`` is; ``words``, the size of the dictionary, two or more of which are not special;
    ``rng``, a numpy generator; ``share`` from 0 to 1.
    Returns: ``(inputs, labels)``, two new tensors (n, t) of int64.
    Raises: ValueError naming ``tokens`` (shape, type, range), ``special``, ``mask_id``, ``words`` or ``share``.
    Complexity: O((n t + words) log words); memory O(n t + words).
    Source: lecture 7, section 35; Devlin et al. 2019.

    >>> mask(torch.tensor([[1, 7, 8, 2]]), [0, 1, 2], 3, 9, np.random.default_rng(0), share=1.0)[1]
    tensor([[-100,    7,    8, -100]])
    """
    words, share = whole("words", words), probability("share", share)
    given = whole_numbers("tokens", tokens, (None, None), 0, words - 1).numpy()
    never = [whole("special", token, 0, words - 1) for token in special] + [whole("mask_id", mask_id, 0, words - 1)]
    ordinary = np.setdiff1d(np.arange(words), never)
    if len(ordinary) < 2:
        raise ValueError(f"words must leave two tokens that are not special, not {len(ordinary)}")
    chosen = ~np.isin(given, never) & (rng.random(given.shape) < share)
    fate = rng.random(given.shape)
    drawn = rng.integers(len(ordinary) - 1, size=given.shape)
    drawn += drawn >= np.searchsorted(ordinary, given)  # the token itself is left out
    inputs = np.where(chosen & (fate < MASKED), mask_id, given)
    inputs = np.where(chosen & (fate >= 1 - REPLACED), ordinary[drawn], inputs)
    return torch.from_numpy(inputs), torch.from_numpy(np.where(chosen, given, IGNORED))
