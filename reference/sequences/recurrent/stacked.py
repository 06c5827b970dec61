"""Several recurrent layers, one above the other, and a mixture of their outputs (lecture 6, section 29, L06.stacked).

M. Peters et al., "Deep contextualized word representations", NAACL (2018), mixes the
layers of a bidirectional language model (ELMo).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor, nn

from reference.checks.numbers import real
from reference.checks.tensors import tensor


class Stacked(nn.Module):
    """Layers of which each reads the outputs of the one before; the first reads the inputs.

    Parameters: ``layers``, at least one, such as `RNN` and `GRU`; each takes as many numbers as the one before gives.
    Returns: a module whose attribute ``layers`` is a ModuleList of them. From ``x`` (time, batch, m) and ``states``, a
    first state for each layer, or None for zeros, to the outputs of the last layer (time, batch, k) and a list of the
    last states, one a layer.
    Raises: ValueError naming ``layers`` where there is none, ``x``, or ``states`` that are not one for each layer.
    Complexity: O(l) for l layers, and one pass of each.
    Source: lecture 6, section 29; lecture only.
    """

    def __init__(self, layers: Iterable[nn.Module]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(layers)
        if len(self.layers) == 0:
            raise ValueError("layers must hold at least one layer")

    def forward(self, x: Tensor, states: Sequence[Tensor] | None = None) -> tuple[Tensor, list[Tensor]]:
        """The outputs of the last layer, and the last state of each."""
        outputs = tensor("x", x, (None, None, None))
        first = [None] * len(self.layers) if states is None else list(states)
        if len(first) != len(self.layers):
            raise ValueError(f"states must be {len(self.layers)}, one for each layer, not {len(first)}")
        last = []
        for layer, state in zip(self.layers, first, strict=True):
            outputs, h = layer(outputs, state)
            last.append(h)
        return outputs, last


def mix(states: Tensor, scores: Tensor, gamma: float) -> Tensor:
    """``gamma * sum_l s_l states_l`` with ``s = softmax(scores)``: one vector for each element from all layers.

    Parameters: ``states`` (L, time, batch, k), the outputs of L layers; ``scores`` (L,); ``gamma``, a number.
    Returns: a tensor (time, batch, k).
    Raises: ValueError naming ``states``, ``scores`` or ``gamma``.
    Complexity: O(L time batch k); memory O(time batch k).
    Source: lecture 6, section 29; Peters et al. 2018.

    >>> mix(torch.tensor([2.0, 4.0]).reshape(2, 1, 1, 1), torch.zeros(2), 10.0).item()
    30.0
    """
    tensor("states", states, (None, None, None, None))
    tensor("scores", scores, (len(states),))
    weights = torch.softmax(scores, dim=0)
    return real("gamma", gamma) * torch.einsum("l,ltbk->tbk", weights, states)
