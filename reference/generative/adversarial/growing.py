"""A generator of images that grows while it is trained (lecture 12, section 58, L12.progressive).

T. Karras, T. Aila, S. Laine, J. Lehtinen, "Progressive growing of GANs for improved quality, stability, and
variation", ICLR (2018).
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn.functional import leaky_relu

from reference.checks.numbers import probability, whole
from reference.checks.tensors import matrix, tensor

SIDE, SLOPE = 4, 0.2  # the side of the smallest maps; of leaky ReLU


def doubled(x: Tensor) -> Tensor:
    """Maps (n, c, h, w) with each pixel repeated to a square of two by two."""
    return x.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3)


def fade(old: Tensor, new: Tensor, alpha: float) -> Tensor:
    """(1 - alpha) old + alpha new, where the smaller old image is doubled, each pixel repeated.

    Parameters: ``old`` (n, c, h, w); ``new`` (n, c, 2h, 2w); ``alpha`` from 0 to 1.
    Returns: a tensor of the shape of ``new``.
    Raises: ValueError naming ``old``, ``new`` or ``alpha``.
    Complexity: O(n c h w).
    Source: lecture 12, section 58; Karras, Aila, Laine, Lehtinen 2018.

    >>> fade(Tensor([[[[8]]]]), Tensor([[[[0, 4], [8, 12]]]]), 0.25).tolist()
    [[[[6.0, 7.0], [8.0, 9.0]]]]
    """
    share = probability("alpha", alpha)
    n, c, h, w = tensor("old", old, (None, None, None, None)).shape
    return (1 - share) * doubled(old) + share * tensor("new", new, (n, c, 2 * h, 2 * w))


class Growing(nn.Module):
    """A generator that starts with images of 4 by 4 pixels; each `grow` doubles their sides.

    After a linear layer and after each convolution stands leaky ReLU (slope 0.2). A head, which is a convolution of
    one pixel, makes the image of the maps of its size. While the last layer is new its image is faded in: with alpha
    the share of the new image, and with 1 - alpha that of the previous head, doubled.

    Parameters: ``latent``, length of the noise, and ``channels`` of the maps, of at least 1.
    Returns: a module with ``start`` (Linear), ``blocks`` and ``heads`` (ModuleLists of Conv2d), as torch makes them;
    forward(z, alpha=1.0), from noise (n, latent) to images (n, 1, 4 2^k, 4 2^k) after k calls of `grow`. Without any
    growth alpha does not matter.
    Raises: ValueError naming ``latent``, ``channels``, and, from forward, z or alpha.
    Complexity: O(n channels (latent + channels 4^k)) a pass after k calls of ``grow``: the last layer takes three
    quarters.
    Source: lecture 12, section 58; Karras, Aila, Laine, Lehtinen 2018.

    >>> net = Growing(3, 2)
    >>> net.grow()
    >>> net(Tensor(5 * [[0, 0, 0]]), 0.5).shape
    torch.Size([5, 1, 8, 8])
    """

    def __init__(self, latent: int, channels: int) -> None:
        super().__init__()
        self.latent, self.channels = whole("latent", latent), whole("channels", channels)
        self.start = nn.Linear(latent, channels * SIDE * SIDE)
        self.blocks = nn.ModuleList()
        self.heads = nn.ModuleList([nn.Conv2d(channels, 1, 1)])

    def grow(self) -> None:
        """A new layer and a new head; those that are there stay as they are."""
        self.blocks.append(nn.Conv2d(self.channels, self.channels, 3, padding=1))
        self.heads.append(nn.Conv2d(self.channels, 1, 1))

    def forward(self, z: Tensor, alpha: float = 1.0) -> Tensor:
        """Images of noise, the last layer faded in."""
        share = probability("alpha", alpha)
        maps = self.start(matrix("z", z, self.latent)).reshape(-1, self.channels, SIDE, SIDE)
        maps = leaky_relu(maps, SLOPE)
        image: Tensor = self.heads[0](maps)
        for number, block in enumerate(self.blocks, 1):
            old = image
            maps = leaky_relu(block(doubled(maps)), SLOPE)
            image = self.heads[number](maps)
        return fade(old, image, share) if len(self.blocks) else image
