"""Positions as vectors of sines and cosines (lecture 6, section 31, L06.positional).

A. Vaswani, N. Shazeer, N. Parmar et al., "Attention is all you need", NeurIPS 2017.
"""

from __future__ import annotations

import torch
from torch import Tensor

from reference.checks.numbers import whole


def positional(n: int, d: int) -> Tensor:
    """Row i is the vector of position i: ``sin(i 10000^(-2k/d))`` at 2k, the cosine of the same angle at 2k + 1.

    The first position is 0; d may be odd. For an even d the distance of two rows depends on ``i - j`` alone. (The
    lecture says that it grows with ``|i - j|``; that holds for near ones only.)

    Parameters: ``n``, how many positions, and ``d``, the length of a vector, both of at least 1.
    Returns: (n, d) in double precision.
    Raises: ValueError naming ``n`` or ``d``.
    Complexity: O(n d).
    Source: lecture 6, section 31; Vaswani et al. 2017.

    >>> positional(2, 2).round(decimals=4).tolist()
    [[0.0, 1.0], [0.8415, 0.5403]]
    """
    places = torch.arange(whole("n", n), dtype=torch.float64)
    columns = torch.arange(whole("d", d), dtype=torch.float64)
    pairs = columns // 2  # k
    angles = places[:, None] * 10000 ** (-2 * pairs / d)  # (n, d)
    return torch.where(columns % 2 == 0, angles.sin(), angles.cos())
