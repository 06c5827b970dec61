"""Greedy translation (lecture 6, section 31, L06.transformer)."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from reference.checks.numbers import whole
from reference.sequences.transformer.model import PADDING, check_tokens


def translate(
    model: Callable[[Tensor, Tensor], Tensor], source: Tensor, begin: int, end: int, limit: int
) -> list[list[int]]:
    """The tokens that a model gives for each row of ``source``, the likeliest next one at a time.

    All rows are translated at once. A row has ended with the token ``end``, or after ``limit`` tokens; rows that have
    ended get padding. The model is not called again once all have ended. Ties go to the lower token.

    Parameters: ``model``, from ``source`` and the target so far (b, t), which begins with ``begin``, to scores (b, t,
    words); ``source`` (b, n), whole numbers; ``begin`` and ``end``, tokens; ``limit``, of at least 1.
    Returns: a list of tokens for each row, without ``begin`` and ``end``, ``limit`` of them at most.
    Raises: ValueError naming ``source``, ``begin``, ``end`` or ``limit``.
    Complexity: O(b limit^2) tokens of targets through the model, in at most ``limit`` calls that read each row from its
    beginning; O(b limit) is possible for a model that keeps what it has computed.
    Source: lecture 6, section 31; lecture only.

    >>> def spell(source, target):
    ...     return torch.nn.functional.one_hot(target + 1, 9).double()
    >>> translate(spell, torch.ones(2, 3, dtype=torch.long), 1, 5, 10)
    [[2, 3, 4], [2, 3, 4]]
    """
    check_tokens("source", source)
    whole("begin", begin, 0)
    whole("end", end, 0)
    target = torch.full((len(source), 1), begin)
    ended, lengths = torch.zeros(len(source), dtype=torch.bool), torch.zeros(len(source), dtype=torch.int64)
    with torch.no_grad():
        for _ in range(whole("limit", limit)):
            following = model(source, target)[:, -1].argmax(dim=-1)
            ended |= following == end
            lengths += ~ended
            target = torch.cat([target, following.masked_fill(ended, PADDING)[:, None]], dim=1)
            if ended.all():
                break
    return [row[1 : 1 + length] for row, length in zip(target.tolist(), lengths.tolist(), strict=True)]
