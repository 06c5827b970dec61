"""The Inception block (lecture 4, section 22, L04.inception).

C. Szegedy, W. Liu, Y. Jia et al., "Going deeper with convolutions", CVPR 2015.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.checks.tensors import tensor


class Inception(nn.Module):
    """Four branches beside one another, whose channels are put together: 1 x 1, 3 x 3, 5 x 5, pooling.

    The branches of 3 x 3 and 5 x 5 begin with a convolution 1 x 1 that leaves fewer channels, ``reduce3`` and
    ``reduce5``; that of pooling ends with one, ``project``. Its maximum is taken over windows 3 x 3 with stride 1,
    which are cut at the border. ReLU follows each of the six convolutions. Sides stay as they are.

    Parameters: ``c``, the channels that come in, ``c1``, ``c3``, ``c5``, ``cp``, those that come out of each branch,
    and ``r3``, ``r5``, those in between.
    Returns: a module from ``x`` (n, c, h, w) to (n, c1 + c3 + c5 + cp, h, w), in this order, with convolutions ``one``,
    ``reduce3``, ``three``, ``reduce5``, ``five``, ``project``.
    Raises: ValueError naming a number below 1, or ``x`` of another shape, empty or not finite.
    Complexity: O(n h w (c (c1 + r3 + r5 + cp) + 9 r3 c3 + 25 r5 c5)) a pass; without ``reduce3`` and ``reduce5`` it
    would be O(n h w c (c1 + 9 c3 + 25 c5 + cp)).
    Source: lecture 4, section 22; Szegedy et al. 2015.

    >>> tuple(Inception(3, 4, 2, 8, 2, 5, 6)(torch.zeros(2, 3, 7, 9)).shape)
    (2, 23, 7, 9)
    """

    def __init__(self, c: int, c1: int, r3: int, c3: int, r5: int, c5: int, cp: int) -> None:
        super().__init__()
        for name, value in {"c": c, "c1": c1, "r3": r3, "c3": c3, "r5": r5, "c5": c5, "cp": cp}.items():
            whole(name, value)
        self.channels = c
        self.one = nn.Conv2d(c, c1, 1)
        self.reduce3 = nn.Conv2d(c, r3, 1)
        self.three = nn.Conv2d(r3, c3, 3, padding=1)
        self.reduce5 = nn.Conv2d(c, r5, 1)
        self.five = nn.Conv2d(r5, c5, 5, padding=2)
        self.project = nn.Conv2d(c, cp, 1)

    def forward(self, x: Tensor) -> Tensor:
        """From ``x`` (n, c, h, w) to (n, c1 + c3 + c5 + cp, h, w)."""
        tensor("x", x, (None, self.channels, None, None))
        one = torch.relu(self.one(x))
        three = torch.relu(self.three(torch.relu(self.reduce3(x))))
        five = torch.relu(self.five(torch.relu(self.reduce5(x))))
        pooled = nn.functional.max_pool2d(x, 3, stride=1, padding=1)  # (n, c, h, w)
        pool = torch.relu(self.project(pooled))
        return torch.cat([one, three, five, pool], dim=1)
