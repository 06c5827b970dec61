"""The bidirectional recurrent network (lecture 6, section 29, L06.birnn).

M. Schuster, K. Paliwal, "Bidirectional recurrent neural networks", IEEE Transactions on Signal Processing 45 (1997).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.sequences.recurrent.layer import at_the_end, own_lengths, turned


class Bidirectional(nn.Module):
    """Two layers over the same sequences: one from the first element to the last, one from the last to the first.

    Each sequence ends at its own last element: there the layer ``back`` begins. Padding changes nothing.

    Parameters: ``ahead`` and ``back``, layers (m -> k1) and (m -> k2), such as `RNN` and `GRU`.
    Returns: a module with the attributes ``ahead`` and ``back``. From ``x`` (time, batch, m) and ``lengths`` (batch,),
    whole numbers, or None where all sequences fill all steps, to the outputs (time, batch, k1 + k2), those of ``ahead``
    first, 0 in the padding, and to the last states of both, (batch, k1) and (batch, k2): at the last element that the
    layer has read.
    Raises: ValueError naming ``x`` or ``lengths``.
    Complexity: O(time batch (m + k1 + k2)), and one pass of each layer.
    Source: lecture 6, section 29; Schuster, Paliwal 1997.
    """

    def __init__(self, ahead: nn.Module, back: nn.Module) -> None:
        super().__init__()
        self.ahead, self.back = ahead, back

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """The outputs of both layers side by side, and the last state of each."""
        lengths = own_lengths(x, lengths)
        ahead, _ = self.ahead(x)  # (time, batch, k1)
        turned_back, _ = self.back(turned(x, lengths))  # (time, batch, k2)
        outputs = torch.cat([ahead, turned(turned_back, lengths)], dim=2)
        inside = torch.arange(len(x), device=x.device)[:, None] < lengths  # (time, batch)
        last = at_the_end(ahead, lengths), at_the_end(turned_back, lengths)
        return torch.where(inside[:, :, None], outputs, 0.0), last
