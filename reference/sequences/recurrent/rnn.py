"""The simple recurrent layer, and backpropagation through time (lecture 6, section 26, L06.rnn).

J. Elman, "Finding structure in time", Cognitive Science 14 (1990); P. Werbos, "Backpropagation through time: what it
does and how to do it", Proceedings of the IEEE 78 (1990). The backward pass is written out, without automatic
differentiation, and it is not truncated.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.checks.tensors import tensor
from reference.parameters import uniform
from reference.sequences.recurrent.layer import unroll


class RNN(nn.Module):
    """A layer of the simple recurrent network, ``h_t = tanh(W [h_{t-1}, x_t] + b)``.

    Parameters: ``m``, numbers in an input; ``k``, numbers in a state; ``rng``, a generator of torch, or None for the
    global one.
    Returns: a module with ``weight`` (k, k + m), columns of h first, and ``bias`` (k,), uniform within ``1 / sqrt(k)``
    of 0 at first. From ``x`` (time, batch, m) and the first state ``h0`` (batch, k), zeros where it is None, to all
    states (time, batch, k) and the last (batch, k).
    Raises: ValueError naming ``m``, ``k``, ``x`` or ``h0``.
    Complexity: O(time batch k (k + m)) a pass; memory O(time batch k + k (k + m)).
    Source: lecture 6, section 26; Elman 1990.

    >>> outputs, h = RNN(2, 3)(torch.zeros(5, 4, 2))
    >>> tuple(outputs.shape), tuple(h.shape)
    ((5, 4, 3), (4, 3))
    """

    def __init__(self, m: int, k: int, *, rng: torch.Generator | None = None) -> None:
        super().__init__()
        self.m, self.k = whole("m", m), whole("k", k)
        self.weight = uniform(k, k + m, within=k**-0.5, rng=rng)
        self.bias = uniform(k, within=k**-0.5, rng=rng)

    def forward(self, x: Tensor, h0: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """All states and the last."""
        return unroll(self.step, x, h0, self.m, self.k)

    def step(self, inputs: Tensor, h: Tensor) -> Tensor:
        """The next state."""
        return _next_state(self.weight, self.bias, inputs, h)


def bptt(weight: Tensor, bias: Tensor, x: Tensor, h0: Tensor, dH: Tensor) -> dict[str, Tensor]:
    """Gradients of a loss through all steps of an `RNN`, computed by hand from its last step to its first.

    Parameters: ``weight`` (k, k + m) and ``bias`` (k,); ``x`` (time, batch, m); ``h0`` (batch, k); ``dH``
    (time, batch, k), the gradient of the loss by each output, as if the later steps did not depend on it.
    Returns: a dict of the gradients by ``weight``, ``bias``, ``x`` and ``h0``, each of the shape of what it belongs to.
    Raises: ValueError naming an argument.
    Complexity: O(time batch k (k + m)); memory O(time batch (k + m) + k (k + m)), as all states are kept.
    Source: lecture 6, section 26; Werbos 1990.

    >>> ones = torch.ones(1, 1)
    >>> bptt(torch.tensor([[1.0, 0.0]]), torch.zeros(1), torch.ones(3, 1, 1), 0 * ones, torch.ones(3, 1, 1))["h0"]
    tensor([[3.]])
    """
    hidden = tensor("weight", weight, (None, None)).shape[0]
    if weight.shape[1] <= hidden:
        raise ValueError(f"weight must have more columns than rows, not the shape {tuple(weight.shape)}")
    tensor("bias", bias, (hidden,))
    tensor("x", x, (None, None, weight.shape[1] - hidden))
    tensor("h0", h0, (x.shape[1], hidden))
    tensor("dH", dH, (*x.shape[:2], hidden))

    states = [h0]
    for inputs in x:  # (batch, input)
        states.append(_next_state(weight, bias, inputs, states[-1]))
    by_weight, by_bias, by_x = torch.zeros_like(weight), torch.zeros_like(bias), torch.zeros_like(x)
    by_state = torch.zeros_like(h0)  # of the losses after this step
    for t in reversed(range(len(x))):
        by_sum = (by_state + dH[t]) * (1 - states[t + 1] ** 2)  # (batch, hidden)
        by_weight = by_weight + by_sum.T @ torch.cat([states[t], x[t]], dim=1)
        by_bias = by_bias + by_sum.sum(dim=0)
        back = by_sum @ weight  # (batch, hidden + input)
        by_state, by_x[t] = back[:, :hidden], back[:, hidden:]
    return {"weight": by_weight, "bias": by_bias, "x": by_x, "h0": by_state}


def _next_state(weight: Tensor, bias: Tensor, inputs: Tensor, h: Tensor) -> Tensor:
    return torch.tanh(torch.cat([h, inputs], dim=1) @ weight.T + bias)
