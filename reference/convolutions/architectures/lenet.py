"""LeNet-5, the network that read digits (lecture 4, section 22, L04.lenet).

Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition", Proceedings of
the IEEE 86 (1998). There the pooling layers have weights, C3 sees some channels only, and the last layer measures
distances; here, as in what is taught today, they are a plain mean, a full convolution and a linear map.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.tensors import tensor

SIDE = 32


class LeNet5(nn.Module):
    """Scores of ten classes from a grey picture of 32 x 32 pixels.

    Convolutions ``c1`` (6 channels, 5 x 5) and ``c3`` (16, 5 x 5), each with tanh and the mean of blocks of 2 x 2, then
    linear maps ``c5`` (120), ``f6`` (84), both with tanh, and ``output`` (10) without. 61,706 parameters, which begin
    as PyTorch's layers do.

    Parameters: none.
    Returns: a module from ``x`` (n, 1, 32, 32) to scores (n, 10).
    Raises: ValueError naming ``x`` of another shape, without pictures or not finite.
    Complexity: O(n) a pass: 416520 multiplications a picture.
    Source: lecture 4, section 22; LeCun et al. 1998.

    >>> sum(parameter.numel() for parameter in LeNet5().parameters())
    61706
    """

    def __init__(self) -> None:
        super().__init__()
        self.c1 = nn.Conv2d(1, 6, 5)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Linear(16 * 5 * 5, 120)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, 10)

    def forward(self, x: Tensor) -> Tensor:
        """From pictures ``x`` (n, 1, 32, 32) to scores (n, 10)."""
        tensor("x", x, (None, 1, SIDE, SIDE))
        maps = nn.functional.avg_pool2d(torch.tanh(self.c1(x)), 2)  # (n, 6, 14, 14)
        maps = nn.functional.avg_pool2d(torch.tanh(self.c3(maps)), 2)  # (n, 16, 5, 5)
        values = torch.tanh(self.c5(maps.flatten(1)))  # (n, 120)
        values = torch.tanh(self.f6(values))  # (n, 84)
        scores: Tensor = self.output(values)  # (n, 10)
        return scores
