"""Encoder, decoder, attention, beam search: fill in what is below.

Check the file at home with `grader check sequences/encoder-decoder solution.py`.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn


def attend(state: Tensor, states: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """Attention by dot products: contexts (b, k) and weights (b, t).

    state: (b, k); states: (b, t, k); mask: (b, t) of bools, True where one may look, None for everywhere.
    """
    raise NotImplementedError("a score for each position first: (b, t)")


class Additive(nn.Module):
    """Attention with the scores v . tanh(W s + U h); parameters W (size, k), U (size, m), v (size,)."""

    def __init__(self, k: int, m: int, size: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("start with super().__init__() and self.W = nn.Parameter(...)")

    def forward(self, state: Tensor, states: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """From state (b, k) and states (b, t, m) to contexts (b, m) and weights (b, t)."""
        raise NotImplementedError("only the scores differ from attend")


class Seq2Seq(nn.Module):
    """Encoder and decoder; attributes embedding, encoder, decoder, head."""

    def __init__(self, words: int, size: int, hidden: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("make the four modules, then draw all their parameters anew")

    def encode(self, tokens: Tensor, lengths: Tensor) -> Tensor:
        """The state (b, hidden) after the last word of each sequence; tokens (b, t), lengths (b,)."""
        raise NotImplementedError("the state after word lengths[i] of sequence i")

    def step(self, token: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """log p of the next word (b, words) and the next state; token (b,) is the word before."""
        raise NotImplementedError("embedding, decoder, head, log_softmax")

    def forward(self, tokens: Tensor, lengths: Tensor, targets: Tensor, begin: int) -> Tensor:
        """Teacher forcing: log p (b, s, words) of each word of targets (b, s), given the right ones before it."""
        raise NotImplementedError("which word is fed before targets[:, 0]?")

    def greedy(self, tokens: Tensor, lengths: Tensor, begin: int, end: int, limit: int) -> list[list[int]]:
        """The most probable word each time, up to the end, without it; at most limit words."""
        raise NotImplementedError("feed begin, then the word that was chosen")


def beam(
    step: Callable[[int, Any], tuple[Tensor, Any]], state: Any, begin: int, end: int, width: int, limit: int
) -> tuple[list[int], float]:
    """The words of the best sequence that a beam finds, without the end, and the logarithm of its probability.

    step(token, state) gives log p of the next word (V,) and the next state.
    """
    raise NotImplementedError("a hypothesis is: words, sum of logarithms, state, whether it is finished")
