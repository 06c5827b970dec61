"""The residual block (lecture 4, section 22, L04.resnet).

K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition", CVPR 2016: the basic block, with
projection where the shape changes (option B).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.checks.tensors import tensor


class ResidualBlock(nn.Module):
    """``relu(F(x) + S(x))``: the input, and the change that two convolutions make to it.

    F is ``conv1`` (3 x 3, stride, padding 1), ``bn1``, ReLU, ``conv2`` (3 x 3, padding 1), ``bn2``. S, ``shortcut``, is
    the identity where the shape stays; otherwise a convolution 1 x 1 with the stride, and normalisation.
    Convolutions have no bias, as normalisation would remove it.

    Parameters: ``c_in`` and ``c_out``, channels; ``stride`` of the first convolution.
    Returns: a module from ``x`` (n, c_in, h, w) to (n, c_out, ceil(h / stride), ceil(w / stride)).
    Raises: ValueError naming a number below 1, or ``x`` of another shape, empty or not finite.
    Complexity: O(n H W c_out (c_in + c_out)) a pass, where H and W are the sides of the output.
    Source: lecture 4, section 22; He et al. 2016.

    >>> tuple(ResidualBlock(3, 8, stride=2)(torch.zeros(2, 3, 7, 10)).shape)
    (2, 8, 4, 5)
    """

    def __init__(self, c_in: int, c_out: int, stride: int = 1) -> None:
        super().__init__()
        self.channels = whole("c_in", c_in)
        whole("c_out", c_out)
        whole("stride", stride)
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        self.shortcut: nn.Module = nn.Identity()
        if c_in != c_out or stride != 1:
            self.shortcut = nn.Sequential(nn.Conv2d(c_in, c_out, 1, stride=stride, bias=False), nn.BatchNorm2d(c_out))

    def forward(self, x: Tensor) -> Tensor:
        """From ``x`` (n, c_in, h, w) to (n, c_out, ceil(h / stride), ceil(w / stride))."""
        tensor("x", x, (None, self.channels, None, None))
        inner = torch.relu(self.bn1(self.conv1(x)))  # (n, c_out, h', w')
        change = self.bn2(self.conv2(inner))
        return torch.relu(change + self.shortcut(x))
