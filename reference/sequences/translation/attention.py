"""Attention of a decoder's state over the states of an encoder (lecture 6, section 30, L06.attention).

By dot products: M.-T. Luong, H. Pham, C. D. Manning, "Effective approaches to attention-based neural machine
translation", EMNLP (2015). Additive: D. Bahdanau, K. Cho, Y. Bengio, "Neural machine translation by jointly learning
to align and translate", ICLR (2015). The lecture gives the idea and a picture, no formula.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.checks.tensors import bools, tensor
from reference.parameters import uniform


def attend(state: Tensor, states: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """``a = softmax_j(s . h_j)`` and ``c = sum_j a_j h_j``: the context and the weights, for each object.

    A position whose mask is False has weight 0; where all are False, all weights and the context are 0.

    Parameters: ``state`` (b, k), the decoder's; ``states`` (b, t, k), the encoder's; ``mask`` (b, t) of bools, True
    for positions that may be attended to, or None for all.
    Returns: contexts (b, k) and weights (b, t).
    Raises: ValueError naming ``state``, ``states`` or ``mask``.
    Complexity: O(b t k), also in memory.
    Source: lecture 6, section 30; Luong et al. 2015.

    >>> states = torch.tensor([[[1.0, 0.0], [0.0, 1.0]]])
    >>> attend(torch.zeros(1, 2), states)
    (tensor([[0.5000, 0.5000]]), tensor([[0.5000, 0.5000]]))
    """
    tensor("states", states, (None, None, None))
    tensor("state", state, (len(states), states.shape[2]))
    scores = (states * state[:, None]).sum(dim=2)  # (b, t)
    return _weighted(scores, states, mask)


class Additive(nn.Module):
    """Attention with the scores ``v . tanh(W s + U h_j)``; weights and contexts as in `attend`.

    Parameters: ``k`` and ``m``, how long a state of the decoder and of the encoder is; ``size``, how long ``v`` is;
    ``rng``, a generator of torch, or None for the global one.
    Returns: a module from ``state`` (b, k), ``states`` (b, t, m) and ``mask`` to contexts (b, m) and weights (b, t),
    with ``W`` (size, k), ``U`` (size, m), ``v`` (size,), all uniform within ``1 / sqrt(size)`` of 0 at first.
    Raises: ValueError naming ``k``, ``m``, ``size``, ``state``, ``states`` or ``mask``.
    Complexity: O(b size (k + t m)); memory O(b t (size + m)).
    Source: lecture 6, section 30; Bahdanau et al. 2015.
    """

    def __init__(self, k: int, m: int, size: int, *, rng: torch.Generator | None = None) -> None:
        super().__init__()
        self.k, self.m, size = whole("k", k), whole("m", m), whole("size", size)
        self.W = uniform(size, k, within=size**-0.5, rng=rng)
        self.U = uniform(size, m, within=size**-0.5, rng=rng)
        self.v = uniform(size, within=size**-0.5, rng=rng)

    def forward(self, state: Tensor, states: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Contexts (b, m) and weights (b, t)."""
        tensor("states", states, (None, None, self.m))
        tensor("state", state, (len(states), self.k))
        hidden = torch.tanh((state @ self.W.T)[:, None] + states @ self.U.T)  # (b, t, size)
        return _weighted(hidden @ self.v, states, mask)


def _weighted(scores: Tensor, states: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
    """Contexts and weights from scores (b, t)."""
    if mask is not None:
        allowed = bools("mask", mask, tuple(scores.shape))
        scores = scores.masked_fill(~allowed, torch.finfo(scores.dtype).min)
    weights = torch.softmax(scores, dim=1)
    if mask is not None:
        weights = weights.masked_fill(~allowed, 0.0)  # also where a row has nothing to look at
    context = (weights[:, :, None] * states).sum(dim=1)
    return context, weights
