"""The gated recurrent unit (lecture 6, section 28, L06.gru).

K. Cho et al., "Learning phrase representations using RNN encoder-decoder for statistical machine translation", EMNLP
(2014). The formulas are the lecture's: z is the share of the new state, r acts before the product, and there are
no biases. `torch.nn.GRU` has z the other way round, and r after the product.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.parameters import uniform
from reference.sequences.recurrent.layer import unroll


class GRU(nn.Module):
    """A layer of gated recurrent units.

    ``z = sigmoid(W_z [h, x])``, ``r = sigmoid(W_r [h, x])``, ``new = tanh(W_h [r * h, x])``, and the next state is
    ``(1 - z) * h + z * new``.

    Parameters: ``m``, numbers in an input; ``k``, numbers in a state; ``rng``, a generator of torch, or None for the
    global one.
    Returns: a module with ``weight_z``, ``weight_r`` and ``weight_h`` (k, k + m), columns of h first, without biases,
    uniform within ``1 / sqrt(k)`` of 0 at first. It is called as `RNN` is, and returns the same.
    Raises: ValueError naming ``m``, ``k``, ``x`` or ``h0``.
    Complexity: O(time batch k (k + m)) a pass over ``x`` (time, batch, m); memory O(time batch k + k (k + m)).
    Source: lecture 6, section 28; Cho et al. 2014.
    """

    def __init__(self, m: int, k: int, *, rng: torch.Generator | None = None) -> None:
        super().__init__()
        self.m, self.k = whole("m", m), whole("k", k)
        self.weight_z = uniform(k, k + m, within=k**-0.5, rng=rng)
        self.weight_r = uniform(k, k + m, within=k**-0.5, rng=rng)
        self.weight_h = uniform(k, k + m, within=k**-0.5, rng=rng)

    def forward(self, x: Tensor, h0: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """All states and the last."""
        return unroll(self.step, x, h0, self.m, self.k)

    def step(self, inputs: Tensor, h: Tensor) -> Tensor:
        """The next state."""
        seen = torch.cat([h, inputs], dim=1)  # (batch, hidden + input)
        z = torch.sigmoid(seen @ self.weight_z.T)
        r = torch.sigmoid(seen @ self.weight_r.T)
        new = torch.tanh(torch.cat([r * h, inputs], dim=1) @ self.weight_h.T)
        return (1 - z) * h + z * new
