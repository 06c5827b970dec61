"""PixelRNN by rows: a convolutional LSTM that goes down an image (lecture 12, section 55, L12.pixelrnn).

A. van den Oord, N. Kalchbrenner, K. Kavukcuoglu, "Pixel recurrent neural networks", ICML 2016: the row LSTM. A small
one for binary images: one layer, which reads the pixels themselves. The paper's masked convolution of a row is a
convolution of the row moved to the right, which is the same without weights that are always masked.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import pad

from reference.checks.numbers import whole
from reference.checks.tensors import tensor


class RowLSTM(nn.Module):
    """Logits of all pixels, row after row: a pixel's gates come from its row to the left and from the state above.

    For row r, with zeros as the first h and c: ``z = inputs(x_r moved) + states(h)``, cut into f, i, g, o by channels,
    then ``c = sigmoid(f) * c + sigmoid(i) * tanh(g)`` and ``h = sigmoid(o) * tanh(c)``. ``inputs``, a convolution of
    width 3, reads the three pixels to the left of a pixel, zeros outside of the image. ``states``, of width 3 without a
    bias, reads the state above the pixel and its two neighbours there. The logits are
    ``head(h)``, a convolution 1 x 1.

    Parameters: ``width``, channels of the state.
    Returns: a module from ``x`` (n, 1, h, w) to logits of the same shape.
    Raises: ValueError naming ``width`` or ``x``.
    Complexity: O(n h w width^2) a pass, in h steps one after another; memory O(n h w width + width^2).
    Source: lecture 12, section 55; van den Oord et al. 2016.

    >>> tuple(RowLSTM()(torch.zeros(2, 1, 6, 5)).shape)
    (2, 1, 6, 5)
    """

    def __init__(self, width: int = 16) -> None:
        super().__init__()
        self.width = whole("width", width)
        self.inputs = nn.Conv1d(1, 4 * width, 3)
        self.states = nn.Conv1d(width, 4 * width, 3, padding=1, bias=False)
        self.head = nn.Conv2d(width, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        """From ``x`` (n, 1, h, w) to logits (n, 1, h, w)."""
        tensor("x", x, (None, 1, None, None))
        h = c = x.new_zeros(len(x), self.width, x.shape[3])
        rows = []
        for row in x.unbind(dim=2):  # (n, 1, w)
            before = pad(row, (3, 0))[..., :-1]  # (n, 1, w + 2)
            z = self.inputs(before) + self.states(h)  # (n, 4 * width, w)
            forget, write, candidate, output = z.chunk(4, dim=1)  # (n, width, w) each
            c = torch.sigmoid(forget) * c + torch.sigmoid(write) * torch.tanh(candidate)
            h = torch.sigmoid(output) * torch.tanh(c)
            rows.append(h)
        logits: Tensor = self.head(torch.stack(rows, dim=2))  # (n, width, h, w) before
        return logits
