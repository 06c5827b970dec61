"""First values of the parameters of this lecture's networks (lecture 6, sections 27 to 30).

The lecture names none; the interval is that of the statements, as in torch's own recurrent layers.
"""

from __future__ import annotations

import torch
from torch import nn


def uniform(*shape: int, within: float, rng: torch.Generator | None) -> nn.Parameter:
    """A parameter with independent uniform entries in ``[-within, within]``."""
    return nn.Parameter((2 * torch.rand(shape, generator=rng) - 1) * within)
