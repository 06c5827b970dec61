"""Scaled dot-product attention, and self-attention with one head (lecture 6, section 31, L06.self_attention).

A. Vaswani, N. Shazeer, N. Parmar et al., "Attention is all you need", NeurIPS 2017.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.checks.tensors import tensor
from reference.parameters import uniform
from reference.sequences.attention.masks import stretched


def scaled(Q: Tensor, K: Tensor, V: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """``softmax(Q K^T / sqrt(d_k)) V`` over the keys, and these weights.

    A query that may attend to no key has the weights 0, and the result 0. (The lecture's 8 is the root of 64.)

    Parameters: ``Q`` (..., n, d_k), ``K`` (..., m, d_k), ``V`` (..., m, d_v), equal axes in front; ``mask``, bools that
    can be stretched to (..., n, m), True where the key may be attended to.
    Returns: the result (..., n, d_v) and the weights (..., n, m).
    Raises: ValueError naming the argument of another shape or kind.
    Complexity: O(n m (d_k + d_v)), and memory O(n m), for each index of the axes in front; memory O(n + m) is possible
    where the weights are not returned.
    Source: lecture 6, section 31; Vaswani et al. 2017.

    >>> scaled(torch.zeros(1, 4), torch.ones(2, 4), torch.tensor([[1.0], [3.0]]))[0].tolist()
    [[2.0]]
    """
    if tensor("Q", Q).dim() < 2:
        raise ValueError("Q must have an axis of queries and one of their entries")
    tensor("K", K, (*Q.shape[:-2], None, Q.shape[-1]))
    tensor("V", V, (*Q.shape[:-2], K.shape[-2], None))
    scores = Q @ K.mT / math.sqrt(Q.shape[-1])  # (..., n, m)
    if mask is None:
        weights = torch.softmax(scores, dim=-1)
    else:
        hidden = ~stretched(mask, scores.shape)
        weights = torch.softmax(scores.masked_fill(hidden, -math.inf), dim=-1)
        weights = weights.masked_fill(hidden, 0.0)  # a row without keys is NaN before
    return weights @ V, weights


class SelfAttention(nn.Module):
    """Attention of a sequence to itself, with one head: ``q_i = Q x_i``, ``k_i = K x_i``, ``v_i = V x_i``.

    Parameters: ``d``, the length of a vector; ``d_k``, that of queries, keys and values; ``rng``, a generator of torch,
    or None for the global one.
    Returns: a module from ``x`` (b, n, d) and ``mask``, as in `scaled`, to (b, n, d_k), with the parameters ``query``,
    ``key`` and ``value`` (d_k, d), uniform within ``1 / sqrt(d)`` of 0 at first.
    Raises: ValueError naming a size below 1, ``x`` or ``mask``.
    Complexity: O(b n d_k (d + n)) a pass; memory O(b n (d + d_k + n)).
    Source: lecture 6, section 31; Vaswani et al. 2017.
    """

    def __init__(self, d: int, d_k: int, *, rng: torch.Generator | None = None) -> None:
        super().__init__()
        self.d = whole("d", d)
        shape = whole("d_k", d_k), self.d
        self.query, self.key, self.value = (uniform(*shape, within=d**-0.5, rng=rng) for _ in range(3))

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """From ``x`` (b, n, d) to (b, n, d_k)."""
        tensor("x", x, (None, None, self.d))
        return scaled(x @ self.query.T, x @ self.key.T, x @ self.value.T, mask)[0]
