"""The whole transformer (lecture 6, section 31, L06.transformer).

A. Vaswani, N. Shazeer, N. Parmar et al., "Attention is all you need", NeurIPS 2017. Without dropout; embeddings are not
multiplied by the root of d.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.sequences.attention.masks import causal_mask
from reference.sequences.attention.positional import positional
from reference.sequences.transformer.blocks import DecoderBlock, EncoderBlock, linear

PADDING = 0
DEVIATION = 0.7


class Transformer(nn.Module):
    """From the tokens of a source, and the tokens of a target so far, to scores of the next token after each of them.

    Token 0 is padding: no place attends to it, in the source or in the target. A place of the target attends to itself
    and to the places before it.

    Parameters: ``n_source`` and ``n_target``, how many tokens there are; ``d``, the length of a vector; ``heads``,
    which divides it; ``d_ff``, units of the inner layers; ``blocks``, how many there are in the encoder and in the
    decoder; ``rng``, a generator of torch, or None for the global one.
    Returns: a module from ``source`` (b, n) and ``target`` (b, m), whole numbers, to scores (b, m, n_target). Its parts
    are the embeddings ``source`` and ``target``, normal with a deviation of 0.7 at first, lists of blocks ``encoder``
    and ``decoder``, and the linear map ``head``.
    Raises: ValueError naming a size below 1, ``heads``, or what of ``source`` and ``target`` is no batch of tokens.
    Complexity: O(blocks b (n + m) d (d + d_ff + n + m) + b m d n_target) a pass.
    Source: lecture 6, section 31; Vaswani et al. 2017.

    >>> source, target = torch.tensor([[1, 2, 3], [4, 3, 0]]), torch.tensor([[1, 6], [1, 5]])
    >>> tuple(Transformer(5, 7, 4, 2, 8, 1)(source, target).shape)
    (2, 2, 7)
    """

    def __init__(
        self,
        n_source: int,
        n_target: int,
        d: int,
        heads: int,
        d_ff: int,
        blocks: int,
        *,
        rng: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        whole("n_source", n_source)
        whole("n_target", n_target)
        whole("blocks", blocks)
        self.encoder = nn.ModuleList(EncoderBlock(d, heads, d_ff, rng=rng) for _ in range(blocks))
        self.decoder = nn.ModuleList(DecoderBlock(d, heads, d_ff, rng=rng) for _ in range(blocks))
        self.source, self.target = embedding(n_source, d, rng), embedding(n_target, d, rng)
        self.head = linear(d, n_target, rng)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """From ``source`` (b, n) and ``target`` (b, m) to scores (b, m, n_target)."""
        check_tokens("source", source, self.source.num_embeddings)
        check_tokens("target", target, self.target.num_embeddings)
        if len(source) != len(target):
            raise ValueError("target must have as many rows as source")
        seen = (source != PADDING)[:, None, :]  # (b, 1, n)
        memory = with_positions(self.source(source))
        for block in self.encoder:
            memory = block(memory, seen)
        past = causal_mask(target.shape[1]) & (target != PADDING)[:, None, :]  # (b, m, m)
        y = with_positions(self.target(target))
        for block in self.decoder:
            y = block(y, memory, past, seen)
        scores: Tensor = self.head(y)
        return scores


def embedding(count: int, d: int, rng: torch.Generator | None) -> nn.Embedding:
    """A vector for each token, normal with a deviation of 0.7, drawn from ``rng``."""
    layer = nn.Embedding(count, d)
    nn.init.normal_(layer.weight, std=DEVIATION, generator=rng)
    return layer


def with_positions(x: Tensor) -> Tensor:
    """The vectors (b, n, d) with the vectors of their positions added."""
    return x + positional(*x.shape[1:]).to(x.dtype)


def check_tokens(name: str, tokens: Any, count: int | None = None) -> None:
    """Raise ValueError naming ``name`` where ``tokens`` is no (b, n) of whole numbers from 0, below ``count``."""
    if not isinstance(tokens, Tensor) or tokens.dtype != torch.int64 or tokens.dim() != 2 or tokens.numel() == 0:
        raise ValueError(f"{name} must be a tensor of whole numbers with two axes, not empty")
    if tokens.min() < 0 or (count is not None and tokens.max() >= count):
        raise ValueError(f"{name} must hold tokens from 0{'' if count is None else f' to {count - 1}'}")
