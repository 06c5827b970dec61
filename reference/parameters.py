"""First values of parameters, uniform around 0 (lecture 3, section 19).

References of all lectures with networks share them. The interval is that of the statements, as in torch's own layers;
the global generator is used only where no other is given.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn.utils import skip_init


def uniform(*shape: int, within: float, rng: torch.Generator | None) -> nn.Parameter:
    """A parameter with independent uniform entries in ``[-within, within]``."""
    return nn.Parameter((2 * torch.rand(shape, generator=rng) - 1) * within)


def linear(inputs: int, outputs: int, rng: torch.Generator | None) -> nn.Linear:
    """A linear layer whose weights, then its biases, are `uniform` within ``1 / sqrt(inputs)``."""
    layer: nn.Linear = skip_init(nn.Linear, inputs, outputs)  # type: ignore[no-untyped-call]
    layer.weight = uniform(outputs, inputs, within=inputs**-0.5, rng=rng)
    layer.bias = uniform(outputs, within=inputs**-0.5, rng=rng)
    return layer
