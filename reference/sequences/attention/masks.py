"""Masks of attention: which place may attend to which (lecture 6, section 31, L06.causal).

A. Vaswani, N. Shazeer, N. Parmar et al., "Attention is all you need", NeurIPS 2017.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from reference.checks.numbers import whole


def causal_mask(n: int) -> Tensor:
    """True where place i may attend to place j: at ``j <= i`` (the lecture's masked multi-head attention).

    Parameters: ``n``, the length of the sequence, of at least 1.
    Returns: bools (n, n), a row for each place that attends.
    Raises: ValueError naming ``n``.
    Complexity: O(n^2), also in memory.
    Source: lecture 6, section 31; Vaswani et al. 2017.

    >>> causal_mask(3).int().tolist()
    [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
    """
    size = whole("n", n)
    return torch.ones(size, size, dtype=torch.bool).tril()


def stretched(mask: Any, shape: Sequence[int]) -> Tensor:
    """The mask at the shape of the scores. Raises ValueError naming ``mask``."""
    if not isinstance(mask, Tensor) or mask.dtype != torch.bool:
        raise ValueError("mask must be a tensor of bools")
    try:
        return mask.expand(*shape)
    except RuntimeError:
        raise ValueError(f"mask must fit the shape {tuple(shape)}, not be of {tuple(mask.shape)}") from None
