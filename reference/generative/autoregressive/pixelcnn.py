"""PixelCNN: masked convolutions, whose outputs depend on earlier pixels only (lecture 12, section 55, L12.pixelcnn).

A. van den Oord, N. Kalchbrenner, K. Kavukcuoglu, "Pixel recurrent neural networks", ICML 2016. A small one for binary
images of one channel: no residual connections, no order of channels. Its layers leave the paper's blind spot.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d

from reference.checks.numbers import whole
from reference.checks.tensors import tensor
from reference.checks.text import one_of


class MaskedConv(nn.Conv2d):
    """A convolution that keeps height and width and reads no pixel after its own, in the order of reading.

    ``weight`` is multiplied by a mask at every call: 1 for the rows above the centre and what stands to the left of
    it. At the centre itself it is 0 for kind "A", for which the pixel itself is hidden, and 1 for kind "B". Masked
    weights have no effect, whatever an optimiser makes of them, and their gradients are 0. Outside of the image is 0.

    Parameters: ``kind`` "A" or "B"; ``c_in`` and ``c_out``, channels; ``k``, the side of the kernel, odd.
    Returns: a module from ``x`` (n, c_in, h, w) to (n, c_out, h, w), with ``weight`` (c_out, c_in, k, k) and ``bias``
    (c_out,), which begin as those of `torch.nn.Conv2d`.
    Raises: ValueError naming ``kind``, a number that is wrong, or ``x``.
    Complexity: O(n h w c_in c_out k^2) a pass, nearly half of it with weights of 0.
    Source: lecture 12, section 55; van den Oord et al. 2016.

    >>> MaskedConv("A", 1, 1, 3).mask.tolist()
    [[1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """

    mask: Tensor

    def __init__(self, kind: str, c_in: int, c_out: int, k: int) -> None:
        one_of("kind", kind, ("A", "B"))
        if whole("k", k) % 2 == 0:
            raise ValueError(f"k must be odd, not {k}")
        super().__init__(whole("c_in", c_in), whole("c_out", c_out), k, padding=k // 2)
        mask = torch.zeros(k, k)
        mask[: k // 2] = 1  # the rows above
        mask[k // 2, : k // 2] = 1  # to the left
        if kind == "B":
            mask[k // 2, k // 2] = 1
        self.register_buffer("mask", mask, persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """From ``x`` (n, c_in, h, w) to (n, c_out, h, w)."""
        tensor("x", x, (None, self.in_channels, None, None))
        return conv2d(x, self.weight * self.mask, self.bias, padding=self.padding)


class PixelCNN(nn.Module):
    """Logits of all pixels at once, each from the pixels before it.

    ``first`` is a masked convolution "A" (5 x 5), ``hidden`` a list of masked convolutions "B" (3 x 3), each followed
    by ReLU; ``head`` is a convolution 1 x 1. One "A" is enough to hide a pixel from its own logit: afterwards the
    values at a pixel know of earlier ones only, and a "B" may use them.

    Parameters: ``width``, channels of the hidden layers; ``layers``, how many "B" there are, at least 1.
    Returns: a module from ``x`` (n, 1, h, w) to logits of the same shape.
    Raises: ValueError naming a number below 1, or ``x``.
    Complexity: O(n h w layers width^2) a pass; memory O(n h w width + layers width^2), with gradients
    O(n h w layers width).
    Source: lecture 12, section 55; van den Oord et al. 2016.

    >>> tuple(PixelCNN()(torch.zeros(2, 1, 6, 5)).shape)
    (2, 1, 6, 5)
    """

    def __init__(self, width: int = 16, layers: int = 3) -> None:
        super().__init__()
        self.first = MaskedConv("A", 1, whole("width", width), 5)
        self.hidden = nn.ModuleList(MaskedConv("B", width, width, 3) for _ in range(whole("layers", layers)))
        self.head = nn.Conv2d(width, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        """From ``x`` (n, 1, h, w) to logits (n, 1, h, w)."""
        tensor("x", x, (None, 1, None, None))
        seen = torch.relu(self.first(x))  # (n, width, h, w)
        for layer in self.hidden:
            seen = torch.relu(layer(seen))
        logits: Tensor = self.head(seen)
        return logits
