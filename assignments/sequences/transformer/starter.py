"""A transformer: fill in the classes and the function below.

Parts from the assignment on attention may be copied into this file, or handed in beside it as files of their own.
Check the file at home with `grader check sequences/transformer solution.py`.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn


class EncoderBlock(nn.Module):
    """x <- norm1(x + attention(x)), then x <- norm2(x + linear2(relu(linear1(x))))."""

    def __init__(self, d: int, heads: int, d_ff: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("attention (w_q, ..., b_o), linear1, linear2, norm1, norm2; first values from rng")

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """x (b, n, d), mask True where a place may be looked at -> (b, n, d)."""
        raise NotImplementedError("two sums, each normalised")


class DecoderBlock(nn.Module):
    """As EncoderBlock, and between its halves y <- norm2(y + cross(y, memory)); the inner layer has norm3."""

    def __init__(self, d: int, heads: int, d_ff: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("the parts of EncoderBlock, cross and norm3")

    def forward(
        self, y: Tensor, memory: Tensor, mask: Tensor | None = None, memory_mask: Tensor | None = None
    ) -> Tensor:
        """y (b, m, d), memory (b, n, d) -> (b, m, d)."""
        raise NotImplementedError("mask is for attention, memory_mask for cross")


class Transformer(nn.Module):
    """Embeddings source and target, blocks encoder and decoder, and head."""

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
        raise NotImplementedError("nn.Embedding, nn.ModuleList, nn.Linear; first values from rng")

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """source (b, n) and target (b, m), tokens, 0 is padding -> scores (b, m, n_target)."""
        raise NotImplementedError("make the two masks first: of what is padding, of what is still to come")


def translate(
    model: Callable[[Tensor, Tensor], Tensor], source: Tensor, begin: int, end: int, limit: int
) -> list[list[int]]:
    """The likeliest next token of each row, again and again, until all rows have ended."""
    raise NotImplementedError("begin with a target (b, 1) of begin, and ask the model for scores")
