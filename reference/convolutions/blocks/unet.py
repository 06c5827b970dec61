"""U-Net: a score for each pixel (lecture 4, section 23, L04.unet).

O. Ronneberger, P. Fischer, T. Brox, "U-Net: convolutional networks for biomedical image segmentation", MICCAI 2015.
There nothing is padded and the masks are smaller than the pictures; here convolutions keep the sides, and batch
normalisation follows each of those of 3 x 3, as is done today: S. Ioffe, C. Szegedy, "Batch normalization: accelerating
deep network training by reducing internal covariate shift", ICML 2015.
"""

from __future__ import annotations

import itertools

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.checks.tensors import tensor
from reference.modes import evaluation


class UNet(nn.Module):
    """Scores of pixels: ``depth`` levels down, each of half the sides, and up again, joined with each level's maps.

    Level i has ``width * 2**i`` channels: ``down[i]`` is a pair of convolutions, from whose result the maximum of
    blocks of 2 x 2 goes one level down; ``bottom`` is the pair below. On the way up ``up[i]``, a transposed convolution
    2 x 2 with stride 2, comes back to level i; the result of ``down[i]`` and it, in this order, go through the pair
    ``merge[i]``. ``head``, 1 x 1, gives the scores. A pair is twice: convolution 3 x 3 without bias, normalisation,
    ReLU.

    Parameters: ``c_in`` and ``c_out``, channels; ``width``, those of the highest level; ``depth`` of at least 1.
    Returns: a module from ``x`` (n, c_in, h, w) to scores (n, c_out, h, w).
    Raises: ValueError naming a number below 1, or ``x`` of another shape, with a side that ``2**depth`` does not
    divide, empty or not finite.
    Complexity: O(n h w width (c_in + depth width + c_out)) a pass, each level about the same; memory
    O(n h w (c_in + width + c_out) + 4^depth width^2), the second term for the weights.
    Source: lecture 4, section 23; Ronneberger et al. 2015; Ioffe, Szegedy 2015.

    >>> tuple(UNet(3, 2)(torch.zeros(4, 3, 16, 24)).shape)
    (4, 2, 16, 24)
    """

    def __init__(self, c_in: int, c_out: int, width: int = 8, depth: int = 2) -> None:
        super().__init__()
        for name, value in {"c_in": c_in, "c_out": c_out, "width": width, "depth": depth}.items():
            whole(name, value)
        widths = [width * 2**level for level in range(depth + 1)]
        levels = list(itertools.pairwise(widths))
        self.channels, self.multiple = c_in, 2**depth
        self.down = nn.ModuleList(pair(came, own) for came, own in zip([c_in, *widths], widths[:-1], strict=False))
        self.bottom = pair(widths[-2], widths[-1])
        self.up = nn.ModuleList(nn.ConvTranspose2d(below, own, 2, stride=2) for own, below in levels)
        self.merge = nn.ModuleList(pair(2 * own, own) for own, _ in levels)
        self.head = nn.Conv2d(width, c_out, 1)

    def forward(self, x: Tensor) -> Tensor:
        """From ``x`` (n, c_in, h, w) to scores (n, c_out, h, w)."""
        tensor("x", x, (None, self.channels, None, None))
        if x.shape[2] % self.multiple or x.shape[3] % self.multiple:
            raise ValueError(f"x must have sides that {self.multiple} divides, not {tuple(x.shape[2:])}")
        held = []
        for down in self.down:
            x = down(x)
            held.append(x)  # (n, width * 2**level, h / 2**level, w / 2**level)
            x = nn.functional.max_pool2d(x, 2)
        x = self.bottom(x)
        for level in reversed(range(len(held))):
            x = self.up[level](x)
            x = self.merge[level](torch.cat([held[level], x], dim=1))
        scores: Tensor = self.head(x)
        return scores


def pair(c_in: int, c_out: int) -> nn.Sequential:
    """Two convolutions 3 x 3, each with normalisation and ReLU."""
    return nn.Sequential(
        nn.Conv2d(c_in, c_out, 3, padding=1, bias=False),
        nn.BatchNorm2d(c_out),
        nn.ReLU(),
        nn.Conv2d(c_out, c_out, 3, padding=1, bias=False),
        nn.BatchNorm2d(c_out),
        nn.ReLU(),
    )


def predict_mask(model: nn.Module, X: Tensor) -> Tensor:
    """Which scores are above 0, as the model gives them in evaluation mode: those whose probability is above 1/2.

    No gradient is kept. Afterwards each part of the model is in the mode that it was in before.

    Parameters: ``model``, from pictures to scores; ``X`` (n, c, h, w).
    Returns: bools, of the shape of the scores.
    Raises: ValueError naming ``X`` of another shape, empty or not finite.
    Complexity: O(s) for s scores, and a pass of the model forward.
    Source: lecture 4, section 23; Ronneberger et al. 2015.

    >>> predict_mask(torch.nn.Identity(), torch.tensor([[[[-2.0, 0.0, 0.1]]]])).tolist()
    [[[[False, False, True]]]]
    """
    tensor("X", X, (None, None, None, None))
    with evaluation(model), torch.no_grad():
        scores: Tensor = model(X)
    return scores > 0
