"""Self-attention and its parts: fill in the functions and classes below.

Check the file at home with `grader check sequences/attention solution.py`.
"""

import torch
from torch import Tensor, nn


def scaled(Q: Tensor, K: Tensor, V: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """Q (..., n, d_k), K (..., m, d_k), V (..., m, d_v), mask True: a key is seen -> (..., n, d_v), (..., n, m)."""
    raise NotImplementedError("scores, the mask, a softmax over the keys, and what of rows without keys?")


class SelfAttention(nn.Module):
    """One head. Parameters: query, key, value (d_k, d), uniform within 1 / sqrt(d), drawn from rng."""

    def __init__(self, d: int, d_k: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("start with super().__init__() and self.query = nn.Parameter(...)")

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """x (b, n, d) -> (b, n, d_k)."""
        raise NotImplementedError("the queries of all vectors at once are x @ self.query.T")


class MultiHead(nn.Module):
    """Several heads. Parameters: w_q, w_k, w_v, w_o (d, d), b_q, b_k, b_v, b_o (d,), as in SelfAttention."""

    def __init__(self, d: int, heads: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("heads must divide d")

    def forward(self, x: Tensor, memory: Tensor | None = None, mask: Tensor | None = None) -> Tensor:
        """x (b, n, d), memory (b, m, d) or None for x itself, mask (n, m), (b, n, m) or (b, 1, m) -> (b, n, d)."""
        raise NotImplementedError("bring queries, keys and values to (b, heads, ..., d / heads), and back at the end")


def causal_mask(n: int) -> Tensor:
    """Bools (n, n): True at (i, j) where j <= i."""
    raise NotImplementedError("a triangle of True")


def positional(n: int, d: int) -> Tensor:
    """Sines and cosines by turns, (n, d), in double precision."""
    raise NotImplementedError("the angles first: one for each position and pair of columns")


def layer_norm(x: Tensor, gamma: Tensor, beta: Tensor, eps: float = 1e-5) -> Tensor:
    """x (..., d), gamma and beta (d,) -> (..., d)."""
    raise NotImplementedError("mean and variance over the last axis")


def layer_norm_grad(x: Tensor, gamma: Tensor, dy: Tensor, eps: float = 1e-5) -> tuple[Tensor, Tensor, Tensor]:
    """x and dy (..., d), gamma (d,) -> dx (..., d), dgamma (d,), dbeta (d,)."""
    raise NotImplementedError("work dx out on paper first, for a single vector")
