"""Attention with several heads (lecture 6, section 31, L06.multihead, L06.causal).

A. Vaswani, N. Shazeer, N. Parmar et al., "Attention is all you need", NeurIPS 2017.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.checks.tensors import tensor
from reference.parameters import uniform
from reference.sequences.attention.masks import stretched
from reference.sequences.attention.scaled import scaled


class MultiHead(nn.Module):
    """Several attentions side by side, each to its own part of the queries, keys and values, and a map over all.

    Head j has the rows ``j d / heads`` to ``(j + 1) d / heads`` of ``w_q``, ``w_k`` and ``w_v``. What the heads give
    stands in their order, and goes through ``w_o``.

    Parameters: ``d``, the length of a vector; ``heads``, which divides it; ``rng``, a generator of torch, or None for
    the global one.
    Returns: a module from ``x`` (b, n, d), ``memory`` (b, m, d), ``x`` itself where it is None, and ``mask``, bools
    that can be stretched to (b, n, m), True where memory may be attended to, to (b, n, d); with ``w_q``, ``w_k``,
    ``w_v``, ``w_o`` (d, d), ``b_q``, ``b_k``, ``b_v``, ``b_o`` (d,), all uniform within ``1 / sqrt(d)`` of 0 at first.
    Raises: ValueError naming ``d``, ``heads``, ``x``, ``memory`` or ``mask``.
    Complexity: O(b (n + m) d^2 + b n m d) a pass, whatever the number of heads; memory
    O(b (n + m) d + b heads n m + d^2).
    Source: lecture 6, section 31; Vaswani et al. 2017.

    >>> tuple(MultiHead(6, 2)(torch.zeros(5, 3, 6), torch.zeros(5, 4, 6)).shape)
    (5, 3, 6)
    """

    def __init__(self, d: int, heads: int, *, rng: torch.Generator | None = None) -> None:
        super().__init__()
        self.d, self.heads = whole("d", d), whole("heads", heads)
        if d % heads != 0:
            raise ValueError(f"heads must divide d, but {heads} does not divide {d}")
        self.w_q, self.w_k, self.w_v, self.w_o = (uniform(d, d, within=d**-0.5, rng=rng) for _ in range(4))
        self.b_q, self.b_k, self.b_v, self.b_o = (uniform(d, within=d**-0.5, rng=rng) for _ in range(4))

    def forward(self, x: Tensor, memory: Tensor | None = None, mask: Tensor | None = None) -> Tensor:
        """From ``x`` (b, n, d) to (b, n, d)."""
        tensor("x", x, (None, None, self.d))
        seen = x if memory is None else tensor("memory", memory, (len(x), None, self.d))
        if mask is not None:
            mask = stretched(mask, (len(x), x.shape[1], seen.shape[1])).unsqueeze(1)  # the same for all heads
        queries = cut(x @ self.w_q.T + self.b_q, self.heads)
        keys = cut(seen @ self.w_k.T + self.b_k, self.heads)
        values = cut(seen @ self.w_v.T + self.b_v, self.heads)
        found, _ = scaled(queries, keys, values, mask)  # (b, heads, n, d / heads)
        return found.transpose(1, 2).flatten(2) @ self.w_o.T + self.b_o


def cut(values: Tensor, heads: int) -> Tensor:
    """Neighbouring entries go to one head: (b, n, d) -> (b, heads, n, d / heads)."""
    return values.reshape(*values.shape[:2], heads, -1).transpose(1, 2)
