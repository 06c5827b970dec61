"""Blocks of the encoder and of the decoder (lecture 6, section 31, L06.encoder, L06.decoder).

A. Vaswani, N. Shazeer, N. Parmar et al., "Attention is all you need", NeurIPS 2017. Without dropout.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.checks.tensors import tensor
from reference.sequences.attention.multihead import MultiHead


class EncoderBlock(nn.Module):
    """Self-attention, then a network of two layers for each place; after each the sum with what came in, normalised.

    ``x <- norm1(x + attention(x))``, then ``x <- norm2(x + linear2(relu(linear1(x))))``.

    Parameters: ``d``, the length of a vector; ``heads``, which divides it; ``d_ff``, units of the inner layer; ``rng``,
    a generator of torch, or None for the global one.
    Returns: a module from ``x`` (b, n, d) and ``mask``, None or bools that can be stretched to (b, n, n), True where a
    place may be attended to, to (b, n, d). Its parts are ``attention``, a `MultiHead`, ``linear1`` (d to d_ff),
    ``linear2`` (d_ff to d), ``norm1`` and ``norm2``. Linear maps begin uniform within one by the root of their inputs,
    normalisations with 1 and 0.
    Raises: ValueError naming a size below 1, ``heads``, ``x`` or ``mask``.
    Complexity: O(b n d (d + d_ff) + b n^2 d) a pass; memory O(b n (d + d_ff) + b heads n^2 + d (d + d_ff)).
    Source: lecture 6, section 31; Vaswani et al. 2017.

    >>> tuple(EncoderBlock(4, 2, 8)(torch.zeros(5, 3, 4)).shape)
    (5, 3, 4)
    """

    def __init__(self, d: int, heads: int, d_ff: int, *, rng: torch.Generator | None = None) -> None:
        super().__init__()
        self.d = whole("d", d)
        whole("d_ff", d_ff)
        self.attention = MultiHead(d, heads, rng=rng)
        self.linear1, self.linear2 = linear(d, d_ff, rng), linear(d_ff, d, rng)
        self.norm1, self.norm2 = nn.LayerNorm(d), nn.LayerNorm(d)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """From ``x`` (b, n, d) to (b, n, d)."""
        tensor("x", x, (None, None, self.d))
        x = self.norm1(x + self.attention(x, mask=mask))
        return self.norm2(x + self.linear2(torch.relu(self.linear1(x))))


class DecoderBlock(nn.Module):
    """As `EncoderBlock`, and between its two parts encoder-decoder attention, to the vectors of the encoder.

    ``y <- norm1(y + attention(y))``, then ``y <- norm2(y + cross(y, memory))``, then
    ``y <- norm3(y + linear2(relu(linear1(y))))``.

    Parameters: as in `EncoderBlock`.
    Returns: a module from ``y`` (b, m, d), ``memory`` (b, n, d), ``mask`` of y to itself, (b, m, m) stretched, and
    ``memory_mask`` of y to memory, (b, m, n) stretched, to (b, m, d). Its parts are ``attention`` and ``cross``, two
    `MultiHead`s, ``linear1``, ``linear2``, ``norm1``, ``norm2`` and ``norm3``.
    Raises: ValueError naming a size below 1, ``heads``, ``y``, ``memory``, or the mask.
    Complexity: O(b (m + n) d^2 + b m d d_ff + b m (m + n) d) a pass; memory
    O(b (m + n) d + b m d_ff + b heads m (m + n) + d (d + d_ff)).
    Source: lecture 6, section 31; Vaswani et al. 2017.
    """

    def __init__(self, d: int, heads: int, d_ff: int, *, rng: torch.Generator | None = None) -> None:
        super().__init__()
        self.d = whole("d", d)
        whole("d_ff", d_ff)
        self.attention = MultiHead(d, heads, rng=rng)
        self.cross = MultiHead(d, heads, rng=rng)
        self.linear1, self.linear2 = linear(d, d_ff, rng), linear(d_ff, d, rng)
        self.norm1, self.norm2, self.norm3 = nn.LayerNorm(d), nn.LayerNorm(d), nn.LayerNorm(d)

    def forward(
        self, y: Tensor, memory: Tensor, mask: Tensor | None = None, memory_mask: Tensor | None = None
    ) -> Tensor:
        """From ``y`` (b, m, d) and ``memory`` (b, n, d) to (b, m, d)."""
        tensor("y", y, (None, None, self.d))
        tensor("memory", memory, (len(y), None, self.d))
        y = self.norm1(y + self.attention(y, mask=mask))
        y = self.norm2(y + self.cross(y, memory, mask=memory_mask))
        return self.norm3(y + self.linear2(torch.relu(self.linear1(y))))


def linear(inputs: int, outputs: int, rng: torch.Generator | None) -> nn.Linear:
    """A linear layer whose weight and bias are uniform within ``1 / sqrt(inputs)``, drawn from ``rng``."""
    layer = nn.Linear(inputs, outputs)
    for parameter in layer.parameters():
        nn.init.uniform_(parameter, -(inputs**-0.5), inputs**-0.5, generator=rng)
    return layer
