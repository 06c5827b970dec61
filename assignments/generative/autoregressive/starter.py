"""Images pixel by pixel: fill in the functions and classes below.

Check the file at home with `grader check generative/autoregressive solution.py`.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn


def log_prob(model: Callable[[Tensor], Tensor], images: Tensor) -> Tensor:
    """Images (n, 1, h, w) of zeros and ones -> ln p(x) of each, (n,). The model gives a logit for each pixel."""
    raise NotImplementedError("one call of the model, then a logarithm for each pixel")


def sample(model: Callable[[Tensor], Tensor], n: int, h: int, w: int, *, rng: torch.Generator | None = None) -> Tensor:
    """New images (n, 1, h, w), drawn pixel by pixel: rows from the top, in a row from the left."""
    raise NotImplementedError("begin with zeros, and ask the model once for each pixel")


class MaskedConv(nn.Conv2d):
    """A convolution that sees no later pixel; kind "A" does not see the pixel itself either.

    Parameters: weight (c_out, c_in, k, k), bias (c_out,).
    """

    def __init__(self, kind: str, c_in: int, c_out: int, k: int) -> None:
        raise NotImplementedError("check the arguments, call super().__init__(...), register a mask as a buffer")

    def forward(self, x: Tensor) -> Tensor:
        """x (n, c_in, h, w) -> (n, c_out, h, w)."""
        raise NotImplementedError("the convolution with weight times mask")


class PixelCNN(nn.Module):
    """first: MaskedConv A, 5 x 5; hidden: a list of MaskedConv B, 3 x 3; head: a convolution 1 x 1."""

    def __init__(self, width: int = 16, layers: int = 3) -> None:
        raise NotImplementedError("make self.first, self.hidden (an nn.ModuleList) and self.head")

    def forward(self, x: Tensor) -> Tensor:
        """x (n, 1, h, w) -> logits (n, 1, h, w)."""
        raise NotImplementedError("ReLU stands after each masked convolution")


class RowLSTM(nn.Module):
    """inputs: nn.Conv1d 1 -> 4 * width; states: nn.Conv1d width -> 4 * width; head: nn.Conv2d width -> 1."""

    def __init__(self, width: int = 16) -> None:
        raise NotImplementedError("make self.inputs, self.states and self.head")

    def forward(self, x: Tensor) -> Tensor:
        """x (n, 1, h, w) -> logits (n, 1, h, w)."""
        raise NotImplementedError("a loop over rows that carries h and c (n, width, w)")
